"""What a letter says, whatever it will look like: its subject, and its parts one below the other."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Paragraph:
    """Words. Line ends stay in plain text and do not matter in HTML."""

    kind: ClassVar = "paragraph"
    text: str


@dataclass(frozen=True)
class Facts:
    """Names with their values: the review, the stage, when it is due."""

    kind: ClassVar = "facts"
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Link:
    """Something to do, and where; the first of a letter is its one action."""

    kind: ClassVar = "link"
    words: str
    address: str


@dataclass(frozen=True)
class Heading:
    """The heading of what follows."""

    kind: ClassVar = "heading"
    text: str


@dataclass(frozen=True)
class Item:
    """One entry of a list, with what else is said of it; `address` is empty where it leads nowhere."""

    title: str
    address: str
    details: tuple[str, ...]


@dataclass(frozen=True)
class Items:
    """A list of things that a letter tells of."""

    kind: ClassVar = "items"
    items: tuple[Item, ...]


Block = Paragraph | Facts | Link | Heading | Items


@dataclass(frozen=True)
class Words:
    """What a letter says, whatever it will look like."""

    subject: str
    blocks: tuple[Block, ...]
    small_print: tuple[str, ...] = ()

    @property
    def action(self) -> Link | None:
        """The one thing to do."""
        return next((block for block in self.blocks if isinstance(block, Link)), None)

    @property
    def linked(self) -> tuple[str, ...]:
        """Where the button and the quieter links lead."""
        return tuple(block.address for block in self.blocks if isinstance(block, Link))

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every place that a link of this letter leads to, those of its lists too."""
        listed = [item.address for block in self.blocks if isinstance(block, Items) for item in block.items]
        return (*self.linked, *(address for address in listed if address))
