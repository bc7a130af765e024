"""Connection

Revision ID: c031
Revises: c030
Create Date: 2025-10-02 08:00:00.123456

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = 'c031'
down_revision = 'c030'
branch_labels = None
depends_on = None


def upgrade():
    bind = op.get_bind()
    bind.execute(sa.text("CREATE VIEW few AS SELECT id FROM tags WHERE hits = 1"))


def downgrade():
    op.get_bind().execute(sa.text('DROP VIEW few'))
