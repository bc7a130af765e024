"""Key that refers

Revision ID: c005
Revises: c004
Create Date: 2025-10-02 08:00:00.123456

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = 'c005'
down_revision = 'c004'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('profiles',
        sa.Column('account_id', sa.Integer, sa.ForeignKey('accounts.id'), primary_key=True))


def downgrade():
    op.drop_table('profiles')
