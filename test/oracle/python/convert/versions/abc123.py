"""Add user profiles table

Revision ID: abc123
Create Date: 2025-10-01 21:00:00
"""

from typing import Sequence, Union
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision: str = 'abc123'
down_revision: Union[str, None] = None


def upgrade() -> None:
    """Create user_profiles table."""
    op.create_table(
        'user_profiles',
        sa.Column('id', postgresql.UUID(as_uuid=True), primary_key=True),
        sa.Column('user_id', postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column('bio', sa.Text(), nullable=True),
        sa.Column('skills', postgresql.ARRAY(sa.String(50)), nullable=True),
        sa.Column('created_at', sa.DateTime(timezone=True),
                  server_default=sa.func.now(), nullable=False),
        sa.Column('updated_at', sa.DateTime(timezone=True),
                  server_default=sa.func.now(), nullable=True),
        sa.ForeignKeyConstraint(['user_id'], ['users.id'],
                               ondelete='CASCADE'),
        sa.UniqueConstraint('user_id', name='uq_user_profiles_user_id'),
    )

    # Add index
    op.create_index('idx_user_profiles_user_id', 'user_profiles', ['user_id'])


def downgrade() -> None:
    """Drop user_profiles table."""
    op.drop_index('idx_user_profiles_user_id', 'user_profiles')
    op.drop_table('user_profiles')
