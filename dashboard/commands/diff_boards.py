"""`learning-cycle diff-boards`: where the frameworks of two boards differ."""

from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby
from textwrap import fill
from typing import Annotated

import typer

from casework.framework.differences import Difference, Statement, differences
from casework.framework.profiles import board
from dashboard.arguments import AsJson, BoardName
from dashboard.desk import say
from models.profile import BOARD

WIDTH = 100


def diff_boards(
    first: BoardName,
    second: Annotated[str, typer.Argument(metavar="SECOND", help="Another profile’s file name.")],
    as_json: AsJson = False,
) -> None:
    """Show where two boards differ, with the paragraph of each framework."""
    one, other = board(first), board(second)
    found = differences(one, other)
    say(
        {"first": first, "second": second, "differences": [asdict(each) for each in found]},
        "\n".join(listing((first, one.name.value), (second, other.name.value), found)),
        as_json=as_json,
    )


def listing(first: tuple[str, str], second: tuple[str, str], found: list[Difference]) -> Iterator[str]:
    """All differences as a text to read; a board is given by its file name and its own."""
    how = f"differ in {len(found)} points" if found else "say the same"
    yield fill(f"{first[1]} and {second[1]} {how}.", WIDTH)
    margin = max(len(first[0]), len(second[0])) + 2
    for topic, group in groupby(found, lambda each: each.topic):
        yield from ("", topic)
        for said, alike in groupby(group, lambda each: (each.first, each.second)):
            yield fill("; ".join(each.about for each in alike), WIDTH, initial_indent="  ", subsequent_indent="  ")
            yield from (line(name, each, margin) for name, each in zip((first[0], second[0]), said, strict=True))


def line(name: str, said: Statement, margin: int) -> str:
    """What one board says, with its paragraph."""
    where = {"": "", BOARD: " (chosen by the board)"}.get(said.cite, f" ({said.cite})")
    indent = f"    {name:<{margin}}"
    return fill(said.value + where, WIDTH, initial_indent=indent, subsequent_indent=" " * len(indent))
