"""Alter null and default

Revision ID: c020
Revises: c019
Create Date: 2025-10-02 08:00:00.123456

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = 'c020'
down_revision = 'c019'
branch_labels = None
depends_on = None


def upgrade():
    op.alter_column('tags', 'rank', nullable=False, server_default='1')
    op.alter_column('tags', 'hits', server_default=None, existing_server_default=sa.text('0'))


def downgrade():
    op.alter_column('tags', 'rank', nullable=True, server_default=None)
    op.alter_column('tags', 'hits', server_default=sa.text('0'))
