"""What 0001 made before it was mended: brought to what it makes today, so that every later migration finds that.

Its first versions had other columns and indexes, and a journal whose fingerprints had no key.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Connection

from models.encrypted import Sealed

IS_OPEN = sa.text("state = 'open'")
GONE = {
    "stage": ("ix_stage_state_key", "ix_stage_owner_id", "ix_stage_state_due_on"),
    "outboxmessage": ("ix_outboxmessage_person_id", "ix_outboxmessage_review_id"),
    "review": ("ix_review_board",),
}
INDEXES: dict[str, dict[str, tuple[tuple[str, ...], sa.TextClause | None]]] = {
    "stage": {
        "ix_stage_open_counted": (("board", "type", "key", "due_on", "state"), IS_OPEN),
        "ix_stage_open_due_on": (("due_on",), IS_OPEN),
        "ix_stage_open_of_board": (("board", "due_on", "state"), IS_OPEN),
        "ix_stage_open_owner_id": (("owner_id", "due_on"), IS_OPEN),
    },
    "review": {"ix_review_board_state": (("board", "state"), None)},
    "notice": {"ix_notice_action_id": (("action_id",), sa.text("action_id IS NOT NULL"))},
    "action": {"ix_action_open_due_on": (("due_on",), IS_OPEN)},
    "outboxmessage": {"ix_outboxmessage_state": (("state",), None)},
}


def bring_to_today() -> None:
    """Change what is not as 0001 makes it today; a database that is as it should be is left alone."""
    connection = op.get_bind()
    give_stages_their_board(connection)
    let_notices_be_of_actions(connection)
    seal_file_names(connection)
    for table, names in GONE.items():
        for name in indexes_of(connection, table) & set(names):
            op.drop_index(name, table_name=table)
    for table, wanted in INDEXES.items():
        for name in wanted.keys() - indexes_of(connection, table):
            columns, where = wanted[name]
            op.create_index(name, table, list(columns), sqlite_where=where, postgresql_where=where)


def indexes_of(connection: Connection, table: str) -> set[str]:
    """The names of a table's indexes."""
    return {index["name"] or "" for index in sa.inspect(connection).get_indexes(table)}


def columns_of(connection: Connection, table: str) -> set[str]:
    """The names of a table's columns."""
    return {column["name"] for column in sa.inspect(connection).get_columns(table)}


def give_stages_their_board(connection: Connection) -> None:
    """A stage keeps the board and the type of its review."""
    if "board" in columns_of(connection, "stage"):
        return
    for name in ("board", "type"):
        op.add_column("stage", sa.Column(name, sa.String(60), nullable=True))
    op.execute(
        "UPDATE stage SET board = (SELECT board FROM review WHERE review.id = stage.review_id), "
        "type = (SELECT type FROM review WHERE review.id = stage.review_id)"
    )
    with op.batch_alter_table("stage") as stage:
        stage.alter_column("board", existing_type=sa.String(60), nullable=False)
        stage.alter_column("type", existing_type=sa.String(60), nullable=False)


def let_notices_be_of_actions(connection: Connection) -> None:
    """A notice is of a stage or of an action."""
    if "action_id" in columns_of(connection, "notice"):
        return
    with op.batch_alter_table("notice") as notice:
        notice.add_column(sa.Column("action_id", sa.Integer(), nullable=True))
        notice.alter_column("stage_id", existing_type=sa.Integer(), nullable=True)
        notice.create_foreign_key(op.f("fk_notice_action_id"), "action", ["action_id"], ["id"])
        notice.create_check_constraint(op.f("ck_notice_of_one"), "(stage_id IS NULL) <> (action_id IS NULL)")


def seal_file_names(connection: Connection) -> None:
    """The names of files are encrypted: they may hold the name of a child."""
    kept = {column["name"]: column["type"] for column in sa.inspect(connection).get_columns("document")}
    if isinstance(kept["file_name"], sa.LargeBinary):
        return
    document = sa.table("document", sa.column("id"), sa.column("file_name"), sa.column("sealed", Sealed()))
    op.add_column("document", sa.Column("sealed", sa.LargeBinary(), nullable=True))
    for number, name in connection.execute(sa.select(document.c.id, document.c.file_name)).all():
        connection.execute(sa.update(document).where(document.c.id == number).values(sealed=name))
    with op.batch_alter_table("document") as changed:
        changed.drop_column("file_name")
    with op.batch_alter_table("document") as changed:
        changed.alter_column("sealed", new_column_name="file_name", existing_type=sa.LargeBinary(), nullable=False)
