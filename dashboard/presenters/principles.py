"""The principles and the quality markers of a review, as its pages show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from casework.framework.principles import GROUPS, MARKERS, PRINCIPLES, Item
from casework.quality.answers import count_answered, items_of
from models.quality import QualityAnswer
from models.vocabulary import Standing

COLOURS = {
    Standing.HELD_TO: "green",
    Standing.PARTLY: "yellow",
    Standing.NOT: "orange",
    Standing.DOES_NOT_APPLY: "grey",
}


@dataclass(frozen=True)
class Line:
    """One principle or marker: how the review stands to it, who said so, when, and on which occasion."""

    item: Item
    standing: str = "Not answered yet"
    colour: str = "grey"
    note: str = ""
    by: str = ""
    at: datetime | None = None
    stage: str = ""


@dataclass(frozen=True)
class Group:
    """A group of them under its heading."""

    key: str
    heading: str
    lines: tuple[Line, ...]


def checklist(
    answers: Mapping[str, QualityAnswer], people: Mapping[int, str], titles: Mapping[str, str]
) -> tuple[Group, ...]:
    """All groups, in order; `people` are names by their ids, `titles` those of the stages."""
    return tuple(
        Group(key, heading, tuple(line(item, answers.get(item.key), people, titles) for item in items_of(key)))
        for key, heading in GROUPS.items()
    )


def line(item: Item, answer: QualityAnswer | None, people: Mapping[int, str], titles: Mapping[str, str]) -> Line:
    """One of them."""
    if answer is None:
        return Line(item)
    return Line(
        item,
        answer.standing.label,
        COLOURS[answer.standing],
        answer.note or "",
        people[answer.by],
        answer.at,
        titles.get(answer.stage or "", ""),
    )


def answered_in_words(answers: Mapping[str, QualityAnswer]) -> str:
    """ "9 of 12 principles and 3 of 18 quality markers answered"."""
    count = count_answered(answers)
    return (
        f"{count.principles} of {len(PRINCIPLES)} principles and {count.markers} of {len(MARKERS)} quality markers "
        "answered"
    )
