"""A sentence with its values kept apart, so that each reader gets a date or a key in the form that they know."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


class Key(str):
    """A key that has a title elsewhere: a stage of a review, or an answer of a closed list kept as text."""

    __slots__ = ()


@dataclass(frozen=True, init=False)
class Sentence:
    """A pattern as `str.format` takes it, always written out where it is raised, and the values that it names.

    `str()` gives dates in ISO form and keys as they are kept, as the command line and the logs show them.
    """

    pattern: str
    values: Mapping[str, object]

    def __init__(self, pattern: str, /, **values: object) -> None:
        object.__setattr__(self, "pattern", pattern)
        object.__setattr__(self, "values", values)

    def put(self, say: Callable[[object], str]) -> str:
        """The sentence with each value as `say` puts it."""
        return self.pattern.format_map({name: say(value) for name, value in self.values.items()})

    def __str__(self) -> str:
        return self.put(str)
