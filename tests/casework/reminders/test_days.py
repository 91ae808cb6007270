"""The ladder, outages, quiet days, hours and wishes, by example."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import insert, select, update

from casework.moves import steering
from casework.outbox.opt_outs import switch_off
from casework.people.directory import find_person
from casework.record.act import Act
from casework.record.store import Store
from casework.reminders.ladder import plan_ladders
from casework.reminders.listing import Reminder, reminders
from casework.reminders.rounds import escalate, remind
from models.notice import Notice
from models.record import Note, OutboxMessage
from models.review import Stage
from models.tables import id_of, table_of
from models.vocabulary import Basis, Hears, MessageState, Rung, Template
from tests.walking import CHAIR, MANAGER, NOW, PANEL, launched

OUTBOX, NOTICE, NOTE, STAGE = (table_of(each) for each in (OutboxMessage, Notice, Note, Stage))
WAITING = (MessageState.QUEUED, MessageState.DEFERRED)


def morning(on: date, hour: int = 5) -> datetime:
    return datetime.combine(on, time(hour), UTC)


def heard(store: Store, on: date, *, now: datetime | None = None) -> list[tuple[str, str]]:
    """Who hears on a day, from which rung, as both rounds are made; and their e-mails go."""
    with_rungs: list[Reminder] = []
    for make in (remind, escalate):
        done = make(store, on=on, now=now or morning(on))
        with store.transaction() as session:
            with_rungs += reminders(session, done.ids)
            session.execute(update(OUTBOX).values(state=MessageState.ACCEPTED))
    return [(each.to, each.rung.value) for each in with_rungs]


def days(store: Store, first: date, last: date) -> dict[date, list[tuple[str, str]]]:
    """The days on which anybody hears, and who."""
    all_ = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return {on: found for on in all_ if (found := heard(store, on))}


def screening(store: Store, notified_on: str) -> str:
    """A review whose screening the chair of the panel owes, so that the business manager stands above them.

    It is notified and launched on this day, and due a month later.
    """
    reference = launched(store, today=date.fromisoformat(notified_on), notified_on=notified_on, incident_on=notified_on)
    with store.transaction() as session:
        session.execute(
            update(STAGE).where(STAGE.c.due_on.is_not(None)).values(owner_id=find_person(session, PANEL).id)
        )
    return reference


def due(store: Store) -> date:
    with store.reading() as session:
        found = session.scalars(select(STAGE.c.due_on).where(STAGE.c.due_on.is_not(None))).one()
        assert isinstance(found, date)
        return found


def next_tries(store: Store) -> list[datetime]:
    """From when each e-mail of reminders may go."""
    with store.reading() as session:
        tries = select(OUTBOX.c.next_try_at).where(OUTBOX.c.template == Template.REMINDERS).order_by(OUTBOX.c.id)
        return [each.astimezone(UTC) for each in session.scalars(tries)]


def test_what_nobody_does_goes_up_a_rung_at_a_time(either_store: Store) -> None:
    screening(either_store, "2027-01-03")

    assert due(either_store) == date(2027, 2, 3)  # a Wednesday
    assert days(either_store, date(2027, 1, 3), date(2027, 3, 31)) == {
        date(2027, 1, 20): [(PANEL, "owner")],  # Wednesday, ten working days before
        date(2027, 1, 29): [(PANEL, "owner")],  # Friday, three
        date(2027, 2, 3): [(PANEL, "owner")],
        date(2027, 2, 4): [(PANEL, "owner")],  # one working day after
        date(2027, 2, 5): [(MANAGER, "business-manager")],  # two
        date(2027, 2, 10): [(PANEL, "owner")],  # five; the chair of the panel, who recommends, owes it
        date(2027, 2, 17): [(PANEL, "owner"), (CHAIR, "independent-chair")],  # ten
    }


def test_after_an_outage_the_owner_hears_once_and_the_ladder_is_climbed_a_rung_a_working_day(
    either_store: Store,
) -> None:
    screening(either_store, "2027-01-03")

    assert days(either_store, date(2027, 4, 1), date(2027, 4, 30)) == {
        date(2027, 4, 1): [(PANEL, "owner"), (MANAGER, "business-manager")],  # the Thursday before Easter
        date(2027, 4, 5): [(CHAIR, "independent-chair")],
    }


def test_easter_is_spoken_of_before_good_friday_and_what_comes_after_it_on_a_working_day(store: Store) -> None:
    screening(store, "2027-02-28")

    assert due(store) == date(2027, 3, 28)  # Easter Sunday
    assert days(store, date(2027, 2, 28), date(2027, 3, 31)) == {
        date(2027, 3, 12): [(PANEL, "owner")],  # Friday, ten working days before
        date(2027, 3, 23): [(PANEL, "owner")],  # Tuesday, three
        date(2027, 3, 25): [(PANEL, "owner")],  # the Thursday before Good Friday, for the day itself
        date(2027, 3, 30): [(PANEL, "owner")],  # Tuesday, one working day after
        date(2027, 3, 31): [(MANAGER, "business-manager")],
    }


def test_a_deadline_on_a_bank_holiday_monday_is_spoken_of_on_the_friday(store: Store) -> None:
    screening(store, "2027-04-03")

    assert due(store) == date(2027, 5, 3)  # the early May bank holiday
    assert list(days(store, date(2027, 4, 3), date(2027, 5, 4)))[-2:] == [date(2027, 4, 30), date(2027, 5, 4)]


@pytest.mark.parametrize(
    ("friday", "monday"),
    [
        (datetime(2027, 3, 26, 8, 0, tzinfo=UTC), None),
        (datetime(2027, 3, 25, 8, 0, tzinfo=UTC), datetime(2027, 3, 30, 7, 0, tzinfo=UTC)),
        (datetime(2027, 10, 29, 7, 0, tzinfo=UTC), datetime(2027, 11, 1, 8, 0, tzinfo=UTC)),
    ],
    ids=["Good Friday is quiet", "the clocks go forward on 28 March", "they go back on 31 October"],
)
def test_eight_o_clock_is_eight_in_london(store: Store, friday: datetime, monday: datetime | None) -> None:
    for moment in (friday, monday):
        if moment is not None:
            launched(store, today=moment.date(), notified_on="2027-01-03", incident_on="2027-01-03")
            remind(store, on=moment.date(), now=moment - timedelta(hours=2))
            with store.transaction() as session:
                session.execute(update(OUTBOX).values(state=MessageState.ACCEPTED))

    assert next_tries(store) == ([friday, monday] if monday else [])


def test_what_is_found_late_in_the_day_is_said_the_next_morning(store: Store) -> None:
    screening(store, "2027-01-03")
    wednesday, thursday = date(2027, 2, 3), date(2027, 2, 4)

    assert heard(store, wednesday, now=datetime(2027, 2, 3, 18, 1, tzinfo=UTC)) == []
    assert heard(store, thursday) == [(PANEL, "owner")]


def test_what_comes_while_the_email_of_the_day_waits_joins_it_and_later_waits_for_tomorrow(store: Store) -> None:
    wednesday, thursday = date(2027, 2, 3), date(2027, 2, 4)
    found = []
    for hour in (5, 6, 12):
        launched(store, today=wednesday, notified_on="2027-01-03", incident_on="2027-01-03")
        found.append(len(remind(store, on=wednesday, now=morning(wednesday, hour)).ids))
        found.append(len(next_tries(store)))
        if hour == 6:
            with store.transaction() as session:
                session.execute(update(OUTBOX).values(state=MessageState.ACCEPTED))

    assert found == [1, 1, 1, 1, 0, 1]
    assert heard(store, thursday) == [(MANAGER, "owner")] * 3


def test_what_the_mail_server_has_not_taken_is_said_in_the_email_of_the_next_day_and_in_no_other(store: Store) -> None:
    screening(store, "2027-01-03")
    remind(store, on=date(2027, 2, 3), now=morning(date(2027, 2, 3)))
    done = remind(store, on=date(2027, 2, 4), now=morning(date(2027, 2, 4)))

    with store.reading() as session:
        assert len(reminders(session, done.ids)) == 2
        assert len(done.ids) == 1


def test_a_hold_takes_back_what_has_not_gone_and_resuming_says_it(store: Store) -> None:
    reference = screening(store, "2027-01-03")
    wednesday, friday = date(2027, 1, 20), date(2027, 1, 22)
    remind(store, on=wednesday, now=morning(wednesday))
    with store.transaction() as session:
        manager = find_person(session, MANAGER)
        steering.hold(Act(session, manager, NOW, wednesday), reference, reason="A trial.", until=None)
    with store.transaction() as session:
        session.execute(update(OUTBOX).values(state=MessageState.RETRACTED))
        steering.resume(Act(session, find_person(session, MANAGER), NOW, friday), reference)

    assert heard(store, friday) == [(PANEL, "owner")]


@pytest.mark.parametrize(("basis", "on_the_day"), [(Basis.STATUTE, [(PANEL, "owner")]), (Basis.AGREED, [])])
def test_what_the_framework_makes_a_duty_cannot_be_switched_off_from_the_day_on(
    store: Store, basis: Basis, on_the_day: list[tuple[str, str]]
) -> None:
    screening(store, "2027-01-03")
    with store.transaction() as session:
        session.execute(update(STAGE).where(STAGE.c.due_on.is_not(None)).values(basis=basis))
        switch_off(session, id_of(find_person(session, PANEL)), set(Hears))

    assert heard(store, date(2027, 1, 20)) == []
    assert heard(store, date(2027, 2, 3)) == on_the_day


def test_the_ladder_of_what_was_open_before_there_was_one_is_planned_once(store: Store) -> None:
    screening(store, "2027-01-03")
    with store.transaction() as session:
        session.execute(NOTICE.delete().where(NOTICE.c.rung != Rung.OWNER))
        session.execute(insert(NOTE), {"key": "ladders", "value": "to be planned"})

    for _ in range(2):
        with store.transaction() as session:
            plan_ladders(session, date(2027, 2, 1))
    with store.reading() as session:
        rungs = session.execute(
            select(NOTICE.c.rung, NOTICE.c.on_day).where(NOTICE.c.rung != Rung.OWNER).order_by(NOTICE.c.on_day)
        ).all()
    assert [tuple(row) for row in rungs] == [
        (Rung.BUSINESS_MANAGER, date(2027, 2, 5)),
        (Rung.SUB_GROUP_CHAIR, date(2027, 2, 10)),
        (Rung.INDEPENDENT_CHAIR, date(2027, 2, 17)),
    ]
