"""Delivering the outbox to real mail servers, whatever they do."""

import threading
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from casework.delivery.delivery import LOT, DeliveryResult
from casework.delivery.local_mail import part
from casework.delivery.undelivered import MINUTES_TO_WAIT, TRIES, wait_after
from casework.outbox.claims import SECONDS_OF_A_CLAIM, due_messages, take_back
from casework.outbox.payloads import SignInLetter
from casework.outbox.queueing import queue_letter
from casework.people.roles import appoint
from casework.record.settings import Settings
from casework.record.store import Store
from models.people import Person
from models.review import Stage
from models.vocabulary import MessageState, Role, Template
from tests.casework.delivery.post import a_person, claimed, delivered, delivering, messages, now, queue_for, served_by
from tests.casework.letters.a_case import ADDRESS, NOW, add_marked_case
from tests.smtp import Behaviour, smtp_server

ANN, BOB, CAT, DAN = (f"{name}@board.example" for name in ("ann", "bob", "cat", "dan"))
MINUTE = timedelta(minutes=1)


def test_a_letter_is_delivered_once_and_the_outbox_says_so(store: Store, settings: Settings) -> None:
    queue_for(store, "ann")
    with smtp_server() as server:
        rounds = [delivered(store, served_by(settings, server.port)) for _ in range(2)]

    assert rounds == [DeliveryResult(accepted=1), DeliveryResult()]
    (received,) = server.behaviour.received
    message = messages(store)["ann"]
    assert (message.state, message.tries, message.accepted_at) == (MessageState.ACCEPTED, 1, NOW)
    assert (message.subject, message.message_id) == (received.message["Subject"], received.message_id)
    assert message.text == part(received.message, "plain")
    assert (message.possibly_repeated, message.claimed_by, message.server_said) == (False, None, None)


def test_a_bad_address_is_refused_in_the_servers_words_while_the_others_go(store: Store, settings: Settings) -> None:
    queue_for(store, "ann", "bob", "cat")
    with smtp_server(Behaviour(at_rcpt={BOB: "550 5.1.1 No such mailbox here"})) as server:
        done = delivered(store, served_by(settings, server.port))

    assert done == DeliveryResult(accepted=2, refused=1)
    refused = messages(store)["bob"]
    assert (refused.state, refused.server_said) == (MessageState.REFUSED, "550 5.1.1 No such mailbox here")
    assert (refused.possibly_repeated, refused.claimed_by) == (False, None)


def test_later_means_later(store: Store, settings: Settings) -> None:
    queue_for(store, "ann")
    behaviour = Behaviour(at_rcpt={ANN: "451 4.7.1 Try again later"})
    with smtp_server(behaviour) as server:
        here = served_by(settings, server.port)
        assert delivered(store, here) == DeliveryResult(deferred=1)
        waiting = messages(store)["ann"]
        behaviour.at_rcpt.clear()
        assert delivered(store, here, at=lambda: NOW + 0.9 * MINUTE) == DeliveryResult()
        assert delivered(store, here, at=lambda: NOW + MINUTE) == DeliveryResult(accepted=1)

    assert (waiting.state, waiting.tries, waiting.next_try_at) == (MessageState.DEFERRED, 1, NOW + MINUTE)
    assert (waiting.server_said, waiting.possibly_repeated) == ("451 4.7.1 Try again later", False)
    assert messages(store)["ann"].tries == 2


def test_the_waits_grow_and_end_after_three_days() -> None:
    waits = [wait_after(tries) for tries in range(1, TRIES)]

    assert [wait // MINUTE for wait in waits[: len(MINUTES_TO_WAIT)]] == list(MINUTES_TO_WAIT)
    assert waits == sorted(waits)
    assert sum(waits, start=timedelta()) == timedelta(days=3) - 7 * MINUTE


def test_a_message_is_given_up_after_its_last_try_with_the_reason(store: Store, settings: Settings) -> None:
    queue_for(store, "ann")
    moment, rounds = NOW, []
    with smtp_server(Behaviour(at_data={ANN: "452 4.2.2 Mailbox full"})) as server:
        for tries in range(1, TRIES + 1):
            rounds.append(delivered(store, served_by(settings, server.port), at=lambda moment=moment: moment))  # type: ignore[misc]
            moment += wait_after(tries)

    message = messages(store)["ann"]
    assert rounds == [DeliveryResult(deferred=1)] * (TRIES - 1) + [DeliveryResult(given_up=1)]
    assert (message.state, message.tries) == (MessageState.GIVEN_UP, TRIES)
    assert (message.server_said, message.possibly_repeated) == ("452 4.2.2 Mailbox full", False)


def test_while_the_server_is_away_nothing_is_lost_and_no_try_is_spent(store: Store, settings: Settings) -> None:
    names = [f"p{number}" for number in range(5)]
    queue_for(store, *names)
    with smtp_server() as server:
        here = served_by(settings, server.port)
    away = [delivered(store, here) for _ in range(3)]
    waiting = messages(store)
    with smtp_server(server.behaviour, port=server.port):
        back = delivered(store, here)

    assert away == [replace(DeliveryResult(), stopped=away[0].stopped)] * 3
    assert "cannot be used" in str(away[0].stopped)
    assert {(message.tries, message.next_try_at) for message in waiting.values()} == {(0, NOW)}
    assert {(message.state, message.server_said) for message in waiting.values()} == {(MessageState.QUEUED, None)}
    assert back == DeliveryResult(accepted=5)
    assert sorted(server.behaviour.arrivals.values()) == [1] * 5
    assert not any(message.possibly_repeated for message in messages(store).values())


def test_when_connection_after_connection_breaks_the_rest_is_left_alone(store: Store, settings: Settings) -> None:
    names = [f"p{number}" for number in range(6)]
    queue_for(store, *names)
    behaviour = Behaviour(drops_at_rcpt={f"{name}@board.example" for name in names})
    with smtp_server(behaviour) as server:
        done = delivered(store, served_by(settings, server.port))

    found = messages(store)
    assert (done.deferred, done.stopped is None) == (3, False)
    assert [found[name].tries for name in names] == [1, 1, 1, 0, 0, 0]
    assert [found[name].state.value for name in names] == ["deferred"] * 3 + ["queued"] * 3


def test_a_single_broken_connection_stops_nobody_else(store: Store, settings: Settings) -> None:
    queue_for(store, "ann", "bob", "cat", "dan")
    with smtp_server(Behaviour(drops_at_rcpt={BOB})) as server:
        done = delivered(store, served_by(settings, server.port))

    assert done == DeliveryResult(accepted=3, deferred=1)


def test_a_message_in_doubt_is_marked_and_goes_again_under_the_same_message_id(
    store: Store, settings: Settings
) -> None:
    queue_for(store, "ann", "bob")
    behaviour = Behaviour(drops_after_data={ANN})
    with smtp_server(behaviour) as server:
        here = served_by(settings, server.port)
        first = delivered(store, here)
        behaviour.drops_after_data.clear()
        second = delivered(store, here, at=lambda: NOW + MINUTE)

    found = messages(store)
    assert (first, second) == (DeliveryResult(accepted=1, in_doubt=1), DeliveryResult(accepted=1))
    assert behaviour.arrivals == {found["ann"].message_id: 2, found["bob"].message_id: 1}
    assert (found["ann"].possibly_repeated, found["bob"].possibly_repeated) == (True, False)


def test_a_letter_that_cannot_be_written_is_given_up_and_stops_nobody(store: Store, settings: Settings) -> None:
    with store.transaction() as session:
        queue_letter(
            session,
            key="bad",
            template=Template.SIGN_IN,
            person_id=a_person(session, ANN),
            now=NOW,
            payload=SignInLetter(link="http://elsewhere.example/Quillfeather", minutes=15),
        )
    queue_for(store, "bob")
    with smtp_server() as server:
        done = delivered(store, served_by(settings, server.port))

    message = messages(store)["ann"]
    assert done == DeliveryResult(accepted=1, given_up=1)
    assert message.state is MessageState.GIVEN_UP
    assert message.server_said == (
        "The letter could not be written (ValidationError). Tell the person who looks after the product."
    )


def test_a_letter_that_has_nothing_left_to_say_is_retracted_and_stops_nobody(store: Store, settings: Settings) -> None:
    with store.transaction() as session:
        case = add_marked_case(session, ANN)
        stage = session.get_one(Stage, case.stage_id)
        stage.owner_id = a_person(session, CAT)  # so Ann need not hear of it any more
        session.add(stage)
        queue_letter(
            session,
            key="x",
            template=Template.STAGE_OPENED,
            person_id=case.person_id,
            now=NOW,
            review_id=case.review_id,
            stage_id=case.stage_id,
        )
    queue_for(store, "bob")
    with smtp_server() as server:
        done = delivered(store, served_by(settings, server.port))

    message = messages(store)["ann"]
    assert done == DeliveryResult(accepted=1, retracted=1)
    assert (message.state, message.tries, message.claimed_by) == (MessageState.RETRACTED, 0, None)
    assert [received.to for received in server.behaviour.received] == [BOB]


def queue_sign_in(store: Store) -> None:
    """Queue a sign-in link for Ann."""
    with store.transaction() as session:
        payload = SignInLetter(link=f"{ADDRESS}/sign-in/tOkEn", minutes=15)
        person_id = a_person(session, ANN)
        queue_letter(session, key="sign-in", template=Template.SIGN_IN, person_id=person_id, now=NOW, payload=payload)


def test_a_sign_in_link_goes_first_and_the_outbox_forgets_it(store: Store, settings: Settings) -> None:
    queue_for(store, "bob", "cat")
    queue_sign_in(store)
    with smtp_server() as server:
        delivered(store, served_by(settings, server.port), limit=1)

    (received,) = server.behaviour.received
    message = messages(store)["ann"]
    assert (received.to, b"tOkEn" in received.content) == (ANN, True)
    assert (message.state, message.details) == (MessageState.ACCEPTED, None)
    assert "tOkEn" not in str(message.text)
    assert "(the link is not kept)" in str(message.text)


def test_a_sign_in_link_that_has_expired_is_not_sent(store: Store, settings: Settings) -> None:
    queue_sign_in(store)
    with smtp_server() as server:
        done = delivered(store, served_by(settings, server.port), at=lambda: NOW + 15 * MINUTE)

    message = messages(store)["ann"]
    assert (done, server.behaviour.received) == (DeliveryResult(retracted=1), [])
    assert (message.state, message.server_said, message.details) == (MessageState.RETRACTED, None, None)


def test_a_round_keeps_to_its_review_and_to_its_limit(store: Store, settings: Settings) -> None:
    queue_for(store, "ann", "bob", "cat")
    queue_sign_in(store)  # belongs to no review, and has Ann's address too
    with smtp_server() as server:
        here = served_by(settings, server.port)
        rounds = [delivered(store, here, review_id=review_id, limit=2) for review_id in (7, 1, 1)]

    assert [done.accepted for done in rounds] == [0, 2, 1]
    assert [received.to for received in server.behaviour.received] == [ANN, BOB, CAT]


def test_two_deliverers_at_once_send_every_message_once(store: Store, settings: Settings) -> None:
    queue_for(store, *(f"p{number}" for number in range(120)))
    rounds: list[DeliveryResult] = []
    with smtp_server() as server:
        here = served_by(settings, server.port)
        threads = [
            threading.Thread(target=lambda name=name: rounds.append(delivered(store, here, worker=name)))
            for name in ("one", "two")
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert sum(done.accepted for done in rounds) == 120
    assert sorted(server.behaviour.arrivals.values()) == [1] * 120


def test_a_claim_that_was_taken_over_sends_nothing(store: Store, settings: Settings) -> None:
    """A deliverer that slept for too long finds its claim gone in the last moment before the message goes."""
    queue_for(store, "ann", "bob")
    behaviour = Behaviour(silent_at_rcpt={ANN})
    clock = [NOW]
    with smtp_server(behaviour) as server:
        here = served_by(settings, server.port)
        slow = threading.Thread(target=delivered, args=[store, here], kwargs={"seconds": 2, "at": lambda: clock[0]})
        slow.start()
        behaviour.wait_until_asked_for(ANN)
        clock[0] += timedelta(seconds=SECONDS_OF_A_CLAIM + 1)
        taken = take_back(store, now=NOW + timedelta(seconds=SECONDS_OF_A_CLAIM + 1))
        other = claimed(store, by="other/1")
        slow.join()

    assert (taken, len(other)) == (2, 2)
    assert behaviour.received == []
    assert {message.claimed_by for message in messages(store).values()} == {"other/1"}


@pytest.mark.parametrize(
    ("seconds", "gone", "taken"),
    [(SECONDS_OF_A_CLAIM - 1, "nobody", 0), (SECONDS_OF_A_CLAIM + 1, "nobody", 2), (0, "here", 2)],
)
def test_a_claim_is_taken_back_when_it_is_old_or_its_holder_is_gone(
    store: Store, seconds: int, gone: str, taken: int
) -> None:
    queue_for(store, "ann", "bob")
    claimed(store)

    assert take_back(store, now=NOW + timedelta(seconds=seconds), is_gone=lambda worker: worker == gone) == taken
    assert [message.state for message in messages(store).values()].count(MessageState.QUEUED) == taken


def test_what_is_taken_back_waits_as_it_did(store: Store, settings: Settings) -> None:
    """What the server has put off once stays marked as that, with its words."""
    queue_for(store, "ann", "bob")
    with smtp_server(Behaviour(at_rcpt={ANN: "451 4.7.1 Try again later"})) as server:
        delivered(store, served_by(settings, server.port), limit=1)
    before = {name: (message.state, message.server_said) for name, message in messages(store).items()}
    taken = claimed(store, at=NOW + MINUTE)
    take_back(store, now=NOW, is_gone=lambda _: True)

    assert len(taken) == 2
    assert {name: (message.state, message.server_said) for name, message in messages(store).items()} == before


def test_what_is_due_is_found_by_an_index(store: Store) -> None:
    queue_for(store, "ann")
    due = str(due_messages(NOW).compile(store.engine, compile_kwargs={"literal_binds": True}))
    explain = "EXPLAIN QUERY PLAN" if store.engine.dialect.name == "sqlite" else "EXPLAIN"
    with store.reading() as session:
        if explain == "EXPLAIN":
            session.connection().exec_driver_sql("SET LOCAL enable_seqscan = off")
        plan = " ".join(str(row) for row in session.connection().exec_driver_sql(f"{explain} {due}"))

    assert "ix_outboxmessage_due" in plan


def test_a_deliverer_killed_before_the_message_went_leaves_marks_and_sends_once(
    store: Store, settings: Settings
) -> None:
    """Marks are written for a lot at once, so they say more than happened; never less."""
    queue_for(store, "ann", "bob")
    behaviour = Behaviour(silent_at_rcpt={ANN})
    with smtp_server(behaviour) as server:
        here = served_by(settings, server.port)
        with delivering(here) as process:
            behaviour.wait_until_asked_for(ANN)
            process.kill()
        behaviour.silent_at_rcpt.clear()
        assert take_back(store, now=now()) == 2
        assert delivered(store, here, at=now) == DeliveryResult(accepted=2)

    assert sorted(behaviour.arrivals.values()) == [1, 1]
    assert {message.possibly_repeated for message in messages(store).values()} == {True}


def test_a_deliverer_killed_before_the_servers_answer_leaves_a_mark(store: Store, settings: Settings) -> None:
    queue_for(store, *(f"p{number}" for number in range(LOT)), "ann", *(f"q{number}" for number in range(2 * LOT)))
    behaviour = Behaviour(silent_after_data={ANN})
    with smtp_server(behaviour) as server:
        here = served_by(settings, server.port)
        with delivering(here) as process:
            behaviour.wait_for(LOT + 1)
            process.kill()
        behaviour.silent_after_data.clear()
        assert take_back(store, now=now()) == 2 * LOT + 1
        assert delivered(store, here, at=now) == DeliveryResult(accepted=2 * LOT + 1)

    found = messages(store)
    assert behaviour.arrivals == Counter(message.message_id for message in found.values()) + Counter(
        [found["ann"].message_id]
    )
    marked = {name for name, message in found.items() if message.possibly_repeated}
    assert marked == {"ann", *(f"q{number}" for number in range(LOT - 1))}


def test_a_deliverer_killed_again_and_again_loses_nothing_and_repeats_nothing_unmarked(
    store: Store, settings: Settings
) -> None:
    queue_for(store, *(f"p{number}" for number in range(240)))
    with smtp_server() as server:
        here = served_by(settings, server.port)
        for killed_after in (40, 90, 160):
            with delivering(here) as process:
                server.behaviour.wait_for(killed_after)
                process.kill()
            take_back(store, now=now())
        delivered(store, here, at=now)

    found = {message.message_id: message for message in messages(store).values()}
    arrivals = server.behaviour.arrivals
    assert set(arrivals) == set(found)
    assert {message.state for message in found.values()} == {MessageState.ACCEPTED}
    assert {id_ for id_, times in arrivals.items() if times > 1} <= {
        id_ for id_, message in found.items() if message.possibly_repeated
    }
    assert sum(message.possibly_repeated for message in found.values()) <= 3 * LOT
    assert sum(times - 1 for times in arrivals.values()) <= 3  # what was settled is known, whatever ends a process


def test_a_reply_goes_to_the_boards_business_managers_and_to_nobody_where_there_is_no_board(
    store: Store, settings: Settings
) -> None:
    with store.transaction() as session:
        case = add_marked_case(session, ANN)
        for email in (BOB, CAT):
            manager = session.get_one(Person, a_person(session, email))
            appoint(session, board="northamptonshire", role=Role.BUSINESS_MANAGER, person=manager, since=NOW.date())
        queue_letter(
            session,
            key="x",
            template=Template.STAGE_OPENED,
            person_id=case.person_id,
            now=NOW,
            review_id=case.review_id,
            stage_id=case.stage_id,
        )
    queue_sign_in(store)
    with smtp_server() as server:
        delivered(store, served_by(settings, server.port))

    sign_in, opened = (message_from_bytes(received.content, policy=default) for received in server.behaviour.received)
    assert (sign_in["Reply-To"], opened["Reply-To"]) == (None, f"{BOB}, {CAT}")
    assert "reply to this e-mail" in part(opened, "plain")
    assert "nobody reads replies" in part(sign_in, "plain")
