"""The outbox on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session

from casework.record.settings import Settings
from casework.record.store import Store, open_store
from tests.casework.letters.a_case import MarkedCase, add_marked_case


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """An installation of its own, on each database."""
    address = request.getfixturevalue("postgresql")() if request.param == "postgresql" else None
    return Settings(home=tmp_path, database_url=address, public_url="http://127.0.0.1:8770")


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """Its open store."""
    store = open_store(settings)
    yield store
    store.engine.dispose()


@pytest.fixture(scope="module")
def one_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One store for all letters of a module."""
    store = open_store(Settings(home=tmp_path_factory.mktemp("home")))
    yield store
    store.engine.dispose()


@pytest.fixture
def session(one_store: Store) -> Iterator[Session]:
    """A session of which nothing stays."""
    with Session(one_store.engine) as session:
        session.info["journal_secret"] = one_store.journal_secret
        yield session


@pytest.fixture
def case(session: Session) -> MarkedCase:
    """The marked case, in that session."""
    return add_marked_case(session)
