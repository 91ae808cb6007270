"""Fixtures for everybody: a real store on SQLite, and the same on a real PostgreSQL."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from casework.record.settings import Settings
from casework.record.store import Store, open_store
from tests.casework.delivery import postfix
from tests.postgresql import running_postgresql

collect_ignore = ["casework/delivery/test_postfix.py"] if postfix.is_left_out() else []

hypothesis.settings.register_profile("ours", deadline=None)  # the first example pays for slow imports
hypothesis.settings.load_profile("ours")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end what was not tried here; `.ci/run` leaves nothing out, and fails instead."""
    if collect_ignore:
        terminalreporter.write_line(postfix.WANTED, yellow=True)


@pytest.fixture(autouse=True)
def home_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads the answers, or anything else, of an installation on this machine."""
    monkeypatch.setenv("LEARNING_CYCLE_HOME", str(tmp_path / "installation"))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An installation of its own for one test, on SQLite."""
    return Settings(home=tmp_path / "home")


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """An empty store on SQLite."""
    opened = open_store(settings)
    yield opened
    opened.engine.dispose()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Callable[[], str]]:
    """A running PostgreSQL; each call makes an empty database and gives its address.

    Not in pytest's own folder: each pytest that starts takes from everybody else the right to read in there, and a
    PostgreSQL started by root runs as somebody else.
    """
    with tempfile.TemporaryDirectory(prefix="pg-") as folder, running_postgresql(Path(folder)) as new_database:
        yield new_database


@pytest.fixture(params=["sqlite", "postgresql"])
def either_store(request: Any, tmp_path: Path) -> Iterator[Store]:
    """An empty store on SQLite, then one on PostgreSQL."""
    url = None if request.param == "sqlite" else request.getfixturevalue("postgresql")()
    opened = open_store(Settings(home=tmp_path / "home", database_url=url))
    yield opened
    opened.engine.dispose()
