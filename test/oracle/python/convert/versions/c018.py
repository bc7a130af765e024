"""Add column that is indexed

Revision ID: c018
Revises: c017
Create Date: 2025-10-02 08:00:00.123456

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = 'c018'
down_revision = 'c017'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('tags', sa.Column('rank', sa.Integer(), index=True))
    op.add_column('tags', sa.Column('uid', sa.Integer(), unique=True, comment='unique'))


def downgrade():
    op.drop_column('tags', 'rank')
    op.drop_column('tags', 'uid')
