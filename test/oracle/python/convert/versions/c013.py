"""Column with index and unique

Revision ID: c013
Revises: c012
Create Date: 2025-10-02 08:00:00.123456

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = 'c013'
down_revision = 'c012'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('tags', sa.Column('id', sa.Integer, primary_key=True),
        sa.Column('slug', sa.String(30), unique=True, index=True), sa.Column('name', sa.String(30), index=True),
        sa.Column('code', sa.String(3), unique=True))


def downgrade():
    op.drop_table('tags')
