"""Execute

Revision ID: c030
Revises: c029
Create Date: 2025-10-02 08:00:00.123456

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = 'c030'
down_revision = 'c029'
branch_labels = None
depends_on = None


def upgrade():
    op.execute("""
        CREATE FUNCTION twice(n integer) RETURNS integer LANGUAGE sql AS $$
            SELECT n * 2
        $$
    """)
    op.execute("CREATE VIEW many AS SELECT id FROM tags WHERE title LIKE '%a%' AND hits::integer > 1")


def downgrade():
    op.execute('DROP VIEW many')
    op.execute('DROP FUNCTION twice(integer)')
