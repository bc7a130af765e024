"""Names that need quotes

Revision ID: c036
Revises: c035
Create Date: 2025-10-02 08:00:00.123456

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = 'c036'
down_revision = 'c035'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('User', sa.Column('Select', sa.Integer, primary_key=True), sa.Column('order', sa.Text))
    op.create_index('ix User', 'User', ['order'])


def downgrade():
    op.drop_index('ix User', 'User')
    op.drop_table('User')
