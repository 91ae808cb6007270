"""What people have settled or said about when a stage will be done: a date that goes before what is usual."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session

from models.answering import ReportPromise
from models.meeting import Meeting
from models.review import Review, Stage
from models.tables import literally, table_of
from models.vocabulary import StageState

REVIEW, STAGE, MEETING, PROMISE = (table_of(each) for each in (Review, Stage, Meeting, ReportPromise))


class EndKnownFrom(StrEnum):
    """Where the end of a stage comes from.

    usual: the median of the past. arranged: a meeting for it has its day. promised: its owner said when it will
    come. agreed: a date agreed in the review. planned: its own deadline, for want of a past. longer: it is open longer
    than ever before, and counted as done today. unknown: no time is counted for it.
    """

    USUAL = "usual"
    ARRANGED = "arranged"
    PROMISED = "promised"
    AGREED = "agreed"
    PLANNED = "planned"
    LONGER = "longer"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class KnownEnd:
    """The day on which a stage is to be done, and how that is known."""

    how: EndKnownFrom
    on: date


def all_said(session: Session, reviews: list[ColumnElement[bool]]) -> dict[int, dict[str, KnownEnd]]:
    """What is said in each of the reviews wanted, by its id and the name of the stage."""
    found: dict[int, dict[str, KnownEnd]] = {}
    for review_id, stage, said in (*ends_by_meeting(session, reviews), *ends_by_promise(session, reviews)):
        found.setdefault(review_id, {})[stage] = said
    return found


def ends_by_meeting(session: Session, reviews: list[ColumnElement[bool]]) -> Iterator[tuple[int, str, KnownEnd]]:
    """The day of the last meeting for each stage that has one; those called off do not count."""
    last = (
        select(MEETING.c.review_id, MEETING.c.stage, func.max(MEETING.c.on_day))
        .join(REVIEW, REVIEW.c.id == MEETING.c.review_id)
        .where(MEETING.c.stage.is_not(None), MEETING.c.cancelled_on.is_(None), *reviews)
        .group_by(MEETING.c.review_id, MEETING.c.stage)
    )
    for review_id, stage, on_day in session.connection().execute(last):
        yield review_id, stage, KnownEnd(EndKnownFrom.ARRANGED, on_day)


def ends_by_promise(session: Session, reviews: list[ColumnElement[bool]]) -> Iterator[tuple[int, str, KnownEnd]]:
    """When the reports of open stages will come, as their authors say; what was said last comes last."""
    made = (
        select(PROMISE.c.review_id, STAGE.c.name, PROMISE.c.comes_on)
        .join(STAGE, STAGE.c.id == PROMISE.c.stage_id)
        .join(REVIEW, REVIEW.c.id == PROMISE.c.review_id)
        .where(literally(STAGE.c.state, StageState.OPEN), *reviews)
        .order_by(PROMISE.c.id)
    )
    for review_id, stage, comes_on in session.connection().execute(made):
        yield review_id, stage, KnownEnd(EndKnownFrom.PROMISED, comes_on)
