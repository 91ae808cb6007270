"""When people hear again of what they were asked for by a link and have not answered."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, insert, select
from sqlmodel import Session

from casework.framework.profiles import board
from casework.framework.reminder_schedule import notice_rows
from casework.outbox.awaited_answers import KINDS, REVIEW, AwaitedAnswers
from casework.outbox.due_notices import NOTICE
from casework.outbox.retracting import OCCASION, retract
from casework.reviews.case import Case
from models.record import Note
from models.tables import literally, table_of
from models.vocabulary import Rung, TaskKind

NOTE = table_of(Note)
TO_BE_PLANNED = "answers"  # the note of an installation that had asked for some before they were reminded of


def plan_answer_reminders(case: Case, kind: TaskKind, id_: int, due_on: date) -> None:
    """Store the days on which somebody who is being asked just now will hear of it again.

    Where they were asked before, by another day perhaps, what was planned then holds no longer.
    """
    case.connection.execute(delete(NOTICE).where(*is_of(NOTICE, kind, id_)))
    retract(case.connection, *is_of(OCCASION, kind, id_))
    add_notices(case.connection, answer_notice_rows(case.board, kind, id_, due_on, case.today))


def is_of(table: Any, kind: TaskKind, id_: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """What a notice or an occasion must be to be about this answer."""
    return literally(table.c.task_kind, kind), table.c.task_id == id_


def answer_notice_rows(board_name: str, kind: TaskKind, id_: int, due_on: date, today: date) -> list[dict[str, Any]]:
    """The notices of an answer: on days after today, since the letter that asks for it goes today.

    An invitation is spoken of only before the day of the meeting.
    """
    schedule = board(board_name).reminders.of_answers(kind)
    until = due_on if kind is TaskKind.INVITATION else date.max
    planned = notice_rows(schedule, due_on, today, task_kind=kind, task_id=id_)
    return [row for row in planned if row["rung"] is not Rung.OWNER or today < row["on_day"] < until]


def add_notices(connection: Connection, planned: list[dict[str, Any]]) -> None:
    """Store notices, if there are any."""
    if planned:
        connection.execute(insert(NOTICE), planned)


def plan_those_of_before(session: Session, today: date) -> None:
    """Once after an upgrade: plan the reminders of every answer that was asked for before there were any."""
    connection = session.connection()
    if connection.execute(delete(NOTE).where(NOTE.c.key == TO_BE_PLANNED)).rowcount:
        for kind in KINDS:
            add_notices(
                connection,
                [row for one in unplanned_answers(connection, kind, today) for row in answer_notice_rows(*one, today)],
            )


def unplanned_answers(
    connection: Connection, kind: AwaitedAnswers, today: date
) -> list[tuple[str, TaskKind, int, date]]:
    """The answers of a kind that are owed and of which nothing is planned."""
    none_planned = ~select(NOTICE.c.id).where(kind.said_in(NOTICE)).exists()
    found = connection.execute(
        select(REVIEW.c.board, kind.id, kind.due_on)
        .select_from(kind.rows.join(REVIEW, REVIEW.c.id == kind.review_id))
        .where(kind.owed, none_planned),
        {"on": today},
    )
    return [(name, kind.kind, id_, due_on) for name, id_, due_on in found]
