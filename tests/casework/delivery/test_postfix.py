"""Delivering to a real Postfix: what boards' mail servers mostly are, or stand behind."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from casework.delivery.delivery import LOT, DeliveryResult
from casework.delivery.outages import current_outage
from casework.outbox.claims import take_back
from casework.record.settings import Settings
from casework.record.store import Store
from models.vocabulary import MessageState, OutageCause
from tests.casework.delivery.post import delivered, delivering, messages, now, queue_for, served_by
from tests.casework.delivery.postfix import Postfix, postfix
from tests.casework.letters.a_case import NOW

MINUTE = timedelta(minutes=1)


@pytest.fixture
def server() -> Iterator[Postfix]:
    """A Postfix for one test."""
    with postfix() as running:
        yield running


@pytest.fixture
def here(settings: Settings, server: Postfix) -> Settings:
    """The installation with this Postfix as its mail server, encrypted and trusted."""
    trusted = {"smtp_security": "starttls", "smtp_ca_file": server.ca_file}
    return served_by(settings, server.port).model_copy(update=trusted)


def test_many_messages_go_over_one_encrypted_connection(store: Store, here: Settings, server: Postfix) -> None:
    queue_for(store, *(f"p{number}" for number in range(120)))
    done = delivered(store, here)
    arrivals = server.arrivals(120)

    assert done == DeliveryResult(accepted=120)
    assert arrivals == {message.message_id: 1 for message in messages(store).values()}
    assert (server.log.count(" connect from "), server.log.count("starttls=1")) == (1, 1)
    assert not any(message.possibly_repeated for message in messages(store).values())


def test_its_refusals_and_delays_are_kept_in_its_own_words(store: Store, here: Settings, server: Postfix) -> None:
    server.answers(bob="550 5.1.1 Nobody of that name", cat="450 4.7.1 Not yet")
    server.run("reload")
    queue_for(store, "ann", "bob", "cat")
    first = delivered(store, here)
    waiting = messages(store)
    server.answers()
    server.run("reload")
    second = delivered(store, here, at=lambda: NOW + MINUTE)

    assert (first, second) == (DeliveryResult(accepted=1, deferred=1, refused=1), DeliveryResult(accepted=1))
    assert (waiting["bob"].state, waiting["cat"].state) == (MessageState.REFUSED, MessageState.DEFERRED)
    assert waiting["bob"].server_said == (
        "550 5.1.1 <bob@board.example>: Recipient address rejected: Nobody of that name"
    )
    assert waiting["cat"].server_said == "450 4.7.1 <cat@board.example>: Recipient address rejected: Not yet"
    found = messages(store)
    assert server.arrivals(2) == {found["ann"].message_id: 1, found["cat"].message_id: 1}


def test_while_it_is_stopped_everything_waits(store: Store, here: Settings, server: Postfix) -> None:
    queue_for(store, "ann", "bob")
    server.run("stop")
    away = delivered(store, here)
    server.run("start")
    back = delivered(store, here)

    assert (away.accepted, back) == (0, DeliveryResult(accepted=2))
    assert server.arrivals(2) == {message.message_id: 1 for message in messages(store).values()}


def test_it_is_not_trusted_where_nobody_vouches_for_it(store: Store, here: Settings, server: Postfix) -> None:
    queue_for(store, "ann")
    done = delivered(store, here.model_copy(update={"smtp_ca_file": None}))

    with store.reading() as session:
        goes_on = current_outage(session)
    assert goes_on is not None
    assert (done.accepted, goes_on.cause, server.delivered()) == (0, OutageCause.UNTRUSTED, [])


def test_unencrypted_it_takes_nothing_and_no_message_is_blamed(store: Store, here: Settings) -> None:
    queue_for(store, "ann")
    done = delivered(store, here.model_copy(update={"smtp_security": "none"}))

    assert (done.accepted, str(done.stopped)[:9]) == (0, "530 5.7.0")
    assert (messages(store)["ann"].state, messages(store)["ann"].tries) == (MessageState.QUEUED, 0)


def test_a_deliverer_that_is_killed_loses_nothing_and_repeats_nothing_unmarked(
    store: Store, here: Settings, server: Postfix
) -> None:
    queue_for(store, *(f"p{number}" for number in range(150)))
    for killed_after in (20, 60, 100):
        with delivering(here) as process:
            server.arrivals(killed_after)
            process.kill()
        take_back(store, now=now())
    delivered(store, here, at=now)

    found = {message.message_id: message for message in messages(store).values()}
    arrivals = server.arrivals(150)
    assert {message.state for message in found.values()} == {MessageState.ACCEPTED}
    assert set(server.arrivals(sum(arrivals.values()))) == set(found)
    marked = {id_ for id_, message in found.items() if message.possibly_repeated}
    assert {id_ for id_, times in server.arrivals(150).items() if times > 1} <= marked
    assert len(marked) <= 3 * LOT
