"""Add full-text search to content

Revision ID: pqr678
Create Date: 2025-10-01 22:15:00
"""

from typing import Sequence, Union
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision: str = 'pqr678'
down_revision: Union[str, None] = 'mno345'


def upgrade() -> None:
    """Add full-text search support."""
    # Add tsvector column with computed value
    op.add_column(
        'educational_content',
        sa.Column(
            'search_vector',
            postgresql.TSVECTOR,
            sa.Computed(
                "to_tsvector('english', "
                "coalesce(title, '') || ' ' || "
                "coalesce(description, '') || ' ' || "
                "coalesce(content, ''))",
                persisted=True
            ),
            nullable=True
        )
    )

    # Add GIN index for fast full-text search
    op.create_index(
        'idx_content_search',
        'educational_content',
        ['search_vector'],
        postgresql_using='gin'
    )


def downgrade() -> None:
    """Remove full-text search."""
    op.drop_index('idx_content_search', 'educational_content')
    op.drop_column('educational_content', 'search_vector')
