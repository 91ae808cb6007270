"""The board of reviews: counts per stage, what is most overdue, who owes what. Made for a hundred thousand reviews."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, select, true
from sqlmodel import Session

from models.people import Person
from models.review import Review, Stage
from models.tables import table_of
from models.vocabulary import LIVE, ReviewState, Role, StageState

REVIEW, STAGE, PERSON = table_of(Review), table_of(Stage), table_of(Person)
OPEN = STAGE.c.state == StageState.OPEN


@dataclass(frozen=True, slots=True)
class Filter:
    """What is looked for: `boards` None means every board that may be seen."""

    boards: tuple[str, ...] | None = None
    type: str | None = None
    state: ReviewState | None = None
    owner_id: int | None = None

    @property
    def of_review(self) -> ColumnElement[bool]:
        """The condition on reviews."""
        asked = [
            REVIEW.c.board.in_(self.boards) if self.boards is not None else None,
            REVIEW.c.type == self.type if self.type else None,
            REVIEW.c.state == self.state if self.state else None,
        ]
        return and_(true(), *(condition for condition in asked if condition is not None))

    @property
    def of_stage(self) -> ColumnElement[bool]:
        """The condition on stages."""
        return STAGE.c.owner_id == self.owner_id if self.owner_id else true()


@dataclass(frozen=True, slots=True)
class StageCount:
    """How many reviews of a type stand at a stage, and for how many of them it is overdue."""

    board: str
    type: str
    key: str
    open: int
    overdue: int


@dataclass(frozen=True, slots=True)
class OwedStage:
    """An open stage that somebody owes."""

    reference: str
    board: str
    type: str
    review_state: ReviewState
    stage: str
    key: str
    owner_id: int
    owner_email: str
    opened_on: date
    due_on: date | None
    original_due_on: date | None


@dataclass(frozen=True, slots=True)
class Totals:
    """The figures at the top of the board."""

    open: int
    held: int
    overdue: int
    due_soon: int


def stage_counts(session: Session, wanted: Filter, today: date) -> list[StageCount]:
    """Open stages counted by board, type and stage."""
    overdue = func.sum(case((STAGE.c.due_on < today, 1), else_=0))
    counted = (
        select(REVIEW.c.board, REVIEW.c.type, STAGE.c.key, func.count(), overdue)
        .select_from(joined())
        .where(OPEN, wanted.of_review, wanted.of_stage)
        .group_by(REVIEW.c.board, REVIEW.c.type, STAGE.c.key)
    )
    return [StageCount(*row) for row in session.connection().execute(counted)]


def most_overdue(session: Session, wanted: Filter, *, limit: int = 50, offset: int = 0) -> list[OwedStage]:
    """The open stages with the earliest deadlines; those without one come last."""
    chosen = (
        owed()
        .where(wanted.of_review, wanted.of_stage, STAGE.c.due_on.is_not(None))
        .order_by(STAGE.c.due_on, STAGE.c.id)
    )
    found = [owed_stage(row) for row in session.connection().execute(chosen.limit(limit).offset(offset))]
    if len(found) < limit:
        found += undated(session, wanted, limit - len(found), max(0, offset - dated(session, wanted)))
    return found


def undated(session: Session, wanted: Filter, limit: int, offset: int) -> list[OwedStage]:
    """The open stages without a deadline, oldest first."""
    chosen = (
        owed()
        .where(wanted.of_review, wanted.of_stage, STAGE.c.due_on.is_(None))
        .order_by(STAGE.c.opened_on, STAGE.c.id)
    )
    return [owed_stage(row) for row in session.connection().execute(chosen.limit(limit).offset(offset))]


def dated(session: Session, wanted: Filter) -> int:
    """How many open stages have a deadline."""
    counted = (
        select(func.count())
        .select_from(joined())
        .where(OPEN, STAGE.c.due_on.is_not(None), wanted.of_review, wanted.of_stage)
    )
    return int(session.connection().execute(counted).scalar_one())


def owed_by(session: Session, person_id: int) -> list[OwedStage]:
    """What a person owes across all reviews, the earliest deadline first."""
    return most_overdue(session, Filter(owner_id=person_id), limit=500)


def totals(session: Session, wanted: Filter, *, today: date, soon: date) -> Totals:
    """How many reviews are open and held, and how many stages are overdue or due until `soon`."""
    reviews = (
        select(REVIEW.c.state, func.count()).where(REVIEW.c.state.in_(LIVE), wanted.of_review).group_by(REVIEW.c.state)
    )
    by_state: Mapping[ReviewState, int] = dict(session.connection().execute(reviews).all())
    late = func.sum(case((STAGE.c.due_on < today, 1), else_=0))
    near = func.sum(case((STAGE.c.due_on.between(today, soon), 1), else_=0))
    stages = (
        select(late, near).select_from(joined()).where(OPEN, STAGE.c.due_on <= soon, wanted.of_review, wanted.of_stage)
    )
    overdue, due_soon = session.connection().execute(stages).one()
    return Totals(by_state.get(ReviewState.OPEN, 0), by_state.get(ReviewState.HELD, 0), overdue or 0, due_soon or 0)


def joined() -> Any:
    """Stages with their reviews."""
    return STAGE.join(REVIEW, REVIEW.c.id == STAGE.c.review_id)


def owed() -> Select[Any]:
    """Open stages with what a list shows of them."""
    return (
        select(
            REVIEW.c.reference, REVIEW.c.board, REVIEW.c.type, REVIEW.c.state.label("review_state"),
            STAGE.c.name.label("stage"), STAGE.c.key, STAGE.c.owner_id, PERSON.c.email.label("owner_email"),
            STAGE.c.opened_on, STAGE.c.due_on, STAGE.c.original_due_on,
        )
        .select_from(joined().join(PERSON, PERSON.c.id == STAGE.c.owner_id))
        .where(OPEN)
    )  # fmt: skip


def owed_stage(row: Row[Any]) -> OwedStage:
    """A row of `owed` by name."""
    return OwedStage(**row._mapping)


def boards_overseen(held: Mapping[str, set[Role]], overseeing: set[Role]) -> tuple[str, ...]:
    """The boards on which somebody has a role that sees every review."""
    return tuple(sorted(name for name, roles in held.items() if roles & overseeing))
