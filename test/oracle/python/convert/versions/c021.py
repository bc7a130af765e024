"""Rename column and comment

Revision ID: c021
Revises: c020
Create Date: 2025-10-02 08:00:00.123456

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = 'c021'
down_revision = 'c020'
branch_labels = None
depends_on = None


def upgrade():
    op.alter_column('tags', 'name', new_column_name='title', comment='The title', existing_type=sa.String(30))


def downgrade():
    op.alter_column('tags', 'title', new_column_name='name', comment=None)
