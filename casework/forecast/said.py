"""What people have settled or said about when a stage will be done: a date that goes before what is usual."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session

from models.meeting import Meeting
from models.review import Review
from models.tables import table_of

REVIEW, MEETING = table_of(Review), table_of(Meeting)


class How(StrEnum):
    """Where the end of a stage comes from.

    usual: the median of the past. arranged: a meeting for it has its day. agreed: a date agreed in the review.
    planned: its own deadline, for want of a past. longer: it is open longer than ever before, and counted as done
    today. unknown: no time is counted for it.
    """

    USUAL = "usual"
    ARRANGED = "arranged"
    AGREED = "agreed"
    PLANNED = "planned"
    LONGER = "longer"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Said:
    """The day on which a stage is to be done, and how that is known."""

    how: How
    on: date


def all_said(session: Session, reviews: list[ColumnElement[bool]]) -> dict[int, dict[str, Said]]:
    """What is said in each of the reviews wanted, by its id and the name of the stage."""
    found: dict[int, dict[str, Said]] = {}
    for review_id, stage, said in meetings(session, reviews):
        found.setdefault(review_id, {})[stage] = said
    return found


def meetings(session: Session, reviews: list[ColumnElement[bool]]) -> Iterator[tuple[int, str, Said]]:
    """The day of the last meeting for each stage that has one; those called off do not count."""
    last = (
        select(MEETING.c.review_id, MEETING.c.stage, func.max(MEETING.c.on_day))
        .join(REVIEW, REVIEW.c.id == MEETING.c.review_id)
        .where(MEETING.c.stage.is_not(None), MEETING.c.cancelled_on.is_(None), *reviews)
        .group_by(MEETING.c.review_id, MEETING.c.stage)
    )
    for review_id, stage, on_day in session.connection().execute(last):
        yield review_id, stage, Said(How.ARRANGED, on_day)
