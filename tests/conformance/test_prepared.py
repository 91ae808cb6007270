"""Prepared statements against SQLAlchemy's own execution of the same: every row that whole reviews write, compared."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, Connection, Table, select, text
from sqlmodel import SQLModel

from casework.record import journal
from casework.record.prepared import Prepared
from casework.record.settings import Settings
from casework.record.store import Store, open_store
from casework.views.review import find_review
from models.encrypted import Sealed, SealedFile, SealedRecord
from models.stage_tally import StageTally
from models.tables import table_of
from tests.walking import PRACTICE_LEARNING_REVIEW, SERIOUS_CASE_REVIEW, launched, walked

WALKS = {
    ("serious-case-review", "northamptonshire"): SERIOUS_CASE_REVIEW,
    ("practice-learning-review", "barking-and-dagenham"): PRACTICE_LEARNING_REVIEW,
}
SEALED = (Sealed, SealedFile, SealedRecord)  # the same text is never encrypted to the same bytes


def rows(prepared: Prepared, connection: Connection, values: Mapping[str, Any]) -> list[Any]:
    """`Prepared.rows` as SQLAlchemy does it."""
    return list(connection.execute(prepared.statement, values))


def run(prepared: Prepared, connection: Connection, values: Mapping[str, Any]) -> int:
    """`Prepared.run` as SQLAlchemy does it."""
    return connection.execute(prepared.statement, values).rowcount


def run_each(prepared: Prepared, connection: Connection, several: Sequence[Mapping[str, Any]]) -> None:
    """`Prepared.run_each` as SQLAlchemy does it."""
    connection.execute(prepared.statement, [dict(values) for values in several])


@pytest.fixture
def plainly(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Have SQLAlchemy execute what is prepared, from then on: the one implementation for the other."""

    def switch() -> None:
        for method in (rows, run, run_each):
            monkeypatch.setattr(Prepared, method.__name__, method)

    return switch


@pytest.fixture(params=["sqlite", "postgresql"])
def two_stores(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    """Two empty stores of one installation, so that they share its keys, on each kind of database."""
    names = [f"sqlite:///{tmp_path / 'first.db'}", f"sqlite:///{tmp_path / 'second.db'}"]
    if request.param == "postgresql":
        new_database = request.getfixturevalue("postgresql")
        names = [new_database(), new_database()]
    first, second = (open_store(Settings(home=tmp_path / "home", database_url=name)) for name in names)
    yield first, second
    for opened in (first, second):
        opened.engine.dispose()


@pytest.mark.parametrize("asked", WALKS, ids=lambda asked: asked[0])
def test_every_row_is_the_one_that_sqlalchemy_writes(
    two_stores: tuple[Store, Store], plainly: Callable[[], None], asked: tuple[str, str]
) -> None:
    prepared, plain = two_stores
    walked(prepared, launched(prepared, *asked), WALKS[asked])
    plainly()
    walked(plain, launched(plain, *asked), WALKS[asked])
    found, expected = everything(prepared), everything(plain)
    assert len(expected["stage"]) > len(WALKS[asked])
    assert found == expected
    assert as_stored(prepared) == as_stored(plain)


def test_the_journal_of_either_is_verified_by_the_other(
    two_stores: tuple[Store, Store], plainly: Callable[[], None]
) -> None:
    prepared, _ = two_stores
    first = launched(prepared)
    walked(prepared, first, SERIOUS_CASE_REVIEW, until="lead-reviewer")
    with prepared.reading() as session:
        entries = journal.verify(session, find_review(session, first))
    plainly()
    walked(prepared, first, SERIOUS_CASE_REVIEW[3:], until="report")
    with prepared.reading() as session:
        assert journal.verify(session, find_review(session, first)) > entries


def everything(store: Store) -> dict[str, list[Any]]:
    """Every row of every table, as SQLAlchemy reads it."""
    with store.engine.connect() as connection:
        return {
            name: [tuple(row) for row in connection.execute(select(*compared(table)).order_by(*table.primary_key))]
            for name, table in SQLModel.metadata.tables.items()
        }


def compared(table: Table) -> list[Column[Any]]:
    """The columns of a table but for the part of a tally, which is the number of a transaction in its server."""
    return [column for column in table.columns if column is not table_of(StageTally).c.part]


def as_stored(store: Store) -> dict[str, list[Any]]:
    """The same as it lies in the database, but for what is encrypted."""
    with store.engine.connect() as connection:
        return {
            name: [tuple(row) for row in connection.execute(text(f"SELECT {columns} FROM {name} ORDER BY {order}"))]  # noqa: S608
            for name, columns, order in stored_columns()
        }


def stored_columns() -> list[tuple[str, str, str]]:
    """Each table, its columns that are not encrypted, and its key."""
    return [
        (
            f'"{name}"',
            ", ".join(f'"{column.name}"' for column in compared(table) if not isinstance(column.type, SEALED)),
            ", ".join(f'"{column.name}"' for column in table.primary_key),
        )
        for name, table in SQLModel.metadata.tables.items()
    ]
