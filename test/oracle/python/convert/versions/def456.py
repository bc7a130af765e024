"""Add email_verified column to users

Revision ID: def456
Create Date: 2025-10-01 21:15:00
"""

from typing import Sequence, Union
from alembic import op
import sqlalchemy as sa

revision: str = 'def456'
down_revision: Union[str, None] = 'abc123'


def upgrade() -> None:
    """Add email_verified column."""
    op.add_column(
        'users',
        sa.Column('email_verified', sa.Boolean(),
                 nullable=False, server_default='false')
    )

    op.add_column(
        'users',
        sa.Column('email_verified_at', sa.DateTime(timezone=True),
                 nullable=True)
    )


def downgrade() -> None:
    """Remove email_verified columns."""
    op.drop_column('users', 'email_verified_at')
    op.drop_column('users', 'email_verified')
