"""What a stage is called within its review: put together here, and read here where somebody typed it."""

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class StageName:
    """A stage by its key, and an agency's own stage by that agency too: "agency-report:police".

    A stage that is on record has its key and its agency in columns of their own: nobody reads its name for them.
    """

    key: str
    slug: str | None = None

    def __str__(self) -> str:
        return f"{self.key}:{self.slug}" if self.slug else self.key

    @classmethod
    def read(cls, typed: str) -> Self:
        """A name as an address has it, or as somebody typed it."""
        key, _, slug = typed.partition(":")
        return cls(key, slug or None)
