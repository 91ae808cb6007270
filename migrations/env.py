"""Alembic's entry: migrates the database whose engine casework.record.store hands over."""

from typing import Literal

from alembic import context
from sqlalchemy import Connection, text
from sqlmodel import SQLModel

from models import every_table  # so that `alembic check` can compare
from models.encrypted import Sealed, SealedFile, SealedRecord

assert every_table
ONE_AT_A_TIME = 7301  # any number, the same in every process: PostgreSQL's advisory lock


def stored_as(kind: str, item: object, _: object) -> str | Literal[False]:
    """A migration names how our encrypted types are stored, not our classes, which may move."""
    return "sa.LargeBinary()" if kind == "type" and isinstance(item, (Sealed, SealedFile, SealedRecord)) else False


def migrate(connection: Connection) -> None:
    """Migrate inside one transaction, while no other process does."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})"))
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=True,
        transactional_ddl=True,
        render_item=stored_as,
    )
    context.run_migrations()
    if connection.dialect.name == "sqlite" and (lost := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
        raise RuntimeError(f"After the migration, rows of {', '.join({row[0] for row in lost})} refer to nothing.")


def follow_foreign_keys(connection: Connection, *, at_once: bool) -> None:
    """SQLite changes a table by making it anew, and must not miss the old one meanwhile; it checks them at the end.

    It takes this in only outside a transaction, so the driver is told directly.
    """
    if connection.dialect.name == "sqlite":
        connection.connection.cursor().execute(f"PRAGMA foreign_keys={'ON' if at_once else 'OFF'}")


engine = context.config.attributes["engine"]
with engine.connect() as connection:
    follow_foreign_keys(connection, at_once=False)
    try:
        with connection.begin():
            migrate(connection)
    finally:
        follow_foreign_keys(connection, at_once=True)
