"""Identity

Revision ID: c006
Revises: c005
Create Date: 2025-10-02 08:00:00.123456

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = 'c006'
down_revision = 'c005'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('counted', sa.Column('id', sa.Integer, sa.Identity(always=True, start=10), primary_key=True),
        sa.Column('other', sa.Integer, sa.Identity()))


def downgrade():
    op.drop_table('counted')
