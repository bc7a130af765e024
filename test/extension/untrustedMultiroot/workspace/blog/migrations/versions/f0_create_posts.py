"""create posts

Revision ID: f0
Revises:
Create Date: 2025-01-01 00:00:00
"""
from alembic import op

revision = "f0"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.execute("select 1")


def downgrade():
    op.execute("select 2")
