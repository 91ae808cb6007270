"""answers are reminded of"""

import sqlalchemy as sa
from alembic import op


revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

TABLES = ('notice', 'occasion')
OF_TWO = '(stage_id IS NULL) <> (action_id IS NULL)'
OF_THREE = ' + '.join(f'CASE WHEN {each}_id IS NULL THEN 0 ELSE 1 END' for each in ('stage', 'action', 'task')) + ' = 1'
OF_TASKS = {'sqlite_where': sa.text('task_id IS NOT NULL'), 'postgresql_where': sa.text('task_id IS NOT NULL')}
NOTE = sa.table('note', sa.column('key'), sa.column('value'))


def upgrade() -> None:
    for name in TABLES:
        with op.batch_alter_table(name, schema=None) as batch_op:
            batch_op.add_column(sa.Column('task_kind', sa.Enum('report', 'action', 'invitation', 'terms', 'contribution', name='taskkind', native_enum=False, length=60), nullable=True))
            batch_op.add_column(sa.Column('task_id', sa.Integer(), nullable=True))
            batch_op.drop_constraint(op.f(f'ck_{name}_of_one'), type_='check')
            batch_op.create_check_constraint(op.f(f'ck_{name}_of_one'), OF_THREE)
    op.create_index('ix_notice_task_id', 'notice', ['task_id', 'task_kind', 'on_day', 'rung'], unique=True, **OF_TASKS)
    op.create_index('ix_occasion_task_id', 'occasion', ['task_id'], unique=False, **OF_TASKS)
    if op.get_bind().execute(sa.text('SELECT 1 FROM review LIMIT 1')).first():
        op.execute(sa.insert(NOTE).values(key='answers', value='to be planned'))


def downgrade() -> None:
    op.drop_index('ix_occasion_task_id', 'occasion', **OF_TASKS)
    op.drop_index('ix_notice_task_id', 'notice', **OF_TASKS)
    op.execute("DELETE FROM note WHERE key = 'answers'")
    for name in TABLES:
        op.execute(f'DELETE FROM {name} WHERE task_id IS NOT NULL')  # an older version knows none of them
        with op.batch_alter_table(name, schema=None) as batch_op:
            batch_op.drop_constraint(op.f(f'ck_{name}_of_one'), type_='check')
            batch_op.create_check_constraint(op.f(f'ck_{name}_of_one'), OF_TWO)
            batch_op.drop_column('task_id')
            batch_op.drop_column('task_kind')
