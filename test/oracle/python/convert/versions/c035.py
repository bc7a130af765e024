"""Array and text defaults

Revision ID: c035
Revises: c034
Create Date: 2025-10-02 08:00:00.123456

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = 'c035'
down_revision = 'c034'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('roles', sa.Column('tags', postgresql.ARRAY(sa.Text()), server_default='{}', nullable=False))
    op.add_column('roles', sa.Column('at', sa.DateTime(timezone=True), server_default=sa.text("timezone('utc', now())")))
    op.add_column('roles', sa.Column('utc', sa.DateTime(), server_default=sa.func.timezone('utc', sa.func.now())))


def downgrade():
    op.drop_column('roles', 'tags')
    op.drop_column('roles', 'at')
    op.drop_column('roles', 'utc')
