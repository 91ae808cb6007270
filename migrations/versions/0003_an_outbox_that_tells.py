"""an outbox that tells"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

ONLY_QUEUED = sa.text("state = 'queued'")


def upgrade() -> None:
    op.create_table('attempt',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('outbox_id', sa.Integer(), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('words', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.ForeignKeyConstraint(['outbox_id'], ['outboxmessage.id'], name=op.f('fk_attempt_outbox_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attempt'))
    )
    op.create_index(op.f('ix_attempt_outbox_id'), 'attempt', ['outbox_id'], unique=False)
    op.create_table('mailoutage',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('began_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('cause', sa.Enum('unreachable', 'untrusted', 'log-in', 'sender', 'breaks-off', name='outagecause', native_enum=False, length=60), nullable=False),
    sa.Column('words', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.Column('ended_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mailoutage'))
    )
    op.drop_index('ix_outboxmessage_waiting', 'outboxmessage', sqlite_where=ONLY_QUEUED, postgresql_where=ONLY_QUEUED)
    op.drop_index('ix_outboxmessage_state', 'outboxmessage')
    op.create_index('ix_outboxmessage_due', 'outboxmessage', ['state', 'next_try_at'], unique=False)
    op.execute("UPDATE outboxmessage SET state = 'deferred' WHERE state = 'queued' AND server_said IS NOT NULL")


def downgrade() -> None:
    op.execute("UPDATE outboxmessage SET state = 'queued' WHERE state = 'deferred'")
    op.execute("UPDATE outboxmessage SET state = 'given-up' WHERE state = 'retracted'")
    op.drop_index('ix_outboxmessage_due', 'outboxmessage')
    op.create_index('ix_outboxmessage_state', 'outboxmessage', ['state'], unique=False)
    op.create_index('ix_outboxmessage_waiting', 'outboxmessage', ['next_try_at'], unique=False, sqlite_where=ONLY_QUEUED, postgresql_where=ONLY_QUEUED)
    op.drop_table('mailoutage')
    op.drop_index(op.f('ix_attempt_outbox_id'), 'attempt')
    op.drop_table('attempt')
