"""Queueing, sending again, and the outbox at a glance."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text
from sqlmodel import Session, select

from casework.outbox.payloads import MovedDeadline
from casework.outbox.queueing import Line, overview, queue_letter
from casework.record.store import MIGRATIONS, Store
from models.people import Person
from models.record import OutboxMessage
from models.tables import id_of
from models.vocabulary import MessageState, Template
from tests.casework.letters.a_case import NOW, add_marked_case, add_person

LATER = NOW + timedelta(hours=1)


def add_message(session: Session, key: str = "k", **values: object) -> int:
    """A queued message to Ann, with these values instead of the queue's."""
    ann = session.exec(select(Person).where(Person.email == "ann@board.example")).first()
    person_id = ann.id if ann and ann.id else add_person(session, "ann@board.example")
    assert queue_letter(session, key=key, template=Template.REVIEW_HELD, person_id=person_id, now=NOW)
    message = session.exec(select(OutboxMessage).where(OutboxMessage.key == key)).one()
    for name, value in values.items():
        setattr(message, name, value)
    session.add(message)
    session.flush()
    return id_of(message)


def test_an_occasion_is_queued_once(store: Store) -> None:
    with store.transaction() as session:
        person_id = add_person(session, "ann@board.example")
        first, again, other = (
            queue_letter(session, key=key, template=Template.REVIEW_HELD, person_id=person_id, now=NOW)
            for key in ("review-held:1", "review-held:1", "review-held:2")
        )

    assert (first, again, other) == (True, False, True)
    with store.reading() as session:
        assert [message.key for message in session.exec(select(OutboxMessage))] == ["review-held:1", "review-held:2"]


def test_what_is_queued_stands_in_the_outbox_as_it_was_given(store: Store) -> None:
    with store.transaction() as session:
        case = add_marked_case(session)
        queue_letter(
            session,
            key="moved",
            template=Template.DEADLINE_MOVED,
            person_id=case.person_id,
            now=NOW,
            review_id=case.review_id,
            stage_id=case.stage_id,
            payload=MovedDeadline(moved_from=date(2024, 1, 15)),
        )

    with store.reading() as session:
        message = session.exec(select(OutboxMessage)).one()
        assert message == OutboxMessage(
            id=1,
            key="moved",
            template=Template.DEADLINE_MOVED,
            person_id=case.person_id,
            review_id=case.review_id,
            stage_id=case.stage_id,
            details={"from": "2024-01-15"},
            state=MessageState.QUEUED,
            queued_at=NOW,
            next_try_at=NOW,
        )


def test_what_is_queued_goes_with_a_transaction_that_fails(store: Store) -> None:
    def fail() -> None:
        with store.transaction() as session:
            add_message(session)
            raise RuntimeError("the move failed")

    with pytest.raises(RuntimeError):
        fail()

    with store.reading() as session:
        assert session.exec(select(OutboxMessage)).all() == []


def test_the_overview_counts_every_state_and_shows_what_is_in_trouble(store: Store) -> None:
    with store.transaction() as session:
        add_message(session, "fine", state=MessageState.ACCEPTED, accepted_at=LATER)
        add_message(session, "waits")
        late = add_message(session, "late", state=MessageState.DEFERRED, tries=2, server_said="451 Later")
        bad = add_message(session, "bad", state=MessageState.REFUSED, server_said="550 No such mailbox", subject="S")
        lost = add_message(session, "lost", state=MessageState.GIVEN_UP, server_said="451 Later")

    with store.reading() as session:
        seen = overview(session)
    assert seen.counts == {
        MessageState.QUEUED: 1,
        MessageState.SENDING: 0,
        MessageState.ACCEPTED: 1,
        MessageState.DEFERRED: 1,
        MessageState.REFUSED: 1,
        MessageState.GIVEN_UP: 1,
        MessageState.RETRACTED: 0,
    }
    assert [line.id for line in seen.troubled] == [lost, bad, late]
    assert len(seen.latest) == 5
    assert seen.troubled[1] == Line(
        id=bad,
        template=Template.REVIEW_HELD,
        to="ann@board.example",
        reference=None,
        board=None,
        subject="S",
        state=MessageState.REFUSED,
        queued_at=NOW,
        next_try_at=NOW,
        accepted_at=None,
        tries=0,
        possibly_repeated=False,
        server_said="550 No such mailbox",
    )


def test_an_older_outbox_becomes_one_that_tells_waiting_from_put_off(store: Store) -> None:
    with store.transaction() as session:
        add_message(session, "waits")
        add_message(session, "late", state=MessageState.DEFERRED, server_said="451 Later")
        add_message(session, "needless", state=MessageState.RETRACTED)
    states = [states_through(store, command.downgrade, "0002"), states_through(store, command.upgrade, "head")]

    assert states == [["queued", "queued", "given-up"], ["queued", "deferred", "given-up"]]


def states_through(store: Store, migrate: Callable[[Config, str], None], revision: str) -> list[str]:
    """The states of all messages after a migration."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["engine"] = store.engine
    migrate(config, revision)
    with store.engine.connect() as connection:
        return list(connection.execute(text("SELECT state FROM outboxmessage ORDER BY id")).scalars())


def test_the_overview_of_a_board_shows_the_messages_of_its_reviews_alone(store: Store) -> None:
    with store.transaction() as session:
        case = add_marked_case(session)
        add_message(session, "of no review")
        ours = add_message(session, "ours", review_id=case.review_id)

    with store.reading() as session:
        seen, others = (overview(session, boards=[name]) for name in ("northamptonshire", "barking-and-dagenham"))
    assert [(line.id, line.reference) for line in seen.latest] == [(ours, "SCR-LSCBN-2024-01")]
    assert (seen.counts[MessageState.QUEUED], others.counts[MessageState.QUEUED], others.latest) == (1, 0, ())
