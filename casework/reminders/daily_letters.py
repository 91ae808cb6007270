"""One e-mail for each person, board and day, and the occasions that it speaks of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from casework.framework.profiles import board
from casework.framework.reminder_schedule import hour_to_send
from casework.outbox.batches import in_batches
from casework.outbox.due_notices import DueNotice
from casework.outbox.queueing import MESSAGE, OUTBOX
from casework.outbox.retracting import OCCASION, UNSENT
from casework.record.inserting import once
from models.tables import literally
from models.vocabulary import MessageState, Template

TAKE_OVER = update(OCCASION).where(OCCASION.c.message_id == bindparam("old")).values(message_id=bindparam("new"))


@dataclass(frozen=True, slots=True)
class Telling:
    """What one person is to hear of one notice."""

    due: DueNotice
    person_id: int

    @property
    def occasion(self) -> str:
        """The key of the occasion."""
        return self.due.key(self.person_id)

    def letter(self, on: date) -> str:
        """The key of the e-mail of that day."""
        return f"{Template.REMINDERS}:{self.due.board}:{self.person_id}:{on.isoformat()}"


@dataclass(frozen=True, slots=True)
class QueuedOccasions:
    """What became of it: how many occasions are in e-mails now and in which; what came too late for that of the day."""

    count: int
    ids: tuple[int, ...]
    too_late: Sequence[Telling]


def queue_occasions(connection: Connection, told: Sequence[Telling], on: date, now: datetime) -> QueuedOccasions:
    """Put what people are to hear into the e-mail of the day; what they were told before is not said again."""
    known = told_before(connection, [each.occasion for each in told])
    new = [each for each in told if each.occasion not in known]
    open_letters = letters_of_day(connection, new, on, now)
    in_time = [each for each in new if each.letter(on) in open_letters]
    if in_time:
        connection.execute(insert(OCCASION), [occasion_row(each, open_letters[each.letter(on)]) for each in in_time])
        take_over(connection, in_time, open_letters, on)
    ids = tuple(sorted({open_letters[each.letter(on)] for each in in_time}))
    return QueuedOccasions(len(in_time), ids, [each for each in new if each.letter(on) not in open_letters])


def told_before(connection: Connection, keys: Iterable[str]) -> set[str]:
    """Which of these occasions have been spoken of."""
    return {
        key
        for lot in in_batches(keys)
        for key in connection.execute(select(OCCASION.c.key).where(OCCASION.c.key.in_(lot))).scalars()
    }


def letters_of_day(connection: Connection, told: Iterable[Telling], on: date, now: datetime) -> dict[str, int]:
    """The e-mails of the day to which something can still be joined, by key; those that are missing are made.

    In the order of their keys, so that two rounds at once never wait for each other.
    """
    rows = {each.letter(on): each for each in told}
    if rows:
        made = [letter_row(rows[key], on, now) for key in sorted(rows)]
        connection.execute(once(connection, OUTBOX), made)
    return {
        key: number
        for lot in in_batches(rows)
        for key, number in connection.execute(
            select(MESSAGE.key, MESSAGE.id)
            .where(MESSAGE.key.in_(lot), MESSAGE.state == MessageState.QUEUED, MESSAGE.tries == 0)
            .order_by(MESSAGE.key)
            .with_for_update()
        )
    }


def take_over(connection: Connection, told: Iterable[Telling], open_letters: Mapping[str, int], on: date) -> None:
    """Let the e-mail of the day say what those of earlier days have not said, as when the mail server was away."""
    now_in = {(each.person_id, each.due.board): open_letters[each.letter(on)] for each in told}
    waiting = connection.execute(
        select(*MESSAGE["id", "person_id", "board"])
        .where(literally(MESSAGE.template, Template.REMINDERS), *UNSENT)
        .order_by(MESSAGE.id)
        .with_for_update(skip_locked=True)
    )
    moved = [{"old": id_, "new": new} for id_, *whose in waiting if (new := now_in.get(tuple(whose), id_)) != id_]
    if moved:
        connection.execute(TAKE_OVER, moved)


def letter_row(told: Telling, on: date, now: datetime) -> dict[str, Any]:
    """The e-mail of a person, board and day as a row of the outbox; it goes at the board's hour."""
    return {
        "key": told.letter(on),
        "template": Template.REMINDERS,
        "person_id": told.person_id,
        "board": told.due.board,
        "state": MessageState.QUEUED,
        "queued_at": now,
        "next_try_at": hour_to_send(board(told.due.board).reminders, on, now),
        "tries": 0,
        "possibly_repeated": False,
    }


def occasion_row(told: Telling, message_id: int) -> dict[str, Any]:
    """An occasion as its row."""
    due = told.due
    return {
        "key": told.occasion,
        "message_id": message_id,
        "person_id": told.person_id,
        "rung": due.rung,
        "due_on": due.due_on,
        "on_day": due.on_day,
        "stage_id": due.stage_id,
        "action_id": due.action_id,
        "task_kind": due.task_kind,
        "task_id": due.task_id,
    }
