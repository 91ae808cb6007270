"""Inserting what may be there already, on either database."""

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def inserting(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An insert that can say what happens where a row is there already."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


def once(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An insert that passes over the rows of which the table has one already, by any of its unique keys."""
    return inserting(connection, table).on_conflict_do_nothing()
