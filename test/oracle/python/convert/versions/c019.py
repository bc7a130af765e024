"""Alter type

Revision ID: c019
Revises: c018
Create Date: 2025-10-02 08:00:00.123456

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = 'c019'
down_revision = 'c018'
branch_labels = None
depends_on = None


def upgrade():
    op.alter_column('tags', 'rank', existing_type=sa.Integer(), type_=sa.BigInteger(), existing_nullable=True)
    op.alter_column('tags', 'code', existing_type=sa.String(3), type_=sa.Integer(), postgresql_using='code::integer')


def downgrade():
    op.alter_column('tags', 'rank', existing_type=sa.BigInteger(), type_=sa.Integer(), existing_nullable=True)
    op.alter_column('tags', 'code', existing_type=sa.Integer(), type_=sa.String(3), postgresql_using='code::varchar')
