"""Unique constraint

Revision ID: c025
Revises: c024
Create Date: 2025-10-02 08:00:00.123456

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = 'c025'
down_revision = 'c024'
branch_labels = None
depends_on = None


def upgrade():
    op.create_unique_constraint('uq_hits', 'tags', ['hits', 'rank'])
    op.create_unique_constraint(None, 'tags', ['path'], deferrable=True)


def downgrade():
    op.drop_constraint('uq_hits', 'tags', type_='unique')
    op.drop_constraint('tags_path_key', 'tags')
