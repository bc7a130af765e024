"""Check constraint

Revision ID: c026
Revises: c025
Create Date: 2025-10-02 08:00:00.123456

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = 'c026'
down_revision = 'c025'
branch_labels = None
depends_on = None


def upgrade():
    op.create_check_constraint('ck_rank', 'tags', 'rank > 0')
    op.create_check_constraint('ck_hits', 'tags', sa.text("hits <> 5 OR path ~ 'a\\:b'"))


def downgrade():
    op.drop_constraint('ck_rank', 'tags', type_='check')
    op.drop_constraint('ck_hits', 'tags', 'check')
