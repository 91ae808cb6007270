"""One e-mail for each person, board and day, and the occasions that it speaks of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from casework.boards import board
from casework.mail.outbox import MESSAGE, OUTBOX
from casework.notices.due import Due
from casework.notices.lots import lots
from casework.notices.once import once
from casework.schedule import hour_to_send
from models.notice import Occasion
from models.tables import table_of
from models.vocabulary import MessageState, Template

OCCASION = table_of(Occasion)


@dataclass(frozen=True, slots=True)
class Told:
    """What one person is to hear of one notice."""

    due: Due
    person_id: int

    @property
    def occasion(self) -> str:
        """The key of the occasion."""
        return self.due.key(self.person_id)

    def letter(self, on: date) -> str:
        """The key of the e-mail of that day."""
        return f"{Template.REMINDERS}:{self.due.board}:{self.person_id}:{on.isoformat()}"


@dataclass(frozen=True, slots=True)
class Queued:
    """What became of it: how many occasions are in e-mails now and in which; what came too late for that of the day."""

    count: int
    ids: tuple[int, ...]
    too_late: Sequence[Told]


def queue(connection: Connection, told: Sequence[Told], on: date, now: datetime) -> Queued:
    """Put what people are to hear into the e-mail of the day; what they were told before is not said again."""
    known = told_before(connection, [each.occasion for each in told])
    new = [each for each in told if each.occasion not in known]
    open_letters = letters(connection, new, on, now)
    in_time = [each for each in new if each.letter(on) in open_letters]
    if in_time:
        connection.execute(insert(OCCASION), [row(each, open_letters[each.letter(on)]) for each in in_time])
    ids = tuple(sorted({open_letters[each.letter(on)] for each in in_time}))
    return Queued(len(in_time), ids, [each for each in new if each.letter(on) not in open_letters])


def told_before(connection: Connection, keys: Iterable[str]) -> set[str]:
    """Which of these occasions have been spoken of."""
    return {
        key for lot in lots(keys)
        for key in connection.execute(select(OCCASION.c.key).where(OCCASION.c.key.in_(lot))).scalars()
    }  # fmt: skip


def letters(connection: Connection, told: Iterable[Told], on: date, now: datetime) -> dict[str, int]:
    """The e-mails of the day to which something can still be joined, by key; those that are missing are made."""
    rows = {each.letter(on): each for each in told}
    if rows:
        connection.execute(once(connection.dialect.name, OUTBOX), [letter_row(each, on, now) for each in rows.values()])
    return {
        key: number for lot in lots(rows)
        for key, number in connection.execute(
            select(MESSAGE.key, MESSAGE.id)
            .where(MESSAGE.key.in_(lot), MESSAGE.state == MessageState.QUEUED, MESSAGE.tries == 0)
            .with_for_update()
        )
    }  # fmt: skip


def letter_row(told: Told, on: date, now: datetime) -> dict[str, Any]:
    """The e-mail of a person, board and day as a row of the outbox; it goes at the board's hour."""
    return {
        "key": told.letter(on), "template": Template.REMINDERS, "person_id": told.person_id, "board": told.due.board,
        "state": MessageState.QUEUED, "queued_at": now,
        "next_try_at": hour_to_send(board(told.due.board).reminders, on, now), "tries": 0, "possibly_repeated": False,
    }  # fmt: skip


def row(told: Told, message_id: int) -> dict[str, Any]:
    """An occasion as its row."""
    due = told.due
    return {
        "key": told.occasion, "message_id": message_id, "person_id": told.person_id, "stage_id": due.stage_id,
        "action_id": due.action_id, "rung": due.rung, "due_on": due.due_on,
    }  # fmt: skip
