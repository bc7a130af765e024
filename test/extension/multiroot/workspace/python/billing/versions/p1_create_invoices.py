"""create invoices

Revision ID: p1
Revises:
"""
from alembic import op

revision = "p1"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.execute("SELECT 1")


def downgrade():
    op.execute("SELECT 2")
