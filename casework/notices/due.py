"""The notices whose day has come, each with what a round has to know to decide about it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, null, select, update

from casework.notices.lots import lots
from models.notice import Notice
from models.review import Action, Review, Stage
from models.tables import table_of
from models.vocabulary import OWES_ACTIONS, ActionState, Basis, Hears, ReviewState, Rung, StageState

NOTICE, STAGE, ACTION, REVIEW = table_of(Notice), table_of(Stage), table_of(Action), table_of(Review)
BY_AGREEMENT = (None, Basis.AGREED)  # of no framework's making


@dataclass(frozen=True, slots=True)
class Due:
    """A notice whose day has come. `state` is that of the stage or action, `basis` what binds to its deadline."""

    id: int
    rung: Rung
    on_day: date
    stage_id: int | None
    action_id: int | None
    state: StageState | ActionState
    owner_id: int
    due_on: date | None
    basis: Basis | None
    board: str
    type: str
    review_state: ReviewState

    @property
    def subject(self) -> tuple[int | None, int | None]:
        """Which stage or action it is about."""
        return self.stage_id, self.action_id

    @property
    def waits(self) -> bool:
        """A hold silences notices, not deadlines: resuming catches up."""
        return self.review_state is ReviewState.HELD

    @property
    def stands(self) -> bool:
        """Whether it is still owed; an action outlives its review, unless that was withdrawn."""
        if self.action_id is not None:
            return self.state is ActionState.OPEN and self.review_state in OWES_ACTIONS
        return self.state is StageState.OPEN

    def hears(self, on: date) -> Hears:
        """What kind of e-mail it leads to on a day."""
        if self.rung is not Rung.OWNER:
            return Hears.ESCALATED
        return Hears.AHEAD if self.due_on is not None and self.due_on > on else Hears.PASSED

    def is_duty(self, on: date) -> bool:
        """Whether the framework makes it a duty: a deadline of its own that has come binds whoever owes the stage."""
        return self.hears(on) is Hears.PASSED and self.basis not in BY_AGREEMENT

    def key(self, person_id: int) -> str:
        """The occasion: what, which deadline, which planned day, which rung, who."""
        what = f"stage:{self.stage_id}" if self.action_id is None else f"action:{self.action_id}"
        return f"{what}:{self.due_on}:{self.on_day}:{self.rung}:{person_id}"


def asked(subject: Any, basis: Any) -> Select[Any]:
    """The question after the notices of stages, or of actions, that have come."""
    which = NOTICE.c.stage_id if subject is STAGE else NOTICE.c.action_id
    return (
        select(
            *NOTICE.c["id", "rung", "on_day", "stage_id", "action_id"],
            *subject.c["state", "owner_id", "due_on"], basis.label("basis"), *REVIEW.c["board", "type"],
            REVIEW.c.state.label("review_state"),
        )
        .select_from(NOTICE.join(subject, subject.c.id == which).join(REVIEW, REVIEW.c.id == subject.c.review_id))
        .where(NOTICE.c.on_day <= bindparam("on"), NOTICE.c.rung.in_(bindparam("rungs", expanding=True)))
        .with_for_update(of=NOTICE, skip_locked=True)  # of a stage that is being moved just now, its move decides
    )  # fmt: skip


QUESTIONS = (asked(STAGE, STAGE.c.basis), asked(ACTION, null()))


def have_come(connection: Connection, rungs: Collection[Rung], on: date) -> list[Due]:
    """The notices for these rungs whose day has come."""
    given = {"on": on, "rungs": list(rungs)}
    found = (Due(*row) for question in QUESTIONS for row in connection.execute(question, given))
    return sorted(found, key=lambda due: due.id)  # here and not in the question, which would then pass over the index


def forget(connection: Connection, ids: Collection[int]) -> None:
    """Delete notices that need not come again."""
    for lot in lots(ids):
        connection.execute(delete(NOTICE).where(NOTICE.c.id.in_(lot)))


def put_off(connection: Connection, ids: Collection[int], to: date) -> None:
    """Have notices come on a later day."""
    for lot in lots(ids):
        connection.execute(update(NOTICE).where(NOTICE.c.id.in_(lot)).values(on_day=to))
