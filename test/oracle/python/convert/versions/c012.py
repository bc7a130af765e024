"""Foreign key of several columns

Revision ID: c012
Revises: c011
Create Date: 2025-10-02 08:00:00.123456

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = 'c012'
down_revision = 'c011'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('notes', sa.Column('id', sa.Integer, primary_key=True),
        sa.Column('account_id', sa.Integer), sa.Column('group_id', sa.Integer),
        sa.ForeignKeyConstraint(['account_id', 'group_id'], ['memberships.account_id', 'memberships.group_id'],
            name='fk_notes', onupdate='CASCADE', ondelete='SET NULL', deferrable=True, initially='DEFERRED'),
        comment='Notes')


def downgrade():
    op.drop_table('notes')
