"""The dashboard that these tests knock at."""

import pytest

from casework.record.settings import Settings
from casework.record.store import Store
from tests.dashboard.house import House, house


@pytest.fixture
def home(settings: Settings, store: Store) -> House:
    """A dashboard without reviews."""
    return house(settings, store)
