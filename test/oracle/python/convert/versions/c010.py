"""Enum by type

Revision ID: c010
Revises: c009
Create Date: 2025-10-02 08:00:00.123456

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = 'c010'
down_revision = 'c009'
branch_labels = None
depends_on = None


def upgrade():
    mood = postgresql.ENUM('sad', 'ok', name='Mood')
    mood.create(op.get_bind(), checkfirst=False)
    op.add_column('accounts', sa.Column('mood', mood, nullable=True))


def downgrade():
    op.drop_column('accounts', 'mood')
    postgresql.ENUM(name='Mood').drop(op.get_bind(), checkfirst=False)
