"""Enum that exists

Revision ID: c009
Revises: c008
Create Date: 2025-10-02 08:00:00.123456

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = 'c009'
down_revision = 'c008'
branch_labels = None
depends_on = None


def upgrade():
    state = postgresql.ENUM('new', "it's", name='order_state', create_type=False)
    op.create_table('returns', sa.Column('id', sa.Integer, primary_key=True), sa.Column('state', state))


def downgrade():
    op.drop_table('returns')
