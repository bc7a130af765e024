"""Composite key

Revision ID: c004
Revises: c003
Create Date: 2025-10-02 08:00:00.123456

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = 'c004'
down_revision = 'c003'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('memberships',
        sa.Column('account_id', sa.Integer, sa.ForeignKey('accounts.id', ondelete='cascade', name='fk_member'), primary_key=True),
        sa.Column('group_id', sa.Integer, primary_key=True))


def downgrade():
    op.drop_table('memberships')
