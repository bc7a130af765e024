"""Foreign key

Revision ID: c024
Revises: c023
Create Date: 2025-10-02 08:00:00.123456

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = 'c024'
down_revision = 'c023'
branch_labels = None
depends_on = None


def upgrade():
    op.create_foreign_key('fk_tags', 'tags', 'accounts', ['uid'], ['id'], ondelete='RESTRICT', deferrable=True, initially='deferred')
    op.create_foreign_key(None, 'tags', 'items', ['hits'], ['id'], referent_schema='app')


def downgrade():
    op.drop_constraint('fk_tags', 'tags', type_='foreignkey')
    op.drop_constraint('tags_hits_fkey', 'tags', type_='foreignkey')
