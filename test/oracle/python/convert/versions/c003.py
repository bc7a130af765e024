"""No serial

Revision ID: c003
Revises: c002
Create Date: 2025-10-02 08:00:00.123456

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = 'c003'
down_revision = 'c002'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('fixed', sa.Column('id', sa.Integer, primary_key=True, autoincrement=False))


def downgrade():
    op.drop_table('fixed')
