"""Rename table

Revision ID: c028
Revises: c027
Create Date: 2025-10-02 08:00:00.123456

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = 'c028'
down_revision = 'c027'
branch_labels = None
depends_on = None


def upgrade():
    op.rename_table('plain', 'simple')


def downgrade():
    op.rename_table('simple', 'plain')
