"""Server default on key

Revision ID: c007
Revises: c006
Create Date: 2025-10-02 08:00:00.123456

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = 'c007'
down_revision = 'c006'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('keyed', sa.Column('id', postgresql.UUID(), server_default=sa.text('gen_random_uuid()'), primary_key=True))


def downgrade():
    op.drop_table('keyed')
