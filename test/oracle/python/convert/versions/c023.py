"""Index options

Revision ID: c023
Revises: c022
Create Date: 2025-10-02 08:00:00.123456

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = 'c023'
down_revision = 'c022'
branch_labels = None
depends_on = None


def upgrade():
    op.create_index('ix_settings', 'accounts', ['settings'], postgresql_using='gin', postgresql_ops={'settings': 'jsonb_path_ops'},
        postgresql_with={'fastupdate': 'off'})
    op.create_index('ix_cover', 'accounts', ['email'], postgresql_include=['balance'], postgresql_where='balance > 0')


def downgrade():
    op.drop_index('ix_settings', table_name='accounts', postgresql_using='gin')
    op.drop_index('ix_cover', table_name='accounts', postgresql_include=['balance'], postgresql_where='balance > 0')
