"""Add user role enum

Revision ID: jkl012
Create Date: 2025-10-01 21:45:00
"""

from typing import Sequence, Union
from alembic import op
import sqlalchemy as sa

revision: str = 'jkl012'
down_revision: Union[str, None] = 'ghi789'


def upgrade() -> None:
    """Add user_role enum and column."""
    # Create enum type
    user_role_enum = sa.Enum(
        'student', 'teacher', 'admin', 'parent',
        name='user_role',
        create_type=True
    )
    user_role_enum.create(op.get_bind(), checkfirst=True)

    # Add column
    op.add_column(
        'users',
        sa.Column('role', user_role_enum,
                 nullable=False, server_default='student')
    )

    # Add index
    op.create_index('idx_users_role', 'users', ['role'])


def downgrade() -> None:
    """Remove role column and enum."""
    op.drop_index('idx_users_role', 'users')
    op.drop_column('users', 'role')

    # Drop enum type
    sa.Enum(name='user_role').drop(op.get_bind(), checkfirst=True)
