"""What only a key said before gets a column of its own in an old database, which goes on working by it."""

from typing import Any

from alembic import command
from sqlalchemy import text

from casework.moves.steering import hold
from casework.people.directory import find_person
from casework.record.act import Act
from casework.record.store import Store
from casework.reminders.rounds import remind
from models.vocabulary import Template
from tests.casework.meetings.meeting import arrange, move, told
from tests.casework.record.test_store import alembic
from tests.walking import CHAIR, MANAGER, NOW, PANEL, TODAY, launched

PLANNED = "SELECT stage_id, rung, on_day FROM {} WHERE stage_id IS NOT NULL ORDER BY stage_id, rung, on_day"
TOLD_OF = "SELECT key, attendance_id FROM outboxmessage ORDER BY id"


def rows(store: Store, question: str) -> list[tuple[Any, ...]]:
    """The rows of a question, as they lie in the database."""
    with store.reading() as session:
        return [tuple(row) for row in session.execute(text(question))]


def made_by_the_version_before(store: Store) -> None:
    """Take the columns away, as the version before had none, and bring the database up to date."""
    command.downgrade(alembic(store), "0011")
    command.upgrade(alembic(store), "head")


def test_a_reminder_of_before_comes_again_on_its_planned_day_when_it_is_taken_back(either_store: Store) -> None:
    reference = launched(either_store, today=TODAY, notified_on="2019-12-20")
    remind(either_store, on=TODAY, now=NOW)
    said = rows(either_store, PLANNED.format("occasion"))
    waiting = rows(either_store, PLANNED.format("notice"))

    made_by_the_version_before(either_store)
    kept = rows(either_store, PLANNED.format("occasion"))
    with either_store.transaction() as session:
        hold(Act(session, find_person(session, MANAGER), NOW, TODAY), reference, reason="A trial.", until=None)

    assert kept == said != []
    assert rows(either_store, PLANNED.format("occasion")) == []
    assert rows(either_store, PLANNED.format("notice")) == sorted(waiting + said)


def test_an_invitation_of_before_is_taken_back_when_the_meeting_moves(either_store: Store) -> None:
    reference = launched(either_store)
    arrange(either_store, reference)
    arrange(either_store, reference)
    known = rows(either_store, TOLD_OF)

    made_by_the_version_before(either_store)
    kept = rows(either_store, TOLD_OF)
    move(either_store, reference, {"begins": "11:00"}, number=2)

    assert kept == known
    assert [number for key, number in kept if key.startswith("meeting:")] == [1, 2, 3, 4]
    assert [number for key, number in kept if not key.startswith("meeting:")] == [None]
    first, second = ([(who, Template.MEETING_INVITED, each) for who in (CHAIR, PANEL)] for each in ("0", "1"))
    assert told(either_store) == first + second
