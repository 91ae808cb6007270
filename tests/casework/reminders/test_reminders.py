"""Who hears of a deadline, when, and how often: once an occasion, whatever happens to the sweep."""

import threading
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from casework.actions import actions_of, move_action
from casework.clock import england_and_wales
from casework.framework.profiles import board
from casework.framework.reminder_schedule import notice_days
from casework.moves import steering
from casework.outbox.heartbeats import take_turns
from casework.people.directory import find_person
from casework.record.act import Act
from casework.record.settings import Settings
from casework.record.store import Store, open_store
from casework.reminders.listing import Reminder, reminders
from casework.reminders.rounds import RoundResult, make_round, remind
from casework.views.review import find_review
from models.notice import Notice, Occasion
from models.record import OutboxMessage
from models.tables import id_of, table_of
from models.vocabulary import ActionMove, MessageState, Rung, Template
from tests.walking import (
    ACTION,
    APPROVAL,
    CHAIR,
    MANAGER,
    NOW,
    SERIOUS_CASE_REVIEW,
    TODAY,
    Step,
    launched,
    take,
    walked,
)

LAUNCHED = date(2019, 12, 20)  # a Friday; the screening is due on Monday 20 January 2020
DUE = date(2020, 1, 20)
OUTBOX, OCCASION, NOTICE = table_of(OutboxMessage), table_of(Occasion), table_of(Notice)


@pytest.fixture
def reference(either_store: Store) -> str:
    """A review whose screening is open from Friday 20 December 2019 and due on Monday 20 January 2020."""
    return launched(either_store, today=LAUNCHED, notified_on="2019-12-20")


def swept(store: Store, on: date) -> list[str]:
    """Whom the round for owners tells on a day."""
    return [each.to for each in told(store, remind(store, on=on, now=NOW))]


def told(store: Store, done: RoundResult) -> list[Reminder]:
    """What a round put into e-mails, which then go."""
    with store.transaction() as session:
        session.execute(update(OUTBOX).values(state=MessageState.ACCEPTED))
        return reminders(session, done.ids)


def test_the_owner_hears_before_on_and_after_the_deadline_on_the_profiles_schedule(
    either_store: Store, reference: str
) -> None:
    assert reference
    days = [LAUNCHED + timedelta(days=number) for number in range(60)]

    assert [on for on in days if swept(either_store, on) == [MANAGER]] == [
        date(2020, 1, 6),  # Monday, ten working days before
        date(2020, 1, 15),  # Wednesday, three working days before
        DUE,
        date(2020, 1, 21),  # one working day after
        date(2020, 1, 27),  # five
        date(2020, 2, 3),  # ten
    ]


def test_saying_it_twice_sends_nothing_twice(either_store: Store, reference: str) -> None:
    assert swept(either_store, date(2020, 1, 6)) == [MANAGER]
    assert swept(either_store, date(2020, 1, 6)) == []
    assert reference == "LSCBN-SCR-2019-001"


def test_after_an_outage_one_message_says_what_was_missed(either_store: Store, reference: str) -> None:
    assert reference
    assert swept(either_store, date(2020, 1, 29)) == [MANAGER]
    assert swept(either_store, date(2020, 1, 30)) == []


def test_what_is_completed_is_not_reminded_of(either_store: Store, reference: str) -> None:
    take(either_store, reference, SERIOUS_CASE_REVIEW[0], today=date(2020, 1, 3))

    assert swept(either_store, date(2020, 1, 6)) == ["panel-chair@board.example"]


def test_a_hold_silences_reminders_and_resuming_catches_up_with_one(either_store: Store, reference: str) -> None:
    def steer(what: str, today: date, **more: object) -> None:
        with either_store.transaction() as session:
            getattr(steering, what)(Act(session, find_person(session, MANAGER), NOW, today), reference, **more)

    steer("hold", date(2020, 1, 2), reason="The trial.", until=None)
    assert swept(either_store, date(2020, 1, 21)) == []
    steer("resume", date(2020, 1, 22))
    assert swept(either_store, date(2020, 1, 22)) == [MANAGER]


def test_a_moved_deadline_retracts_what_no_longer_holds(either_store: Store, reference: str) -> None:
    with either_store.transaction() as session:
        manager, to = find_person(session, MANAGER), date(2020, 2, 10)
        steering.extend(
            Act(session, manager, NOW, date(2020, 1, 2)),
            reference,
            "criteria-screening",
            to=to,
            reason="Late.",
            sure=True,
        )

    heard = {on: whom for on in range(1, 32) if (whom := swept(either_store, date(2020, 1, on)))}
    outer = {on: [CHAIR] for on in (6, 15, 20, 21)}  # the framework's date of the decision stays, and is spoken of
    assert heard == outer | {27: [CHAIR, MANAGER]}


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
        kept = session.scalar(select(func.count()).where(outbox.c.template == Template.REMINDERS))
    assert (sorted(queued), kept) == ([0, 1], 1)


def test_a_round_waits_for_the_one_of_its_name_and_so_never_shares_the_days_of_a_stage_with_it(
    postgresql: Callable[[], str], tmp_path: Path
) -> None:
    store = open_store(Settings(home=tmp_path / "home", database_url=postgresql()))
    launched(store, today=LAUNCHED, notified_on="2019-12-20")
    second: list[int] = []
    other = threading.Thread(target=lambda: second.append(remind(store, on=DUE, now=NOW).queued))
    with store.transaction() as session:
        take_turns(session, "remind", NOW)
        session.execute(select(NOTICE.c.id).where(NOTICE.c.on_day == DUE).with_for_update())  # of three days, one
        other.start()
        while other.is_alive() and not somebody_waits(store):
            pass
        first = make_round(session, "remind", [Rung.OWNER], DUE, NOW).queued
    other.join()

    with store.reading() as session:
        said = session.scalar(select(func.count()).select_from(OCCASION))
    store.engine.dispose()
    assert (first, second, said) == (1, [0], 1)


def somebody_waits(store: Store) -> bool:
    """Whether a transaction waits for another."""
    with store.reading() as session:
        return bool(session.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")))


def test_the_days_of_a_published_reports_period_are_nobodys_to_be_reminded_of(store: Store) -> None:
    reference = launched(store)
    walked(store, reference, SERIOUS_CASE_REVIEW)

    assert swept(store, date(2025, 1, 6)) == []


def test_a_review_launched_late_is_reminded_of_at_once(store: Store) -> None:
    launched(store, today=date(2020, 3, 2), notified_on="2019-12-20")

    assert swept(store, date(2020, 3, 2)) == [MANAGER]


@given(st.dates(date(2012, 1, 1), date(2030, 12, 31)))
def test_every_deadline_is_announced_on_both_sides_of_its_last_safe_working_day_and_never_on_a_quiet_day(
    due: date,
) -> None:
    reminders_, working = board("northamptonshire").reminders, england_and_wales()
    safe = working.on_or_before(due)

    days = notice_days(reminders_, due)

    assert days == sorted(set(days))
    assert all(working.is_working(on) for on in days)
    assert safe in days
    assert len([on for on in days if on < safe]) == len(reminders_.before)
    assert len([on for on in days if on > due]) == len(reminders_.after)


def test_a_reminder_reads_as_who_what_and_when(store: Store) -> None:
    reference = launched(store, today=LAUNCHED, notified_on="2019-12-20")
    done = remind(store, on=DUE, now=NOW)

    with store.reading() as session:
        assert reminders(session, done.ids) == [
            Reminder(reference, "criteria-screening", None, Rung.OWNER, MANAGER, DUE)
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
    take(either_store, reference, Step("board-approval", CHAIR, APPROVAL | {"approved_on": "2020-01-06"}))
    return reference


def of_actions(store: Store, on: date) -> list[Reminder]:
    """What the round for owners says on a day about actions."""
    return [each for each in told(store, remind(store, on=on, now=NOW)) if each.action is not None]


def test_the_owner_of_an_action_hears_on_the_profiles_schedule(either_store: Store, planned: str) -> None:
    days = [TODAY + timedelta(days=number) for number in range(90)]

    heard = {on: found for on in days if (found := of_actions(either_store, on))}

    reminder = Reminder(planned, None, 1, Rung.OWNER, OWNER, date.fromisoformat(ACTION_DUE))
    assert heard == {
        on: [reminder]
        for on in (
            date(2020, 2, 17),  # Monday, ten working days before
            date(2020, 2, 26),  # Wednesday, three
            date(2020, 3, 2),
            date(2020, 3, 3),  # one working day after
            date(2020, 3, 9),  # five
            date(2020, 3, 16),  # ten
        )
    }


def test_of_several_missed_days_of_an_action_one_is_said_and_said_once(either_store: Store, planned: str) -> None:
    first, second = (of_actions(either_store, date(2020, 3, 4)) for _ in range(2))

    assert (len(first), second) == (1, [])
    with either_store.reading() as session:
        (action,) = [each.id for each in actions_of(session, id_of(find_review(session, planned)))]
        keys = session.scalars(select(OCCASION.c.key).where(OCCASION.c.action_id.is_not(None))).all()
        person = find_person(session, OWNER).id
    assert keys == [f"action:{action}:2020-03-02:2020-03-03:owner:{person}"]


def test_an_action_rings_no_more_once_its_evidence_is_given(either_store: Store, planned: str) -> None:
    with either_store.transaction() as session:
        owner, given = find_person(session, OWNER), {"evidenced_on": "2020-01-06", "evidence": "Audit"}
        move_action(Act(session, owner, NOW, TODAY), planned, 1, ActionMove.EVIDENCE, given)

    assert of_actions(either_store, date(2020, 3, 2)) == []


def test_a_hold_silences_actions_too_and_resuming_catches_up_with_one(either_store: Store, planned: str) -> None:
    with either_store.transaction() as session:
        manager = find_person(session, MANAGER)
        steering.hold(Act(session, manager, NOW, TODAY), planned, reason="The trial.", until=None)
    assert of_actions(either_store, date(2020, 3, 3)) == []
    with either_store.transaction() as session:
        steering.resume(Act(session, find_person(session, MANAGER), NOW, date(2020, 3, 4)), planned)

    assert len(of_actions(either_store, date(2020, 3, 4))) == 1


def test_the_actions_of_a_withdrawn_review_ask_nothing(either_store: Store, planned: str) -> None:
    with either_store.transaction() as session:
        manager = find_person(session, MANAGER)
        steering.withdraw(Act(session, manager, NOW, TODAY), planned, reason="Referred twice.")

    assert of_actions(either_store, date(2020, 3, 2)) == []


@pytest.mark.parametrize("of", [{"stage_id": 1, "action_id": 1}, {}])
def test_a_notice_is_of_a_stage_or_of_an_action(either_store: Store, planned: str, of: dict[str, int]) -> None:
    assert planned
    with pytest.raises(IntegrityError), either_store.engine.begin() as connection:
        connection.execute(insert(table_of(Notice)), {**of, "on_day": TODAY})
