"""Which e-mails ought to have gone long ago, and why they have not."""

from datetime import timedelta

from casework.delivery.outages import OverdueMail, note_outage, note_recovery, overdue_mail
from casework.people.directory import person_for
from casework.record.store import Store
from models.record import OutboxMessage
from models.tables import id_of
from models.vocabulary import MessageState, OutageCause, Template
from tests.walking import NOW

LATER = NOW + timedelta(minutes=20)


def put_in(store: Store, number: int = 1, *, due_in: timedelta = timedelta(0), state: str = "queued") -> None:
    """An e-mail in the outbox."""
    with store.transaction() as session:
        person = person_for(session, email="manager@board.example", name="Manager")
        session.flush()
        session.add(
            OutboxMessage(
                key=f"one:{number}",
                template=Template.SIGN_IN,
                person_id=id_of(person),
                state=MessageState(state),
                queued_at=NOW,
                next_try_at=NOW + due_in,
            )
        )


def found(store: Store, minutes: int = 20) -> OverdueMail | None:
    """What is overdue so many minutes later."""
    with store.reading() as session:
        return overdue_mail(session, NOW + timedelta(minutes=minutes))


def test_what_was_due_a_quarter_of_an_hour_ago_is_overdue_since_the_oldest_of_it(either_store: Store) -> None:
    put_in(either_store, 1, due_in=timedelta(minutes=1))
    put_in(either_store, 2, state="deferred")

    assert [found(either_store, 15), found(either_store, 16), found(either_store, 17)] == [
        None,
        OverdueMail(1, NOW, None),
        OverdueMail(2, NOW, None),
    ]


def test_what_waits_for_its_hour_or_its_next_try_and_what_is_settled_is_not(either_store: Store) -> None:
    put_in(either_store, 1, due_in=timedelta(hours=3))
    put_in(either_store, 2, due_in=timedelta(hours=1), state="deferred")
    for number, state in enumerate(("sending", "accepted", "refused", "given-up", "retracted"), 3):
        put_in(either_store, number, state=state)

    assert found(either_store) is None


def test_the_mail_servers_own_words_are_there_while_it_takes_nothing(either_store: Store) -> None:
    put_in(either_store)
    note_outage(either_store, OutageCause.LOG_IN, "535 authentication failed", now=NOW)
    during = found(either_store)
    note_recovery(either_store, now=LATER)
    after = found(either_store)

    assert during is not None
    assert during.outage is not None
    assert (during.outage.began_at, during.outage.words) == (NOW, "535 authentication failed")
    assert after == OverdueMail(1, NOW, None)
