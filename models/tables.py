"""What the columns of every table have in common."""

from enum import StrEnum
from typing import Any, Protocol, TypeVar

from sqlalchemy import ColumnElement, Enum, Table, literal_column, text
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

Chosen = TypeVar("Chosen", bound=StrEnum)
# what an index over what is still open says of itself
OPEN_ONLY: dict[str, Any] = {"sqlite_where": text("state = 'open'"), "postgresql_where": text("state = 'open'")}
# the same of what is done
CLOSED_ONLY: dict[str, Any] = {"sqlite_where": text("state = 'closed'"), "postgresql_where": text("state = 'closed'")}


def term(kind: type[Chosen], **options: Any) -> Any:
    """A column that holds a member of `kind` by its value: no ENUM type, which PostgreSQL would leave behind."""
    listed = Enum(kind, native_enum=False, create_constraint=False, length=60, values_callable=values_of)
    return Field(sa_type=listed, **options)


class Numbered(Protocol):
    """A row with a number of its own."""

    id: int | None


def id_of(row: Numbered) -> int:
    """The number of a row that is on record; raises RuntimeError for one that was never written: a slip of ours."""
    if row.id is None:
        raise RuntimeError(f"This {type(row).__name__} has no number: it was never written to the database.")
    return row.id


def values_of(kind: type[StrEnum]) -> list[str]:
    """The values of an enumeration, in order."""
    return [member.value for member in kind]


def table_of(model: type[SQLModel]) -> Table:
    """The SQLAlchemy table behind a SQLModel class."""
    return model.__table__  # type: ignore[attr-defined,no-any-return]


def literally(column: ColumnElement[Any], member: StrEnum) -> ColumnElement[bool]:
    """`column` is `member`, written out in the statement: a partial index is not used for a value that is bound."""
    return column == literal_column(f"'{member.value}'")
