"""Big serial

Revision ID: c002
Revises: c001
Create Date: 2025-10-02 08:00:00.123456

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = 'c002'
down_revision = 'c001'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('big', sa.Column('id', sa.BigInteger, primary_key=True), sa.Column('n', sa.SmallInteger()))


def downgrade():
    op.drop_table('big')
