"""Who hears of a deadline, when, and how often: once an occasion, whatever happens to the sweep."""

import threading
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from casework import steering
from casework.boards import board
from casework.notices import Reminder, remind, reminders
from casework.opening import notice_days
from casework.people import find_person
from casework.store import Store
from models.record import OutboxMessage
from models.tables import table_of
from models.vocabulary import Template
from tests.walking import MANAGER, NOW, SERIOUS_CASE_REVIEW, launched, take, walked

LAUNCHED = date(2019, 12, 20)  # a Friday; the screening is due on Monday 20 January 2020
DUE = date(2020, 1, 20)


@pytest.fixture
def reference(either_store: Store) -> str:
    """A review whose screening is open from Friday 20 December 2019 and due on Monday 20 January 2020."""
    return launched(either_store, today=LAUNCHED, notified_on="2019-12-20")


def swept(store: Store, on: date) -> list[tuple[str, Template]]:
    """What a sweep queues on a day."""
    done = remind(store, on=on, now=NOW)
    with store.reading() as session:
        found = reminders(session, done.ids)
    assert len(found) == done.queued
    return [(reminder.to, reminder.template) for reminder in found]


def test_the_owner_hears_before_on_and_after_the_deadline_on_the_profiles_schedule(
    either_store: Store, reference: str
) -> None:
    assert reference
    days = [LAUNCHED + timedelta(days=number) for number in range(60)]

    told = {on: [template for _, template in swept(either_store, on)] for on in days}

    assert {on: templates for on, templates in told.items() if templates} == {
        date(2020, 1, 6): [Template.DEADLINE_AHEAD],  # Monday, ten working days before
        date(2020, 1, 15): [Template.DEADLINE_AHEAD],  # Wednesday, three working days before
        date(2020, 1, 20): [Template.DEADLINE_TODAY],
        date(2020, 1, 21): [Template.DEADLINE_PASSED],  # one working day after
        date(2020, 1, 27): [Template.DEADLINE_PASSED],  # five
        date(2020, 2, 3): [Template.DEADLINE_PASSED],  # ten
    }


def test_saying_it_twice_sends_nothing_twice(either_store: Store, reference: str) -> None:
    assert swept(either_store, date(2020, 1, 6)) == [(MANAGER, Template.DEADLINE_AHEAD)]
    assert swept(either_store, date(2020, 1, 6)) == []
    assert reference == "LSCBN-SCR-2019-001"


def test_after_an_outage_one_message_says_what_was_missed(either_store: Store, reference: str) -> None:
    assert reference
    assert swept(either_store, date(2020, 1, 29)) == [(MANAGER, Template.DEADLINE_PASSED)]
    assert swept(either_store, date(2020, 1, 30)) == []


def test_what_is_completed_is_not_reminded_of(either_store: Store, reference: str) -> None:
    take(either_store, reference, SERIOUS_CASE_REVIEW[0], today=date(2020, 1, 3))

    assert swept(either_store, date(2020, 1, 6)) == [("panel-chair@board.example", Template.DEADLINE_AHEAD)]


def test_a_hold_silences_reminders_and_resuming_catches_up_with_one(either_store: Store, reference: str) -> None:
    def steer(what: str, today: date, **more: object) -> None:
        with either_store.transaction() as session:
            getattr(steering, what)(session, reference, by=find_person(session, MANAGER), now=NOW, today=today, **more)

    steer("hold", date(2020, 1, 2), reason="The trial.", until=None)
    assert swept(either_store, date(2020, 1, 21)) == []
    steer("resume", date(2020, 1, 22))
    assert swept(either_store, date(2020, 1, 22)) == [(MANAGER, Template.DEADLINE_PASSED)]


def test_a_moved_deadline_retracts_what_no_longer_holds(either_store: Store, reference: str) -> None:
    with either_store.transaction() as session:
        manager, to = find_person(session, MANAGER), date(2020, 2, 10)
        steering.extend(
            session, reference, "criteria-screening", to=to, reason="Late.", by=manager, now=NOW, today=date(2020, 1, 2)
        )

    assert [on for on in range(1, 32) if swept(either_store, date(2020, 1, on))] == [27]


def test_two_sweeps_at_once_queue_one_message(either_store: Store, reference: str) -> None:
    assert reference
    together, queued = threading.Barrier(2), []

    def sweep() -> None:
        together.wait()
        queued.append(remind(either_store, on=date(2020, 1, 6), now=NOW).queued)

    sweeps = [threading.Thread(target=sweep) for _ in range(2)]
    for one in sweeps:
        one.start()
    for one in sweeps:
        one.join()

    outbox = table_of(OutboxMessage)
    with either_store.reading() as session:
        kept = session.scalar(select(func.count()).where(outbox.c.template == Template.DEADLINE_AHEAD))
    assert (sorted(queued), kept) == ([0, 1], 1)


def test_the_days_of_a_published_reports_period_are_nobodys_to_be_reminded_of(store: Store) -> None:
    reference = launched(store)
    walked(store, reference, SERIOUS_CASE_REVIEW)

    assert swept(store, date(2025, 1, 6)) == []


def test_a_review_launched_late_is_reminded_of_at_once(store: Store) -> None:
    launched(store, today=date(2020, 3, 2), notified_on="2019-12-20")

    assert swept(store, date(2020, 3, 2)) == [(MANAGER, Template.DEADLINE_PASSED)]


@given(st.dates(date(2012, 1, 1), date(2030, 12, 31)))
def test_every_deadline_is_announced_on_the_day_itself_and_on_both_sides(due: date) -> None:
    reminders_ = board("northamptonshire").reminders

    days = notice_days(reminders_, due)

    assert days == sorted(set(days))
    assert due in days
    assert len([on for on in days if on < due]) == len(reminders_.before)
    assert len([on for on in days if on > due]) == len(reminders_.after)


def test_a_reminder_reads_as_who_what_and_when(store: Store) -> None:
    reference = launched(store, today=LAUNCHED, notified_on="2019-12-20")
    done = remind(store, on=DUE, now=NOW)

    with store.reading() as session:
        assert reminders(session, done.ids) == [
            Reminder(reference, "criteria-screening", Template.DEADLINE_TODAY, MANAGER, DUE)
        ]
