"""The board of reviews: counts per stage, what is most overdue, who owes what. Made for a hundred thousand reviews."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, case, exists, func, literal_column, or_, select, union_all
from sqlalchemy.orm import defer
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from casework.framework.pipelines import PIPELINES
from casework.reviews.stage_tally import StageCount as StageCount
from casework.reviews.stage_tally import read_tally
from models.action import Action
from models.review import Agency, Review, Stage
from models.tables import literally, table_of
from models.vocabulary import LIVE, OWES_ACTIONS, ActionScope, ActionState, Rag, ReviewState, StageState

REVIEW, STAGE, ACTION, AGENCY = table_of(Review), table_of(Stage), table_of(Action), table_of(Agency)
STAGES = [stage for table in PIPELINES.values() for stage in table.stages]
OF_ITSELF = sorted({stage.key for stage in STAGES if stage.of_itself})
OF_SOMEBODY = sorted({stage.key for stage in STAGES} - set(OF_ITSELF))
# what a list shows of a stage, and no more: SQLite keeps the whole of what it sorts
LISTED = STAGE.c["id", "review_id", "board", "type", "name", "key", "agency_id", "owner_id", "opened_on", "due_on"]
SOMEBODYS = STAGE.c.key.not_in(OF_ITSELF)  # what ends of itself is owed by nobody, and late for nobody
OPEN = literally(STAGE.c.state, StageState.OPEN)
OPEN_ACTION = literally(ACTION.c.state, ActionState.OPEN)
# as the index on them says it
UNDER_WAY = or_(~literally(ACTION.c.state, ActionState.CLOSED), ACTION.c.recheck_on.is_not(None))


@dataclass(frozen=True, slots=True)
class Filter:
    """What is looked for: `boards` None means every board; the others None mean whatever there is."""

    boards: tuple[str, ...] | None = None
    type: str | None = None
    state: ReviewState | None = None
    owner_id: int | None = None

    def board_by_board(self) -> list["Filter"]:
        """The same question for one board at a time: each then reads its deadlines in the order of an index."""
        return [self] if self.boards is None else [replace(self, boards=(name,)) for name in self.boards]

    @property
    def of_whole_boards(self) -> bool:
        """Whether all that is open on the boards is asked for, or all of one type: that is tallied."""
        return self.state is None and self.owner_id is None

    @property
    def of_stage(self) -> list[ColumnElement[bool]]:
        """The conditions on stages; only the state of the review has to be looked up elsewhere."""
        asked = [
            STAGE.c.board.in_(self.boards) if self.boards is not None else None,
            STAGE.c.type == self.type if self.type else None,
            STAGE.c.owner_id == self.owner_id if self.owner_id else None,
            STAGE.c.review_id.in_(select(REVIEW.c.id).where(REVIEW.c.state == self.state)) if self.state else None,
        ]
        return [OPEN, *(condition for condition in asked if condition is not None)]

    @property
    def of_review(self) -> list[ColumnElement[bool]]:
        """The conditions on reviews."""
        asked = [
            REVIEW.c.board.in_(self.boards) if self.boards is not None else None,
            REVIEW.c.type == self.type if self.type else None,
            REVIEW.c.state == self.state if self.state else None,
        ]
        return [condition for condition in asked if condition is not None]

    @property
    def of_action(self) -> list[ColumnElement[bool]]:
        """The conditions on open actions."""
        return [OPEN_ACTION, *self.of_any_action]

    @property
    def of_any_action(self) -> list[ColumnElement[bool]]:
        """The conditions on actions; a review that was withdrawn or goes on as another owes none any more.

        Their reviews are looked up one by one: open actions are few beside reviews, whatever a planner supposes.
        """
        owner = [ACTION.c.owner_id == self.owner_id] if self.owner_id else []
        theirs = exists().where(REVIEW.c.id == ACTION.c.review_id, REVIEW.c.state.in_(OWES_ACTIONS), *self.of_review)
        return [*owner, theirs]


@dataclass(frozen=True, slots=True)
class Owed:
    """An open stage, by its name `stage` and its `key`, or an open action, by its number, that somebody owes.

    `agency_id` is the agency whose own stage it is, if it is one's.
    """

    reference: str
    board: str
    type: str
    review_state: ReviewState
    owner_id: int
    due_on: date | None
    stage: str = ""
    key: str = ""
    action: int | None = None
    opened_on: date = date.min
    agency_id: int | None = None


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action as a list shows it: whose it is, and how it stands."""

    reference: str
    board: str
    type: str
    review_state: ReviewState
    number: int
    organisation: str
    owner_id: int
    scope: ActionScope
    state: ActionState
    due_on: date
    evidenced_on: date | None
    assured_on: date | None
    closed_on: date | None
    recheck_on: date | None
    override: Rag | None


@dataclass(frozen=True, slots=True)
class Totals:
    """The figures at the top of the board: of reviews, of stages, of actions, and of stages and actions due soon."""

    open: int
    held: int
    overdue: int
    actions_overdue: int
    due_soon: int


def stage_counts(session: Session, wanted: Filter, today: date) -> list[StageCount]:
    """Open stages counted by board, type and stage; what ends automatically is never overdue."""
    found = read_whole_boards(session, wanted, today)
    counted = count_now(session, wanted, today) if found is None else found
    return [each._replace(overdue=0) if each.key in OF_ITSELF else each for each in counted]


def read_whole_boards(session: Session, wanted: Filter, today: date) -> list[StageCount] | None:
    """The tally, where it can say what is asked; None where the stages have to be counted now."""
    return read_tally(session, wanted.boards, wanted.type, today) if wanted.of_whole_boards else None


def count_now(session: Session, wanted: Filter, today: date) -> list[StageCount]:
    """The open stages and those overdue, counted one by one."""
    overdue = func.sum(case((STAGE.c.due_on < today, 1), else_=0))
    by = (STAGE.c.board, STAGE.c.type, STAGE.c.key)
    counted = select(*by, func.count(), overdue).where(*wanted.of_stage).group_by(*by)
    return [StageCount(*row) for row in session.connection().execute(counted)]


def most_overdue(session: Session, wanted: Filter, *, limit: int = 50, offset: int = 0) -> list[Owed]:
    """The open stages and actions with the earliest deadlines; stages without one come last, the oldest first."""
    end = offset + limit
    found = [stage for one in wanted.board_by_board() for stage in fetch(session, dated(one, end))]
    found += fetch(session, actions(wanted, end))  # whatever is among the first of both is among the first of either
    if len(found) < end:
        missing = end - len(found)
        found += [stage for one in wanted.board_by_board() for stage in fetch(session, undated(one, missing))]
    return sorted(found, key=as_listed)[offset:end]


def as_listed(owed: Owed) -> tuple[date, date]:
    """The place in the list. What falls on one day stays as it was found, or two pages could show one line twice."""
    return (owed.due_on, date.min) if owed.due_on else (date.max, owed.opened_on)


def fetch(session: Session, wanted: Select[Any]) -> list[Owed]:
    """What was asked for, its columns in the order of the fields."""
    return [Owed(*row) for row in session.connection().execute(wanted)]


@lru_cache(maxsize=256)  # built once for each choice, as are the next two: building takes longer than the answer
def actions(wanted: Filter, limit: int) -> Select[Any]:
    """The open actions with the earliest dates."""
    found = select(*ACTION.c["id", "review_id", "owner_id", "due_on", "number"]).where(*wanted.of_action)
    few = found.order_by(ACTION.c.due_on, ACTION.c.id).limit(limit).subquery()
    named = (
        *REVIEW.c["reference", "board", "type"],
        REVIEW.c.state.label("review_state"),
        few.c.owner_id,
        few.c.due_on,
        literal_column("''").label("stage"),
        literal_column("''").label("key"),
        few.c.number.label("action"),
    )
    return select(*named).join_from(few, REVIEW, REVIEW.c.id == few.c.review_id).order_by(few.c.due_on, few.c.id)


def under_way(session: Session, wanted: Filter, *, limit: int = 50, offset: int = 0) -> list[ActionLine]:
    """The actions that are not signed off, and those to be re-checked, the earliest date first."""
    when = func.coalesce(ACTION.c.recheck_on, ACTION.c.due_on).label("when")
    found = select(ACTION, when).where(UNDER_WAY, *wanted.of_any_action).order_by(when, ACTION.c.id)
    few = found.limit(limit).offset(offset).subquery()
    columns = [
        *REVIEW.c["reference", "board", "type"],
        REVIEW.c.state.label("review_state"),
        *few.c[
            "number",
            "organisation",
            "owner_id",
            "scope",
            "state",
            "due_on",
            "evidenced_on",
            "assured_on",
            "closed_on",
            "recheck_on",
            "override",
        ],
    ]
    named = select(*columns).join_from(few, REVIEW, REVIEW.c.id == few.c.review_id).order_by(few.c.when, few.c.id)
    return [ActionLine(**row._mapping) for row in session.connection().execute(named)]


@lru_cache(maxsize=256)
def dated(wanted: Filter, limit: int) -> Select[Any]:
    """The open stages with a deadline, the earliest first."""
    few = select(*LISTED).where(STAGE.c.due_on.is_not(None), SOMEBODYS, *wanted.of_stage)
    first = few.order_by(STAGE.c.due_on, STAGE.c.id).limit(limit).subquery()
    return owed(first).order_by(first.c.due_on, first.c.id)


@lru_cache(maxsize=256)
def undated(wanted: Filter, limit: int) -> Select[Any]:
    """The open stages without a deadline, oldest first."""
    few = select(*LISTED).where(STAGE.c.due_on.is_(None), *wanted.of_stage)
    first = few.order_by(STAGE.c.opened_on, STAGE.c.id).limit(limit).subquery()
    return owed(first).order_by(first.c.opened_on, first.c.id)


def owed_by(session: Session, person_id: int) -> list[Owed]:
    """The stages and actions that a person owes across all reviews, the earliest deadline first."""
    return most_overdue(session, Filter(owner_id=person_id), limit=500)


def agency_names(session: Session, found: Iterable[Owed]) -> dict[int | None, str]:
    """The names of the agencies whose own stages these are, by their ids."""
    wanted = {each.agency_id for each in found if each.agency_id is not None}
    asked = select(AGENCY.c.id, AGENCY.c.name).where(AGENCY.c.id.in_(wanted))
    return {id_: name for id_, name in session.connection().execute(asked)} if wanted else {}  # noqa: C416 -- as above


def totals(session: Session, wanted: Filter, *, today: date, soon: date) -> Totals:
    """How many reviews are open and held, how many stages and actions are overdue, and how many of both are due soon.

    Each counts exactly what `most_overdue` lists with that date.
    """
    counted = select(REVIEW.c.state, func.count()).where(REVIEW.c.state.in_(LIVE), *wanted.of_review)
    found = session.connection().execute(counted.group_by(REVIEW.c.state))
    by_state: dict[ReviewState, int] = {state: count for state, count in found}  # noqa: C416 -- rows are no pairs to mypy
    stages = overdue_and_due_soon(session, wanted, today, soon)
    late, near = actions_overdue_and_due_soon(session, wanted, today, soon)
    return Totals(
        open=by_state.get(ReviewState.OPEN, 0),
        held=by_state.get(ReviewState.HELD, 0),
        overdue=stages[0],
        actions_overdue=late,
        due_soon=stages[1] + near,
    )


def overdue_and_due_soon(session: Session, wanted: Filter, today: date, soon: date) -> tuple[int, int]:
    """How many stages are overdue, and how many due from today until `soon`; what ends automatically is neither."""
    near = func.count().filter(STAGE.c.due_on >= today)
    late = func.count().filter(STAGE.c.due_on < today)
    owed_until = STAGE.c.due_on <= soon, STAGE.c.type.in_(list(PIPELINES)), STAGE.c.key.in_(OF_SOMEBODY)
    found = read_whole_boards(session, wanted, today)
    asked = select(late, near).where(*owed_until, *wanted.of_stage)
    if found is None:
        overdue, due_soon = session.connection().execute(asked).one()
        return overdue, due_soon
    tallied = sum(each.overdue for each in found if each.type in PIPELINES and each.key in OF_SOMEBODY)
    return tallied, session.connection().execute(asked.where(STAGE.c.due_on >= today)).one()[1]


def actions_overdue_and_due_soon(session: Session, wanted: Filter, today: date, soon: date) -> tuple[int, int]:
    """How many open actions should have been closed by now, and how many are due from today until `soon`."""
    late = func.count().filter(ACTION.c.due_on < today)
    near = func.count().filter(ACTION.c.due_on >= today)
    asked = select(late, near).select_from(ACTION).where(ACTION.c.due_on <= soon, *wanted.of_action)
    overdue, due_soon = session.connection().execute(asked).one()
    return overdue, due_soon


def owed(few: Subquery) -> Select[Any]:
    """What a list shows of a few open stages that have been found."""
    return select(
        REVIEW.c.reference,
        few.c.board,
        few.c.type,
        REVIEW.c.state.label("review_state"),
        few.c.owner_id,
        few.c.due_on,
        few.c.name.label("stage"),
        few.c.key,
        literal_column("NULL").label("action"),
        few.c.opened_on,
        few.c.agency_id,
    ).join(REVIEW, REVIEW.c.id == few.c.review_id)


def next_deadlines(session: Session, references: Iterable[str]) -> dict[str, date]:
    """The earliest deadline of what is open in these reviews, by reference; those that have none are left out."""
    of_these = REVIEW.c.reference.in_(list(references))
    stages = select(REVIEW.c.reference, STAGE.c.due_on).join(STAGE, STAGE.c.review_id == REVIEW.c.id)
    acts = select(REVIEW.c.reference, ACTION.c.due_on).join(ACTION, ACTION.c.review_id == REVIEW.c.id)
    found = union_all(
        stages.where(of_these, OPEN, SOMEBODYS, STAGE.c.due_on.is_not(None)),
        acts.where(of_these, OPEN_ACTION, REVIEW.c.state.in_(OWES_ACTIONS)),
    ).subquery()
    first = select(found.c.reference, func.min(found.c.due_on)).group_by(found.c.reference)
    return dict(session.connection().execute(first).tuples().all())


def all_reviews(session: Session, may_see: ColumnElement[bool], *, limit: int, offset: int) -> list[Review]:
    """Reviews in whatever state, the newest first; `may_see` is the condition of `reviews.permissions.visible`."""
    found = select_rows(Review).where(may_see).order_by(col(Review.id).desc()).limit(limit).offset(offset)
    return list(session.exec(found.options(defer(Review.referral))))  # type: ignore[arg-type]  # decrypting takes long
