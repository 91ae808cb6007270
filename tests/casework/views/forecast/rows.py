"""Invented reviews as rows: past ones with lengths that are known, and live ones that stand where a test wants them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any

from sqlmodel import Session, select

from casework.framework.methodologies import method_facts
from casework.people.directory import person_for
from models.answering import ReportPromise
from models.forms.inquiry import MethodChoice
from models.meeting import Meeting
from models.review import Agency, Hold, Review, Stage
from models.tables import id_of
from models.vocabulary import Basis, MeetingKind, Methodology, ReviewState, StageState
from tests.walking import referral

BOARD, TYPE = "northamptonshire", "serious-case-review"
TODAY = date(2014, 6, 2)  # a Monday
CHOSEN = MethodChoice(methodology=Methodology.TRADITIONAL, why_methodology="It fits.")
TRADITIONAL = {"notified_on": "2014-05-06", "decision": "serious-case-review", **method_facts(CHOSEN)}
BEFORE_TERMS = (
    "referral",
    "criteria-screening",
    "panel-recommendation",
    "chair-decision",
    "lead-reviewer",
    "national-panel",
)
DONE = (*BEFORE_TERMS, "terms-of-reference", "family-invitation")
DECIDED = {"decided_on": "2014-04-02"}  # so that the report is due on Thursday 2 October 2014
EARLY = {"decided_on": "2014-03-03"}  # so that it is due on Wednesday 3 September 2014
SINCE = date(2014, 5, 20)  # a Tuesday, 13 days before today
NUMBERS = count(1)


@dataclass(frozen=True)
class Open:
    """An open stage: since when, and by when if it has a date; `agency` is the slug of the one that owes it."""

    since: date
    due: date | None = None
    basis: Basis | None = None
    agency: str = ""


def add_review(
    session: Session,
    *,
    type_: str = TYPE,
    state: ReviewState = ReviewState.OPEN,
    facts: Mapping[str, str] = {},
    board: str = BOARD,
    launched: date = date(2014, 1, 6),
    converted_from: str | None = None,
) -> Review:
    """A review with no stage yet."""
    review = Review(
        reference=f"LSCBN-SCR-2013-{next(NUMBERS):03d}",
        board=board,
        type=type_,
        edition="WT2013",
        state=state,
        launched_on=launched,
        facts=dict(facts),
        converted_from=converted_from,
        referral=referral(),
    )
    session.add(review)
    session.flush()
    return review


def past(
    session: Session, key: str, *lengths: int, type_: str = TYPE, ending: date = date(2014, 3, 31), **more: Any
) -> list[Review]:
    """Closed reviews, one for each length, in which a stage took so many days, all ending on one day."""
    found = []
    for length in lengths:
        review = add_review(session, type_=type_, state=ReviewState.CLOSED, **more)
        add_closed(session, review, key, opened=ending - timedelta(days=length), closed=ending)
        found.append(review)
    return found


def live(
    session: Session,
    done: tuple[str, ...],
    open_: Mapping[str, Open | list[Open]],
    facts: Mapping[str, str] = {},
    **more: Any,
) -> Review:
    """A live review with these stages done, and these open."""
    review = add_review(session, facts=TRADITIONAL | dict(facts), **more)
    for key in done:
        add_closed(session, review, key, opened=date(2014, 5, 6), closed=date(2014, 5, 7))
    for key, stages in open_.items():
        for stage in stages if isinstance(stages, list) else [stages]:
            add_open(session, review, key, stage)
    session.flush()
    return review


def add_closed(session: Session, review: Review, key: str, *, opened: date, closed: date) -> None:
    """A stage that is done."""
    add_stage(session, review, key, state=StageState.CLOSED, opened_on=opened, closed_on=closed)


def add_open(session: Session, review: Review, key: str, stage: Open) -> None:
    """A stage that somebody owes."""
    name = f"{key}:{stage.agency}" if stage.agency else key
    add_stage(
        session,
        review,
        key,
        name=name,
        opened_on=stage.since,
        due_on=stage.due,
        basis=stage.basis,
    )


def add_stage(session: Session, review: Review, key: str, *, name: str = "", **columns: Any) -> None:
    """A stage, owned by the business manager."""
    owner = person_for(session, email="business-manager@board.example", name="Business Manager")
    session.add(
        Stage(
            review_id=id_of(review),
            board=review.board,
            type=review.type,
            key=key,
            name=name or key,
            owner_id=id_of(owner),
            **columns,
        )
    )
    session.flush()


def held(
    session: Session, review: Review, since: date, *, until: date | None = None, resumed: date | None = None
) -> None:
    """Put a review on hold, or put a hold on record that is over."""
    session.add(
        Hold(
            review_id=id_of(review),
            reason="It waits.",
            held_on=since,
            expected_until=until,
            resumed_on=resumed,
        )
    )
    session.flush()


def add_meeting(session: Session, review: Review, stage: str, on: date, *, cancelled: date | None = None) -> None:
    """A meeting for a stage, or one that was called off."""
    number = next(NUMBERS)
    session.add(
        Meeting(
            review_id=id_of(review),
            number=number,
            kind=MeetingKind.PRACTITIONER_EVENT,
            stage=stage,
            uid=f"meeting-{number}",
            on_day=on,
            begins=time(10),
            ends=time(12),
            cancelled_on=cancelled,
            changed_at=datetime(2014, 6, 2, 9, tzinfo=UTC),
        )
    )
    session.flush()


def add_promise(session: Session, review: Review, stage: str, on: date) -> None:
    """What whoever owes an open stage says about when it will come."""
    found = session.exec(select(Stage).where(Stage.review_id == review.id, Stage.name == stage)).one()
    session.add(
        ReportPromise(
            review_id=id_of(review),
            number=next(NUMBERS),
            stage_id=id_of(found),
            person_id=found.owner_id,
            comes_on=on,
            because="An illness.",
            at=datetime(2014, 6, 2, 9, tzinfo=UTC),
        )
    )
    session.flush()


def add_agencies(session: Session, review: Review, *slugs: str) -> None:
    """The agencies that report."""
    author = person_for(session, email="author@agency.example", name="Author")
    for slug in slugs:
        session.add(Agency(review_id=id_of(review), slug=slug, name=slug.title(), author_id=id_of(author)))
    session.flush()


def usual_lengths(session: Session) -> None:
    """Three past reviews, so that medians and slowest quarters can be seen at a glance."""
    past(session, "agency-report", 30, 40, 50)
    past(session, "combined-chronology", 10, 14, 20)
    past(session, "practitioner-events", 20, 25, 30)
    past(session, "report", 40, 50, 60)


def at_the_agency_reports(session: Session, facts: Mapping[str, str] = DECIDED, *agencies: Open) -> Review:
    """A review whose agencies are writing their reports."""
    return live(session, DONE, {"agency-report": list(agencies) or Open(SINCE)}, facts)
