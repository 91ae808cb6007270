"""A store on an empty folder."""

from pathlib import Path

import pytest

from casework.record.settings import Settings
from casework.record.store import Store, open_store


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An installation whose home is a new folder."""
    return Settings(home=tmp_path)


@pytest.fixture
def store(settings: Settings) -> Store:
    """Its database."""
    return open_store(settings)
