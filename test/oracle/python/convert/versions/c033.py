"""Batch

Revision ID: c033
Revises: c032
Create Date: 2025-10-02 08:00:00.123456

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = 'c033'
down_revision = 'c032'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('roles', schema=None) as batch_op:
        batch_op.add_column(sa.Column('level', sa.Integer(), nullable=True))
        batch_op.alter_column('name', existing_type=sa.String(20), nullable=False, server_default='x')
        batch_op.create_index(batch_op.f('ix_level'), ['level'], unique=False)
        batch_op.create_unique_constraint('uq_level', ['level', 'name'])
        batch_op.create_foreign_key('fk_level', 'tags', ['level'], ['id'])


def downgrade():
    with op.batch_alter_table('roles', schema=None) as batch_op:
        batch_op.drop_constraint('fk_level', type_='foreignkey')
        batch_op.drop_constraint('uq_level', type_='unique')
        batch_op.drop_index('ix_level')
        batch_op.alter_column('name', nullable=True, server_default=None)
        batch_op.drop_column('level')
