"""Inserting what is not there yet."""

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite


def once(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An insert that passes over the rows of which the table has one already, by any of its unique keys."""
    make = sqlite.insert if dialect == "sqlite" else postgresql.insert
    return make(table).on_conflict_do_nothing()
