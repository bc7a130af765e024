"""Enum in a table

Revision ID: c008
Revises: c007
Create Date: 2025-10-02 08:00:00.123456

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = 'c008'
down_revision = 'c007'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('orders', sa.Column('id', sa.Integer, primary_key=True),
        sa.Column('state', sa.Enum('new', "it's", name='order_state'), server_default='new', nullable=False))


def downgrade():
    op.drop_table('orders')
    sa.Enum(name='order_state').drop(op.get_bind())
