"""Foreign key into a schema

Revision ID: c015
Revises: c014
Create Date: 2025-10-02 08:00:00.123456

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = 'c015'
down_revision = 'c014'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('links', sa.Column('item_id', sa.Integer, sa.ForeignKey('app.items.id')))


def downgrade():
    op.drop_table('links')
