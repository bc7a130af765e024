"""Add column with default

Revision ID: c017
Revises: c016
Create Date: 2025-10-02 08:00:00.123456

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = 'c017'
down_revision = 'c016'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('tags', sa.Column('active', sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column('tags', sa.Column('hits', sa.Integer(), server_default=sa.text('0'), nullable=False))
    op.add_column('tags', sa.Column('path', sa.String(9), server_default="a b'c"))


def downgrade():
    op.drop_column('tags', 'active')
    op.drop_column('tags', 'hits')
    op.drop_column('tags', 'path')
