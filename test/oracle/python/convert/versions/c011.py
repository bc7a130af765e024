"""Types

Revision ID: c011
Revises: c010
Create Date: 2025-10-02 08:00:00.123456

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = 'c011'
down_revision = 'c010'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('types',
        sa.Column('a', sa.Float()), sa.Column('b', sa.LargeBinary()), sa.Column('c', sa.Time(timezone=True)),
        sa.Column('d', sa.Interval()), sa.Column('e', postgresql.INET()), sa.Column('f', postgresql.ARRAY(sa.Integer(), dimensions=2)),
        sa.Column('g', sa.DateTime()), sa.Column('h', sa.TIMESTAMP(timezone=True)), sa.Column('i', sa.JSON()),
        sa.Column('j', sa.Numeric(10)), sa.Column('k', sa.Unicode(20)), sa.Column('l', postgresql.TSVECTOR()),
        sa.Column('m', sa.REAL()), sa.Column('n', postgresql.DOUBLE_PRECISION()), sa.Column('o', postgresql.INT4RANGE()),
        sa.Column('p', postgresql.BIT(3)), sa.Column('q', postgresql.BIT(varying=True)), sa.Column('r', postgresql.MACADDR()),
        sa.Column('s', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')), sa.Column('t', sa.String()),
        sa.Column('u', postgresql.TIMESTAMP(precision=3)), sa.Column('v', sa.UnicodeText()))


def downgrade():
    op.drop_table('types')
