"""The form of a letter: what a source in templates/emails/ makes once its names are filled in.

The first line is the subject. Below it, line by line:

    words of a paragraph              blank lines stand between paragraphs
    - Name: value                     a fact; left out where it has no value
    [Open the stage]({{ link }})      a link: the first is the button, a later one is quieter; left out without address
    # Overdue                         a heading
    * [{{ title }}]({{ link }}) | {{ reference }} | {{ when }}     an item of a list; its link may be left out
    ---                               what follows is small print, in place of the usual one

Only what stands in the source itself can be form. A value that is filled in comes through `as_text`, which leaves
nothing in it that `parse` takes for a sign or the end of a line: whatever somebody is called, it stays words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from models.errors import LearningCycleError

SIGNS = "-*#[]()|:"
HIDDEN = {ord(sign): 0xE000 + ord(sign) for sign in SIGNS}  # in Unicode's private area, where no value has anything
SHOWN = {hidden: sign for sign, hidden in HIDDEN.items()}
LINK = re.compile(r"\[(?P<words>[^][]*)\]\((?P<address>[^()]*)\)")
SIGNS_OF_LINES = ("- ", "* ", "# ", "[")
SMALL_PRINT = "---"


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
    """One entry of a list, with its details; `address` is empty where it has no link."""

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


class LetterMisshapen(LearningCycleError):
    """Raised when a line of a letter is not in the form of letters; the sentence quotes the line."""


def as_text(value: object) -> str:
    """A value as it may stand in a line: one line of its own words, in which no sign is form; nothing for None."""
    if value is None:
        return ""
    words = str(value)
    if not words.isprintable():
        words = "".join(letter if letter.isprintable() else " " for letter in words)
    return words.translate(HIDDEN)


def parse(rendered: str) -> Words:
    """The letter of a source whose names are filled in; raises LetterMisshapen."""
    subject, _, body = rendered.partition("\n")
    said, _, small = f"\n{body}\n".partition(f"\n{SMALL_PRINT}\n")
    return Words(with_signs_shown(subject), tuple(blocks(said)), paragraphs(small))


def paragraphs(body: str) -> tuple[str, ...]:
    """The paragraphs of a text, such as small print, and nothing else of it."""
    return tuple(block.text for block in blocks(body) if isinstance(block, Paragraph))


def blocks(body: str) -> Iterator[Block]:
    """The blocks of a letter, in order; what has nothing to say is left out."""
    for kind, lines in groupby(body.split("\n"), kind_of):
        yield from KINDS[kind]([line.strip() for line in lines])


def kind_of(line: str) -> str:
    """How a line begins, where that is a sign; `words` for every other, nothing for a blank one."""
    line = line.strip()
    if line.startswith(SIGNS_OF_LINES):
        return line[0]
    return "words" if line else ""


def paragraph(lines: Sequence[str]) -> Iterator[Block]:
    """Lines that belong together."""
    yield Paragraph("\n".join(with_signs_shown(line) for line in lines))


def facts(lines: Sequence[str]) -> Iterator[Block]:
    """Facts, without those that have no name or no value."""
    pairs = [fact(line) for line in lines]
    if said := tuple((name, value) for name, value in pairs if name and value):
        yield Facts(said)


def fact(line: str) -> tuple[str, str]:
    """`- Name: value`."""
    name, colon, value = line[1:].partition(":")
    if not colon:
        raise LetterMisshapen(
            f"‘{with_signs_shown(line)}’ begins with -, but is not a fact. Write it as ‘- Name: value’."
        )
    return with_signs_shown(name), with_signs_shown(value)


def links(lines: Sequence[str]) -> Iterator[Block]:
    """Links, without those that lead nowhere."""
    for line in lines:
        found = LINK.fullmatch(line)
        if found is None or found["words"] == "":
            raise LetterMisshapen(
                f"‘{with_signs_shown(line)}’ begins with [, but is not a link. Write ‘[Open the stage](address)’."
            )
        if address := with_signs_shown(found["address"]):
            yield Link(with_signs_shown(found["words"]) or address, address)


def headings(lines: Sequence[str]) -> Iterator[Block]:
    """Headings."""
    yield from (Heading(with_signs_shown(line[1:])) for line in lines)


def items(lines: Sequence[str]) -> Iterator[Block]:
    """A list."""
    yield Items(tuple(item(line) for line in lines))


def item(line: str) -> Item:
    """`* Title | more | more`, where the title may be a link."""
    title, *details = line[1:].split("|")
    link = LINK.fullmatch(title.strip())
    words, address = (link["words"], link["address"]) if link else (title, "")
    return Item(
        with_signs_shown(words),
        with_signs_shown(address),
        tuple(text for text in map(with_signs_shown, details) if text),
    )


def no_blocks(lines: Sequence[str]) -> Iterator[Block]:  # noqa: ARG001 -- takes what the others take
    """Blank lines only part what stands on both sides."""
    yield from ()


def with_signs_shown(text: str) -> str:
    """A text with the signs of its values in clear again."""
    return " ".join(text.split()).translate(SHOWN)


KINDS = {"words": paragraph, "-": facts, "[": links, "#": headings, "*": items, "": no_blocks}
