"""Reading a flow as text: its stages in the order in which they stand, and what follows from each."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

import pytest
from sqlmodel import Session, col, select

from casework.documents import ToMake
from casework.documents.work import do_work, reviews_with_work, work_of
from casework.record.settings import Settings
from casework.record.store import Store
from deployments.registry import entries, flow_of
from models.record import Work
from models.review import Review, Stage
from models.vocabulary import ReviewEvent
from tasks.review import Follows, ReviewRun
from tasks.runs import ReviewToRun


@dataclass(frozen=True)
class Line:
    """One stage as a flow has it: in which phase it stands, and what follows when it opens and when it closes."""

    phase: str
    key: str
    opens: ToMake | None
    closes: ToMake | None

    def follows(self, event: ReviewEvent) -> ToMake | None:
        """What follows from this event."""
        return {ReviewEvent.OPENED: self.opens, ReviewEvent.CLOSED: self.closes}.get(event)


@dataclass
class Reader(ReviewRun):
    """A review of which nothing is carried out: what its flow says of each stage is written down."""

    phase: str = ""
    lines: list[Line] = field(default_factory=list)

    def stage(self, key: str, follows: Follows) -> None:
        """Write the line down."""
        self.lines.append(Line(self.phase, key, follows.get(ReviewEvent.OPENED), follows.get(ReviewEvent.CLOSED)))


@cache
def lines_of(type_: str) -> tuple[Line, ...]:
    """The stages of a review type's flow, in reading order."""
    reader = Reader(ReviewToRun(0, "", type_))
    for phase in phases_of(type_):
        reader.phase = phase.__name__
        phase(reader)
    return tuple(reader.lines)


def phases_of(type_: str) -> tuple[Callable[[ReviewRun], None], ...]:
    """The phases that a review type's flow hands over to be run."""
    flow = next(flow_of(entry) for entry in entries() if entry["name"] == type_)
    found: list[Any] = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sys.modules[flow.fn.__module__], "run_review", lambda _, *phases: found.extend(phases))
        flow.fn("a reference")
    return tuple(found)


def following(type_: str, stage: str | None, event: ReviewEvent) -> ToMake | None:
    """The document that follows from an event, by the flow of the review type."""
    return next((line.follows(event) for line in lines_of(type_) if line.key == stage), None)


def carry_out_all(store: Store, settings: Settings, now: datetime) -> list[bool]:
    """Carry out everything that waits, at once and without Prefect; whether each was still to be done."""
    with store.reading() as session:
        waiting = reviews_with_work(session, now)
        found = [(review.type, item) for review in waiting for item in work_of(session, review.reference)]
    return [
        do_work(store, item.id, following(type_, item.stage, item.event), settings=settings, now=now)
        for type_, item in found
    ]


def documents_of(session: Session, review: Review) -> list[ToMake]:
    """What is, or will be, made of a review's stages, by what has happened to them and by its flow."""
    events = select(Stage.key, Work.kind).join(Stage, col(Stage.id) == col(Work.stage_id))
    happened = session.exec(events.where(Work.review_id == review.id).order_by(col(Work.id))).all()
    made = [following(review.type, stage, ReviewEvent(event)) for stage, event in happened]
    return [wanted for wanted in made if wanted is not None]
