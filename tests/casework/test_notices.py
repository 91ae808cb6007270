"""Who hears of a deadline, when, and how often: once an occasion, whatever happens to the sweep."""

import threading
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from casework import steering
from casework.actions import actions_of, move
from casework.boards import board
from casework.notices import Reminder, remind, reminders
from casework.opening import notice_days
from casework.people import find_person
from casework.store import Store
from casework.view import find_review
from models.record import Notice, OutboxMessage
from models.tables import table_of
from models.vocabulary import ActionMove, Template
from tests.walking import ACTION, MANAGER, NOW, SERIOUS_CASE_REVIEW, TODAY, Step, launched, take, walked

LAUNCHED = date(2019, 12, 20)  # a Friday; the screening is due on Monday 20 January 2020
DUE = date(2020, 1, 20)
OUTBOX = table_of(OutboxMessage)


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
            Reminder(reference, "criteria-screening", None, Template.DEADLINE_TODAY, MANAGER, DUE)
        ]


ACTION_DUE = "2020-03-02"  # a Monday
OWNER = "olli.owner@police.example"


@pytest.fixture
def planned(either_store: Store) -> str:
    """A review whose one action is open from Monday 6 January 2020 and due on Monday 2 March 2020."""
    reference = launched(either_store)
    walked(either_store, reference, SERIOUS_CASE_REVIEW, until="action-plan")
    plan = {"plan_agreed_on": "2020-01-06", "actions": [ACTION | {"due_on": ACTION_DUE}]}
    take(either_store, reference, Step("action-plan", MANAGER, plan))
    return reference


def of_actions(store: Store, on: date) -> list[Reminder]:
    """What a sweep queues on a day about actions."""
    done = remind(store, on=on, now=NOW)
    with store.reading() as session:
        return [each for each in reminders(session, done.ids) if each.action is not None]


def test_the_owner_of_an_action_hears_on_the_profiles_schedule(either_store: Store, planned: str) -> None:
    days = [TODAY + timedelta(days=number) for number in range(90)]

    told = {on: of_actions(either_store, on) for on in days}

    assert {on: [(each.to, each.template) for each in found] for on, found in told.items() if found} == {
        date(2020, 2, 17): [(OWNER, Template.ACTION_AHEAD)],  # Monday, ten working days before
        date(2020, 2, 26): [(OWNER, Template.ACTION_AHEAD)],  # Wednesday, three
        date(2020, 3, 2): [(OWNER, Template.ACTION_TODAY)],
        date(2020, 3, 3): [(OWNER, Template.ACTION_PASSED)],  # one working day after
        date(2020, 3, 9): [(OWNER, Template.ACTION_PASSED)],  # five
        date(2020, 3, 16): [(OWNER, Template.ACTION_PASSED)],  # ten
    }
    assert told[date(2020, 3, 2)] == [
        Reminder(planned, None, 1, Template.ACTION_TODAY, OWNER, date.fromisoformat(ACTION_DUE))
    ]


def test_of_several_missed_days_of_an_action_one_is_said_and_said_once(either_store: Store, planned: str) -> None:
    first, second = (of_actions(either_store, date(2020, 3, 4)) for _ in range(2))

    assert ([each.template for each in first], second) == ([Template.ACTION_PASSED], [])
    of_action = select(OUTBOX.c.key, OUTBOX.c.details).where(OUTBOX.c.template == Template.ACTION_PASSED)
    with either_store.reading() as session:
        found = session.execute(of_action).all()
        (action,) = [each.id for each in actions_of(session, find_review(session, planned).id or 0)]
    assert [tuple(row) for row in found] == [
        (f"action:{action}:2020-03-02:2020-03-03", {"number": "1", "due": "2020-03-02"})
    ]


def test_an_action_rings_no_more_once_its_evidence_is_given(either_store: Store, planned: str) -> None:
    with either_store.transaction() as session:
        owner, given = find_person(session, OWNER), {"evidenced_on": "2020-01-06", "evidence": "Audit"}
        move(session, planned, 1, ActionMove.EVIDENCE, given, by=owner, now=NOW, today=TODAY)

    assert of_actions(either_store, date(2020, 3, 2)) == []


def test_a_hold_silences_actions_too_and_resuming_catches_up_with_one(either_store: Store, planned: str) -> None:
    with either_store.transaction() as session:
        manager = find_person(session, MANAGER)
        steering.hold(session, planned, reason="The trial.", until=None, by=manager, now=NOW, today=TODAY)
    assert of_actions(either_store, date(2020, 3, 3)) == []
    with either_store.transaction() as session:
        steering.resume(session, planned, by=find_person(session, MANAGER), now=NOW, today=date(2020, 3, 4))

    assert [each.template for each in of_actions(either_store, date(2020, 3, 4))] == [Template.ACTION_PASSED]


def test_the_actions_of_a_withdrawn_review_ask_nothing(either_store: Store, planned: str) -> None:
    with either_store.transaction() as session:
        manager = find_person(session, MANAGER)
        steering.withdraw(session, planned, reason="Referred twice.", by=manager, now=NOW, today=TODAY)

    assert of_actions(either_store, date(2020, 3, 2)) == []


@pytest.mark.parametrize("of", [{"stage_id": 1, "action_id": 1}, {}])
def test_a_notice_is_of_a_stage_or_of_an_action(either_store: Store, planned: str, of: dict[str, int]) -> None:
    assert planned
    with pytest.raises(IntegrityError), either_store.engine.begin() as connection:
        connection.execute(insert(table_of(Notice)), {**of, "on_day": TODAY})
