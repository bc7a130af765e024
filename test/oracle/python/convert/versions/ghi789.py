"""Add composite index for user queries

Revision ID: ghi789
Create Date: 2025-10-01 21:30:00
"""

from typing import Sequence, Union
from alembic import op
import sqlalchemy as sa

revision: str = 'ghi789'
down_revision: Union[str, None] = 'def456'


def upgrade() -> None:
    """Add composite index."""
    op.create_index(
        'idx_users_org_status',
        'users',
        ['organization_id', 'status'],
        unique=False
    )

    # Partial index (PostgreSQL specific)
    op.create_index(
        'idx_users_active',
        'users',
        ['organization_id', 'status'],
        postgresql_where=sa.text("status = 'active'")
    )


def downgrade() -> None:
    """Drop indexes."""
    op.drop_index('idx_users_active', 'users')
    op.drop_index('idx_users_org_status', 'users')
