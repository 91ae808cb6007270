"""open stages are tallied"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op


revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

OPEN_ONLY = {'sqlite_where': sa.text("state = 'open'"), 'postgresql_where': sa.text("state = 'open'")}
LOCK = 7302  # also in casework/reviews/stage_tally.py

# A migration that makes the table of stages anew on SQLite (batch_alter_table) takes these triggers with the old one:
# it has to make them again. tests/casework/reviews/test_stage_tally.py sees when they are missing.
AS_OF = '(SELECT day FROM stagetallyday WHERE id = 1)'
LEAVES = f"""
    UPDATE stagetally
    SET open_count = open_count - 1, overdue_count = overdue_count - coalesce(OLD.due_on < {AS_OF}, 0)
    WHERE board = OLD.board AND type = OLD.type AND key = OLD.key AND part = 0;
"""
COMES = f"""
    INSERT INTO stagetally (board, type, key, part, open_count, overdue_count)
    VALUES (NEW.board, NEW.type, NEW.key, 0, 1, coalesce(NEW.due_on < {AS_OF}, 0))
    ON CONFLICT (board, type, key, part) DO UPDATE
    SET open_count = open_count + 1, overdue_count = overdue_count + excluded.overdue_count;
"""
COUNTED = 'UPDATE OF board, type, key, state, due_on'
ON_SQLITE = {
    'stage_tallied_insert': ("INSERT ON stage WHEN NEW.state = 'open'", COMES),
    'stage_tallied_delete': ("DELETE ON stage WHEN OLD.state = 'open'", LEAVES),
    'stage_tallied_close': (f"{COUNTED} ON stage WHEN OLD.state = 'open' AND NEW.state <> 'open'", LEAVES),
    'stage_tallied_reopen': (f"{COUNTED} ON stage WHEN OLD.state <> 'open' AND NEW.state = 'open'", COMES),
    'stage_tallied_change': (f"{COUNTED} ON stage WHEN OLD.state = 'open' AND NEW.state = 'open'", LEAVES + COMES),
}
ON_POSTGRESQL = f"""
CREATE FUNCTION tally_stage() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    as_of date;
BEGIN
    PERFORM pg_advisory_xact_lock_shared({LOCK});
    SELECT day INTO as_of FROM stagetallyday WHERE id = 1;
    IF TG_OP <> 'INSERT' THEN
        IF OLD.state = 'open' THEN
            INSERT INTO stagetally AS tally (board, type, key, part, open_count, overdue_count)
            VALUES (OLD.board, OLD.type, OLD.key, txid_current(), -1, -coalesce((OLD.due_on < as_of)::int, 0))
            ON CONFLICT (board, type, key, part) DO UPDATE SET
                open_count = tally.open_count + excluded.open_count,
                overdue_count = tally.overdue_count + excluded.overdue_count;
        END IF;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        IF NEW.state = 'open' THEN
            INSERT INTO stagetally AS tally (board, type, key, part, open_count, overdue_count)
            VALUES (NEW.board, NEW.type, NEW.key, txid_current(), 1, coalesce((NEW.due_on < as_of)::int, 0))
            ON CONFLICT (board, type, key, part) DO UPDATE SET
                open_count = tally.open_count + excluded.open_count,
                overdue_count = tally.overdue_count + excluded.overdue_count;
        END IF;
    END IF;
    RETURN NULL;
END
$$
"""
TRIGGER_ON_POSTGRESQL = f"""
CREATE TRIGGER stage_tallied AFTER INSERT OR DELETE OR {COUNTED} ON stage
FOR EACH ROW EXECUTE FUNCTION tally_stage()
"""


def upgrade() -> None:
    op.create_table('stagetally',
    sa.Column('board', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('type', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('part', sa.BigInteger(), nullable=False),
    sa.Column('open_count', sa.Integer(), nullable=False),
    sa.Column('overdue_count', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('board', 'type', 'key', 'part', name=op.f('pk_stagetally'))
    )
    op.create_table('stagetallyday',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stagetallyday'))
    )
    op.execute('INSERT INTO stagetallyday (id, day) VALUES (1, NULL)')
    make_triggers()  # first: on PostgreSQL it waits for whoever is changing a stage, and keeps others waiting
    op.execute("""
        INSERT INTO stagetally (board, type, key, part, open_count, overdue_count)
        SELECT board, type, key, 0, count(*), 0 FROM stage WHERE state = 'open' GROUP BY board, type, key
    """)
    op.drop_index('ix_stage_open_counted', table_name='stage')


def make_triggers() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        op.execute(ON_POSTGRESQL)
        op.execute(TRIGGER_ON_POSTGRESQL)
    else:
        for name, (when, does) in ON_SQLITE.items():
            op.execute(f'CREATE TRIGGER {name} AFTER {when} BEGIN {does} END')


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        op.execute('DROP TRIGGER stage_tallied ON stage')
        op.execute('DROP FUNCTION tally_stage()')
    else:
        for name in ON_SQLITE:
            op.execute(f'DROP TRIGGER {name}')
    op.create_index('ix_stage_open_counted', 'stage', ['board', 'type', 'key', 'due_on', 'state'], unique=False, **OPEN_ONLY)
    op.drop_table('stagetallyday')
    op.drop_table('stagetally')
