"""keys that nobody takes apart"""

from datetime import date

import sqlalchemy as sa
from alembic import op


revision = '0015'
down_revision = '0011'
branch_labels = None
depends_on = None

LOT = 500
OF_MEETINGS = {'sqlite_where': sa.text('attendance_id IS NOT NULL'), 'postgresql_where': sa.text('attendance_id IS NOT NULL')}
OCCASION = sa.table('occasion', sa.column('id'), sa.column('key'), sa.column('on_day', sa.Date()))


def upgrade() -> None:
    with op.batch_alter_table('outboxmessage', schema=None) as batch_op:
        batch_op.add_column(sa.Column('attendance_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_outboxmessage_attendance_id'), 'attendance', ['attendance_id'], ['id'])
        batch_op.create_index('ix_outboxmessage_attendance_id', ['attendance_id'], unique=False, **OF_MEETINGS)
    # once, the key alone said of which meeting a letter is: "meeting:5:12:3" is its third change, told to person 12
    op.execute("""
        UPDATE outboxmessage SET attendance_id = (
            SELECT attendance.id FROM attendance
            WHERE attendance.review_id = outboxmessage.review_id AND attendance.person_id = outboxmessage.person_id
            AND outboxmessage.key LIKE 'meeting:' || CAST(attendance.meeting_id AS VARCHAR(20)) || ':%'
        ) WHERE key LIKE 'meeting:%'
    """)
    with op.batch_alter_table('occasion', schema=None) as batch_op:
        batch_op.add_column(sa.Column('on_day', sa.Date(), nullable=True))
    fill_planned_days()
    with op.batch_alter_table('occasion', schema=None) as batch_op:
        batch_op.alter_column('on_day', existing_type=sa.Date(), nullable=False)


def fill_planned_days() -> None:
    """The planned day of an occasion of before is the fourth part of its key: "stage:12:2014-06-06:2014-05-23:owner:5"."""
    connection, last = op.get_bind(), 0
    change = sa.update(OCCASION).where(OCCASION.c.id == sa.bindparam('occasion')).values(on_day=sa.bindparam('day'))
    wanted = sa.select(OCCASION.c.id, OCCASION.c.key).order_by(OCCASION.c.id).limit(LOT)
    while rows := connection.execute(wanted.where(OCCASION.c.id > last)).all():
        connection.execute(change, [{'occasion': id_, 'day': date.fromisoformat(key.split(':')[3])} for id_, key in rows])
        last = rows[-1].id


def downgrade() -> None:
    with op.batch_alter_table('occasion', schema=None) as batch_op:
        batch_op.drop_column('on_day')
    with op.batch_alter_table('outboxmessage', schema=None) as batch_op:
        batch_op.drop_index('ix_outboxmessage_attendance_id', **OF_MEETINGS)
        batch_op.drop_constraint(batch_op.f('fk_outboxmessage_attendance_id'), type_='foreignkey')
        batch_op.drop_column('attendance_id')
