"""Computed

Revision ID: c034
Revises: c033
Create Date: 2025-10-02 08:00:00.123456

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = 'c034'
down_revision = 'c033'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('roles', sa.Column('double', sa.Integer(), sa.Computed('level * 2', persisted=True)))


def downgrade():
    op.drop_column('roles', 'double')
