"""Schema

Revision ID: c014
Revises: c013
Create Date: 2025-10-02 08:00:00.123456

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = 'c014'
down_revision = 'c013'
branch_labels = None
depends_on = None


def upgrade():
    op.execute('CREATE SCHEMA app')
    op.create_table('items', sa.Column('id', sa.Integer, primary_key=True), schema='app')
    op.add_column('items', sa.Column('name', sa.Text), schema='app')
    op.create_index('ix_items', 'items', ['name'], schema='app')


def downgrade():
    op.drop_index('ix_items', table_name='items', schema='app')
    op.drop_column('items', 'name', schema='app')
    op.drop_table('items', schema='app')
    op.execute(sa.text('DROP SCHEMA app'))
