"""A database of the very first versions is brought up to date: its columns, its indexes, and its journals."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from alembic import command
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, inspect, select, text, update

from casework.record import journal
from casework.record.store import Store
from casework.views.review import find_review
from migrations import first_journals, first_tables
from migrations.first_journals import ENTRY, REVIEW, STAGE, unkeyed
from models.errors import TamperingFound
from tests.casework.record.test_store import alembic
from tests.walking import launched


def make_as_it_was(store: Store) -> None:
    """Take the database down to its first tables, in the shape and with the journals of the first versions."""
    command.downgrade(alembic(store), "0001")
    with store.engine.connect() as connection, without_foreign_keys(connection), connection.begin():
        op = Operations(MigrationContext.configure(connection))
        for table, wanted in first_tables.INDEXES.items():
            for name in wanted.keys() & first_tables.indexes_of(connection, table):
                op.drop_index(name, table_name=table)
        op.create_index("ix_stage_state_key", "stage", ["state", "key"])
        op.create_index("ix_review_board", "review", ["board"])
        op.execute("DELETE FROM notice")
        with op.batch_alter_table("notice") as notice:
            notice.drop_constraint(op.f("ck_notice_of_one"), type_="check")
            notice.drop_column("action_id")
        with op.batch_alter_table("stage") as stage:
            stage.drop_column("board")
            stage.drop_column("type")
        seal_without_a_key(connection, store.journal_secret)


@contextmanager
def without_foreign_keys(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew; the driver is told outside the transaction, as migrating does."""
    driver = connection.connection.cursor()
    if connection.dialect.name == "sqlite":
        driver.execute("PRAGMA foreign_keys=OFF")
    yield
    if connection.dialect.name == "sqlite":
        driver.execute("PRAGMA foreign_keys=ON")


def seal_without_a_key(connection: Connection, secret: bytes) -> None:
    """Seal the one journal there is as the first versions did."""
    head, outcomes = "", {row.name: row.outcome for row in connection.execute(select(STAGE.c.name, STAGE.c.outcome))}
    for entry in connection.execute(select(ENTRY).order_by(ENTRY.c.number)).all():
        detail = {"board": entry.detail["board"], "outcome": unkeyed(outcomes[entry.stage])}
        head = first_journals.seal(secret, head, entry, detail)
        connection.execute(update(ENTRY).where(ENTRY.c.id == entry.id).values(detail=detail, seal=head))
    connection.execute(update(REVIEW).values(journal_head=head))


def bring_up_to_date(store: Store) -> None:
    config = alembic(store)
    config.attributes["journal_secret"] = store.journal_secret
    command.upgrade(config, "head")


def test_a_database_of_the_first_versions_gets_the_tables_of_today(either_store: Store) -> None:
    launched(either_store)
    make_as_it_was(either_store)

    bring_up_to_date(either_store)

    command.check(alembic(either_store))
    with either_store.engine.connect() as connection:
        names = {index["name"] for index in inspect(connection).get_indexes("stage")}
        found = connection.execute(select(text("DISTINCT board, type FROM stage"))).all()
    assert "ix_stage_state_key" not in names
    assert [tuple(row) for row in found] == [("northamptonshire", "serious-case-review")]


def test_its_journals_hold_by_the_rule_of_today(either_store: Store) -> None:
    reference = launched(either_store)
    make_as_it_was(either_store)

    bring_up_to_date(either_store)

    with either_store.reading() as session:
        assert journal.verify(session, find_review(session, reference)) == 1


def test_a_journal_that_did_not_hold_then_is_not_made_to_hold_now(either_store: Store) -> None:
    reference = launched(either_store)
    make_as_it_was(either_store)
    with either_store.engine.begin() as connection:
        connection.execute(update(ENTRY).values(verb="withdrawn"))

    bring_up_to_date(either_store)

    with either_store.reading() as session, pytest.raises(TamperingFound):
        journal.verify(session, find_review(session, reference))
