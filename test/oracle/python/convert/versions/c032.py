"""Bulk insert

Revision ID: c032
Revises: c031
Create Date: 2025-10-02 08:00:00.123456

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = 'c032'
down_revision = 'c031'
branch_labels = None
depends_on = None


def upgrade():
    roles = op.create_table('roles', sa.Column('id', sa.Integer, primary_key=True), sa.Column('name', sa.String(20)),
        sa.Column('note', sa.Text()))
    op.bulk_insert(roles, [{'id': 1, 'name': "it's", 'note': 'a'}, {'id': 2, 'name': 'b', 'note': None}])
    op.bulk_insert(sa.table('roles', sa.column('id', sa.Integer), sa.column('name', sa.String)), [{'id': 3, 'name': 'c'}])


def downgrade():
    op.drop_table('roles')
