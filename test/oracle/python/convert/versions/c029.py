"""Table comment

Revision ID: c029
Revises: c028
Create Date: 2025-10-02 08:00:00.123456

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = 'c029'
down_revision = 'c028'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table_comment('tags', 'All tags', existing_comment=None)


def downgrade():
    op.drop_table_comment('tags', existing_comment='All tags')
