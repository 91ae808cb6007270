"""Prepared statements for the hot path: compiled once, and run on the driver's cursor of the session's own connection.

A statement is written with SQLAlchemy over the tables of the models, as everywhere. What is saved is what SQLAlchemy
does again at each execution, which takes several times as long as the database itself. `PREPARED.rows(connection,
values)` gives what `connection.execute(statement, values)` would, in the same transaction, and
tests/conformance/test_prepared.py holds the one to the other.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy import Connection, Date, Dialect, Enum, Executable
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
        return list(map(compiled.row, execute(connection, compiled.sql, compiled.arguments(values)).fetchall()))

    def run(self, connection: Connection, values: Mapping[str, Any]) -> int:
        """Run it, and say how many rows it has changed."""
        compiled = self._for(connection.dialect, values)
        changed: int = execute(connection, compiled.sql, compiled.arguments(values)).rowcount
        return changed

    def run_each(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run it once for each of these rows, which all have the same columns; there is at least one."""
        compiled = self._for(connection.dialect, rows[0])
        execute(connection, compiled.sql, [compiled.arguments(row) for row in rows], each=True)

    def _for(self, dialect: Dialect, values: Mapping[str, Any]) -> "CompiledStatement":
        key = (dialect.name, *values)
        found = self._compiled.get(key)
        if found is None:
            found = self._compiled[key] = compiled_for(self.statement, dialect, list(values))
        return found


@dataclass(frozen=True, slots=True)
class CompiledStatement:
    """The text that the driver takes, what makes its arguments of the values given, and what makes rows of its rows."""

    sql: str
    arguments: Conversion
    row: Conversion


def execute(connection: Connection, sql: str, arguments: Any, *, each: bool = False) -> Any:
    """Run a text on a cursor of this connection, once or for each of the arguments; raises what SQLAlchemy would."""
    cursor = cast("Any", connection.connection.dbapi_connection).cursor()
    try:
        return (cursor.executemany if each else cursor.execute)(sql, arguments) or cursor
    except connection.dialect.loaded_dbapi.Error as wrong:
        base = connection.dialect.loaded_dbapi.Error
        raise DBAPIError.instance(sql, None, wrong, base, hide_parameters=True, dialect=connection.dialect) from wrong


def compiled_for(statement: Executable, dialect: Dialect, names: list[str]) -> CompiledStatement:
    """Compile a statement for a database and the names of the values that it is given."""
    assert isinstance(statement, ClauseElement)
    compiled = statement.compile(dialect=dialect, column_keys=names)
    assert isinstance(compiled, SQLCompiler)
    return CompiledStatement(compiled.string, arguments_of(compiled, dialect, names), row_of(statement, dialect))


def arguments_of(compiled: SQLCompiler, dialect: Dialect, names: list[str]) -> Conversion:
    """What makes the arguments of a statement: a list in the order of its text, or a dict where it names them."""
    fixed = constants(compiled)
    known: dict[str, Any] = {}
    parts = []
    for number, name in enumerate(compiled.positiontup or compiled.binds):
        convert = to_database(compiled.binds[name].type, dialect)
        if name not in names and name in fixed:
            known[f"constant_{number}"] = convert(fixed[name]) if convert else fixed[name]
            parts.append((name, f"constant_{number}"))
        else:
            parts.append((name, converted(known, convert, number, f"given[{name!r}]")))
    if compiled.positional:
        return written(f"lambda given: [{', '.join(part for _, part in parts)}]", known)
    return written(f"lambda given: {{{', '.join(f'{name!r}: {part}' for name, part in parts)}}}", known)


def constants(compiled: SQLCompiler) -> dict[str, Any]:
    """The values that stand in the statement itself, and the defaults of the columns that it does not name."""
    literal = {name: bind.effective_value for name, bind in compiled.binds.items() if not bind.required}
    defaults = {column.key: column.default for column in (*compiled.insert_prefetch, *compiled.update_prefetch)}
    assert all(default is not None and default.is_scalar for default in defaults.values()), "give its value"
    return literal | {name: default.arg for name, default in defaults.items()}  # type: ignore[union-attr]


def row_of(statement: Executable, dialect: Dialect) -> Conversion:
    """What makes a row, its columns named as in the statement, of a row of the driver."""
    columns = list(statement.exported_columns) if isinstance(statement, ReturnsRows) else []
    named = namedtuple("Row", [column.name for column in columns])  # type: ignore[misc]
    known: dict[str, Any] = {"new": tuple.__new__, "named": named}
    conversions = [from_database(column.type, dialect) for column in columns]
    parts = [converted(known, convert, place, f"row[{place}]") for place, convert in enumerate(conversions)]
    return written(f"lambda row: new(named, ({''.join(f'{part}, ' for part in parts)}))", known)


def converted(known: dict[str, Any], convert: Conversion | None, number: int, value: str) -> str:
    """The source of a value, converted if it has to be; its conversion is then known by its number."""
    if convert is None:
        return value
    known[f"convert_{number}"] = convert
    return f"convert_{number}({value})"


def written(source: str, known: dict[str, Any]) -> Conversion:
    """A function from its source, as `namedtuple` makes its own: one call instead of a loop over the columns."""
    made: Conversion = eval(source, known)  # noqa: S307 -- of numbers and the names of our own columns
    return made


def to_database(type_: TypeEngine[Any], dialect: Dialect) -> Conversion | None:
    """How a value of a column's type is given to the driver; None where it is given as it is.

    Those that are simpler than SQLAlchemy's stand here, the others are its own.
    """
    if isinstance(type_, Enum) and type_.enum_class:
        values: dict[Any, Any] = {None: None} | {member: member.value for member in type_.enum_class}
        return values.__getitem__
    if dialect.name == "sqlite" and isinstance(type_, Date):
        return day_as_text
    return type_.dialect_impl(dialect).bind_processor(dialect)


def from_database(type_: TypeEngine[Any], dialect: Dialect) -> Conversion | None:
    """How a value of the driver becomes one of a column's type; None where it is one already."""
    if isinstance(type_, Enum) and type_.enum_class:
        members: dict[Any, Any] = {None: None} | {member.value: member for member in type_.enum_class}
        return members.__getitem__
    return type_.dialect_impl(dialect).result_processor(dialect, None)


def day_as_text(value: date | None) -> str | None:
    """A day as SQLAlchemy keeps it in SQLite."""
    return None if value is None else date.isoformat(value)
