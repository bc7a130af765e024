"""Expression index

Revision ID: c022
Revises: c021
Create Date: 2025-10-02 08:00:00.123456

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = 'c022'
down_revision = 'c021'
branch_labels = None
depends_on = None


def upgrade():
    op.create_index('ix_title', 'tags', [sa.text('lower(title)'), 'rank'], unique=True)
    op.create_index('ix_desc', 'tags', [sa.text('rank DESC NULLS LAST')])


def downgrade():
    op.drop_index('ix_title')
    op.drop_index('ix_desc', 'tags')
