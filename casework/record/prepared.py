"""Prepared statements for the hot path: compiled once, and run on the driver's cursor of the session's own connection.

A statement is written with SQLAlchemy over the tables of the models, as everywhere. What is saved is what SQLAlchemy
does again at each execution, which takes several times as long as the database itself. `PREPARED.rows(connection,
values)` gives what `connection.execute(statement, values)` would, in the same transaction, and
tests/conformance/test_prepared.py holds the one to the other.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Date, DateTime, Dialect, Enum, Executable
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import ClauseElement, ReturnsRows
from sqlalchemy.types import TypeEngine

Conversion = Callable[[Any], Any]


class Prepared:
    """A statement that is compiled once for each database and each set of values."""

    def __init__(self, statement: Executable) -> None:
        self.statement = statement
        self._compiled: dict[tuple[str, ...], CompiledStatement] = {}

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> list[Any]:
        """What it finds or returns: rows with their columns as attributes."""
        compiled = self._for(connection.dialect, values)
        cursor = execute(connection, "execute", compiled.sql, compiled.arguments(values))
        return list(map(compiled.row, cursor.fetchall()))

    def run(self, connection: Connection, values: Mapping[str, Any]) -> int:
        """Run it, and say how many rows it has changed."""
        compiled = self._for(connection.dialect, values)
        changed: int = execute(connection, "execute", compiled.sql, compiled.arguments(values)).rowcount
        return changed

    def run_each(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run it once for each of these rows, which all have the same columns; there is at least one."""
        compiled = self._for(connection.dialect, rows[0])
        execute(connection, "executemany", compiled.sql, [compiled.arguments(row) for row in rows])

    def _for(self, dialect: Dialect, values: Mapping[str, Any]) -> "CompiledStatement":
        key = (dialect.name, *values)
        found = self._compiled.get(key)
        if found is None:
            found = self._compiled[key] = compiled_for(self.statement, dialect, list(values))
        return found


@dataclass(frozen=True, slots=True)
class CompiledStatement:
    """The text that the driver takes, and how values and rows are converted on their way.

    `names` are the parameters in the order of the text; `constants` are the values of those that nobody gives.
    """

    sql: str
    positional: bool
    names: tuple[str, ...]
    constants: Mapping[str, Any]
    parameters: Conversion
    row: Conversion

    def arguments(self, values: Mapping[str, Any]) -> Sequence[Any] | Mapping[str, Any]:
        """The values as the driver takes them."""
        given = {**self.constants, **values} if self.constants else values
        found = self.parameters([given[name] for name in self.names])
        return found if self.positional else dict(zip(self.names, found, strict=True))


def execute(connection: Connection, method: str, sql: str, arguments: Any) -> Any:
    """Run a text on a cursor of this connection; raises the errors that SQLAlchemy would raise."""
    cursor = connection.connection.cursor()
    driver = connection.dialect.loaded_dbapi
    try:
        getattr(cursor, method)(sql, arguments)
    except driver.Error as wrong:
        raise DBAPIError.instance(
            sql, None, wrong, driver.Error, hide_parameters=True, dialect=connection.dialect
        ) from wrong
    return cursor


def compiled_for(statement: Executable, dialect: Dialect, names: list[str]) -> CompiledStatement:
    """Compile a statement for a database and the names of the values that it is given."""
    assert isinstance(statement, ClauseElement)
    compiled = statement.compile(dialect=dialect, column_keys=names)
    assert isinstance(compiled, SQLCompiler)
    order = tuple(compiled.positiontup or compiled.binds)
    return CompiledStatement(
        sql=compiled.string,
        positional=compiled.positional,
        names=order,
        parameters=in_place([to_database(compiled.binds[name].type, dialect) for name in order]),
        constants={name: value for name, value in constants(compiled).items() if name not in names},
        row=row_of(statement, dialect),
    )


def constants(compiled: SQLCompiler) -> dict[str, Any]:
    """The values that stand in the statement itself, and the defaults of the columns that it does not name."""
    written = {name: bind.effective_value for name, bind in compiled.binds.items() if not bind.required}
    defaults = {column.key: column.default for column in (*compiled.insert_prefetch, *compiled.update_prefetch)}
    assert all(default is not None and default.is_scalar for default in defaults.values()), "give its value"
    return written | {name: default.arg for name, default in defaults.items()}  # type: ignore[union-attr]


def row_of(statement: Executable, dialect: Dialect) -> Conversion:
    """How a row of the driver becomes one of Python's, its columns named as in the statement."""
    columns = list(statement.exported_columns) if isinstance(statement, ReturnsRows) else []
    named: Conversion = namedtuple("Row", [column.name for column in columns])._make  # type: ignore[misc]
    conversions = [from_database(column.type, dialect) for column in columns]
    if not any(conversions):
        return named
    convert = in_place(conversions)
    return lambda row: named(convert(list(row)))


def in_place(conversions: Sequence[Conversion | None]) -> Conversion:
    """Convert those values of a list that have a conversion."""
    wanted = [(place, convert) for place, convert in enumerate(conversions) if convert]

    def converted(values: list[Any]) -> list[Any]:
        for place, convert in wanted:
            values[place] = convert(values[place])
        return values

    return converted


def to_database(type_: TypeEngine[Any], dialect: Dialect) -> Conversion | None:
    """How a value of a column's type is given to the driver; None where it is given as it is.

    Those that are simpler than SQLAlchemy's stand here, the others are its own.
    """
    if isinstance(type_, Enum) and type_.enum_class:
        return {None: None, **{member: member.value for member in type_.enum_class}}.__getitem__
    if dialect.name == "sqlite" and isinstance(type_, DateTime):
        return datetime_to_text
    if dialect.name == "sqlite" and isinstance(type_, Date):
        return date_to_text
    return type_.dialect_impl(dialect).bind_processor(dialect)


def from_database(type_: TypeEngine[Any], dialect: Dialect) -> Conversion | None:
    """How a value of the driver becomes one of a column's type; None where it is one already."""
    if isinstance(type_, Enum) and type_.enum_class:
        return {None: None, **{member.value: member for member in type_.enum_class}}.__getitem__
    return type_.dialect_impl(dialect).result_processor(dialect, None)


def datetime_to_text(value: datetime | None) -> str | None:
    """A moment as SQLAlchemy keeps it in SQLite: without its zone, which is UTC."""
    return value and value.replace(tzinfo=None).isoformat(" ", "microseconds")


def date_to_text(value: date | None) -> str | None:
    """A day as SQLAlchemy keeps it in SQLite."""
    return value and date.isoformat(value)
