"""Who stands on the ladder: the people to whom a deadline goes up when nothing has happened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, delete, insert, literal, null, select
from sqlmodel import Session

from casework.framework.profiles import ACTIONS, board
from casework.framework.reminder_schedule import notice_rows
from casework.outbox.due_notices import ACTION, NOTICE, REVIEW, STAGE, DueNotice
from casework.reviews.case import APPOINTMENT
from models.record import Note
from models.tables import literally, table_of
from models.vocabulary import OWES_ACTIONS, ActionState, Role, Rung, StageState

NOTE = table_of(Note)
OPEN_STAGES = select(STAGE.c.id.label("stage_id"), null().label("action_id"), *STAGE.c["key", "due_on", "board"]).where(
    literally(STAGE.c.state, StageState.OPEN), STAGE.c.due_on.is_not(None)
)
OPEN_ACTIONS = (
    select(
        null().label("stage_id"),
        ACTION.c.id.label("action_id"),
        literal(ACTIONS).label("key"),
        ACTION.c.due_on,
        REVIEW.c.board,
    )
    .join(REVIEW, REVIEW.c.id == ACTION.c.review_id)
    .where(literally(ACTION.c.state, ActionState.OPEN), REVIEW.c.state.in_(OWES_ACTIONS))
)
TO_BE_PLANNED = "ladders"  # the note of an installation whose open deadlines were set before there was a ladder


@dataclass(frozen=True)
class Ladder:
    """Who holds which role on which board now."""

    holders: Mapping[tuple[str, Role], list[int]]

    def people(self, due: DueNotice) -> list[int]:
        """Who hears of it: its owner, or those on its rung; not the owner again, who hears in any case."""
        if due.rung is Rung.OWNER:
            return [due.owner_id]
        role = role_of(due)
        return [each for each in self.holders.get((due.board, role), ()) if each != due.owner_id] if role else []


def ladder(session: Session) -> Ladder:
    """The ladders of every board."""
    held = select(*APPOINTMENT.c["board", "role", "person_id"]).where(APPOINTMENT.c.until.is_(None))
    holders: dict[tuple[str, Role], list[int]] = {}
    for name, role, person_id in session.connection().execute(held.order_by(APPOINTMENT.c.id)):
        holders.setdefault((name, role), []).append(person_id)
    return Ladder(holders)


def role_of(due: DueNotice) -> Role | None:
    """The role that a rung means for this stage or action; None where the board no longer runs such reviews.

    The chair of the sub-group is the role that recommends such reviews or, for actions, monitors them.
    """
    if due.rung is not Rung.SUB_GROUP_CHAIR:
        return Role(due.rung.value)
    kind = board(due.board).kind(due.type)
    if kind is None:
        return None
    seat = kind.monitors if due.action_id is not None else kind.recommends or kind.monitors
    return seat.value


def plan_ladders(session: Session, today: date) -> None:
    """Once after an upgrade: plan the ladder of every open deadline that was set before there was one."""
    connection = session.connection()
    if connection.execute(delete(NOTE).where(NOTE.c.key == TO_BE_PLANNED)).rowcount == 0:
        return
    owed = [one for asked in (OPEN_STAGES, OPEN_ACTIONS) for one in connection.execute(asked)]
    above = select(*NOTICE.c["stage_id", "action_id"]).where(NOTICE.c.rung != Rung.OWNER)
    have_one = {tuple(row) for row in connection.execute(above)}  # what was set since the upgrade
    without = [one for one in owed if (one.stage_id, one.action_id) not in have_one]
    if rows := [row for one in without for row in rungs(one, today)]:
        connection.execute(insert(NOTICE), rows)


def rungs(one: Row[Any], today: date) -> list[dict[str, Any]]:
    """The notices for the ladder of an open stage or action."""
    schedule = board(one.board).reminders.of(one.key)
    rows = notice_rows(schedule, one.due_on, today, stage_id=one.stage_id, action_id=one.action_id)
    return [row for row in rows if row["rung"] is not Rung.OWNER]
