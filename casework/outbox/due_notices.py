"""The notices whose day has come, each with what a round has to know to decide about it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, and_, bindparam, delete, null, select, update

from casework.outbox.awaited_answers import KINDS, AwaitedAnswers, is_held
from casework.outbox.batches import in_batches
from models.notice import Notice
from models.review import Action, Review, Stage
from models.tables import literally, table_of
from models.vocabulary import OWES_ACTIONS, ActionState, Basis, Hears, ReviewState, Rung, StageState, TaskKind

NOTICE, STAGE, ACTION, REVIEW = table_of(Notice), table_of(Stage), table_of(Action), table_of(Review)
BY_AGREEMENT = (None, Basis.AGREED)  # of no framework's making


@dataclass(frozen=True, slots=True)
class DueNotice:
    """A notice whose day has come, of a stage, an action or an answer; it `stands` while that is owed.

    `basis` is what binds to its deadline. An action outlives its review, unless that was withdrawn.
    """

    id: int
    rung: Rung
    on_day: date
    stage_id: int | None
    action_id: int | None
    task_kind: TaskKind | None
    task_id: int | None
    stands: bool
    owner_id: int
    due_on: date | None
    basis: Basis | None
    board: str
    type: str
    review_state: ReviewState

    @property
    def subject(self) -> str:
        """What it is about: "stage:12", "action:3", "terms:5"."""
        if self.stage_id is not None:
            return f"stage:{self.stage_id}"
        return f"action:{self.action_id}" if self.action_id is not None else f"{self.task_kind}:{self.task_id}"

    @property
    def waits(self) -> bool:
        """A hold silences notices, not deadlines: resuming catches up."""
        return is_held(self.task_kind, self.review_state)

    def hears(self, on: date) -> Hears:
        """What kind of e-mail it leads to on a day."""
        if self.rung is not Rung.OWNER:
            return Hears.ESCALATED
        return Hears.AHEAD if self.due_on is not None and self.due_on > on else Hears.PASSED

    def is_duty(self, on: date) -> bool:
        """Whether the framework makes it a duty: a deadline of its own that has come binds the stage's owner."""
        return self.hears(on) is Hears.PASSED and self.basis not in BY_AGREEMENT

    def key(self, person_id: int) -> str:
        """The occasion: what, which deadline, which planned day, which rung, who."""
        return f"{self.subject}:{self.due_on}:{self.on_day}:{self.rung}:{person_id}"


def due_of_kind(
    rows: FromClause, about: ColumnElement[bool], owed: ColumnElement[bool], review_id: Any, *rest: Any
) -> Select[Any]:
    """The question after the notices that have come of one kind of thing; `rest`: owner, deadline, basis."""
    return (
        select(
            *NOTICE.c["id", "rung", "on_day", "stage_id", "action_id", "task_kind", "task_id"],
            owed.label("stands"),
            *rest,
            *REVIEW.c["board", "type", "state"],
        )
        .select_from(NOTICE.join(rows, about).join(REVIEW, REVIEW.c.id == review_id))
        .where(NOTICE.c.on_day <= bindparam("on"), NOTICE.c.rung.in_(bindparam("rungs", expanding=True)))
        .with_for_update(of=NOTICE, skip_locked=True)  # of a stage that is being moved just now, its move decides
    )


def asked_of_answers(kind: AwaitedAnswers) -> Select[Any]:
    """The same of a kind of answer; no framework sets a date for one."""
    return due_of_kind(kind.rows, kind.said_in(NOTICE), kind.owed, kind.review_id, kind.person_id, kind.due_on, null())


IS_OWED = and_(literally(ACTION.c.state, ActionState.OPEN), REVIEW.c.state.in_(OWES_ACTIONS))
QUESTIONS = (
    due_of_kind(
        STAGE,
        STAGE.c.id == NOTICE.c.stage_id,
        literally(STAGE.c.state, StageState.OPEN),
        *STAGE.c["review_id", "owner_id", "due_on", "basis"],
    ),
    due_of_kind(
        ACTION, ACTION.c.id == NOTICE.c.action_id, IS_OWED, *ACTION.c["review_id", "owner_id", "due_on"], null()
    ),
    *map(asked_of_answers, KINDS),
)


def have_come(connection: Connection, rungs: Collection[Rung], on: date) -> list[DueNotice]:
    """The notices for these rungs whose day has come."""
    given = {"on": on, "rungs": list(rungs)}
    found = (DueNotice(*row) for question in QUESTIONS for row in connection.execute(question, given))
    return sorted(found, key=lambda due: due.id)  # here and not in the question, which would then pass over the index


def delete_notices(connection: Connection, ids: Collection[int]) -> None:
    """Delete notices that need not come again."""
    for lot in in_batches(ids):
        connection.execute(delete(NOTICE).where(NOTICE.c.id.in_(lot)))


def put_off(connection: Connection, ids: Collection[int], to: date) -> None:
    """Have notices come on a later day."""
    for lot in in_batches(ids):
        connection.execute(update(NOTICE).where(NOTICE.c.id.in_(lot)).values(on_day=to))
