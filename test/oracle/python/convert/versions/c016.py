"""Add column with foreign key

Revision ID: c016
Revises: c015
Create Date: 2025-10-02 08:00:00.123456

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = 'c016'
down_revision = 'c015'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('tags', sa.Column('account_id', sa.Integer(), sa.ForeignKey('accounts.id'), nullable=True))


def downgrade():
    op.drop_column('tags', 'account_id')
