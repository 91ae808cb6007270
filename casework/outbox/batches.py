"""Long lists in lots that a database takes in one statement."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")
LOT = 5000  # SQLite takes 32,766 values in a statement


def in_batches(items: Iterable[Item], size: int = LOT) -> Iterator[list[Item]]:
    """The items, in order, so many at a time."""
    rest = iter(items)
    while lot := list(islice(rest, size)):
        yield lot
