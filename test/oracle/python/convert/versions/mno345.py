"""Migrate user status values

Revision ID: mno345
Create Date: 2025-10-01 22:00:00
"""

from typing import Sequence, Union
from alembic import op
import sqlalchemy as sa

revision: str = 'mno345'
down_revision: Union[str, None] = 'jkl012'


def upgrade() -> None:
    """Update user status values."""
    # Use raw SQL for data migration
    conn = op.get_bind()

    # Update status from old to new values
    conn.execute(
        sa.text(
            "UPDATE users SET status = 'active' "
            "WHERE status = 'enabled'"
        )
    )

    conn.execute(
        sa.text(
            "UPDATE users SET status = 'inactive' "
            "WHERE status = 'disabled'"
        )
    )


def downgrade() -> None:
    """Revert status values."""
    conn = op.get_bind()

    conn.execute(
        sa.text(
            "UPDATE users SET status = 'enabled' "
            "WHERE status = 'active'"
        )
    )

    conn.execute(
        sa.text(
            "UPDATE users SET status = 'disabled' "
            "WHERE status = 'inactive'"
        )
    )
