"""A store for walks: made once and copied, and not waiting for the disk, since no test outlives a power cut."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from casework.record.settings import Settings
from casework.record.store import Store, open_store


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an installation in which nothing has happened yet."""
    home = tmp_path_factory.mktemp("empty") / "home"
    open_store(Settings(home=home)).engine.dispose()
    return home


@pytest.fixture
def store(settings: Settings, empty_home: Path) -> Iterator[Store]:
    """An empty store on SQLite."""
    copytree(empty_home, settings.home)
    opened = open_store(settings, migrate=False, synchronous="OFF")
    yield opened
    opened.engine.dispose()
