"""The outbox on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from casework.settings import Settings
from casework.store import Store, open_store


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
