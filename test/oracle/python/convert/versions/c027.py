"""Primary key

Revision ID: c027
Revises: c026
Create Date: 2025-10-02 08:00:00.123456

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = 'c027'
down_revision = 'c026'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('plain', sa.Column('a', sa.Integer(), nullable=False), sa.Column('b', sa.Integer(), nullable=False))
    op.create_primary_key('pk_plain', 'plain', ['b', 'a'])


def downgrade():
    op.drop_constraint('pk_plain', 'plain', type_='primary')
    op.drop_table('plain')
