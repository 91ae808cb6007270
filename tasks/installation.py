"""What every task of this process shares: the settings, the open database, the clock and the worker's name."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache

from casework.clock import london_day
from casework.record.settings import Settings
from casework.record.store import Store, open_store
from casework.record.workers import this_worker


@dataclass(frozen=True)
class Installation:
    """One installation as a process of it sees it."""

    settings: Settings
    store: Store
    worker: str


@cache
def installation() -> Installation:
    """This process's installation, opened on first use: the environment says which."""
    settings = Settings()
    return Installation(settings, open_store(settings), this_worker())


def now() -> datetime:
    """This instant. Tasks are where the clock is read; everything below them takes it as an argument."""
    return datetime.now(UTC)


def today() -> date:
    """The day it is in London."""
    return london_day(now())
