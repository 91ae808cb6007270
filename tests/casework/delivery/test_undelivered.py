"""What is done about e-mails that did not go, one by one and all at once."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from casework.delivery.undelivered import send_again, send_all_again, try_all_now, try_now
from casework.record.store import Store
from models.errors import MoveRefused, NotFound
from models.record import OutboxMessage
from models.vocabulary import MessageState, Template
from tests.casework.letters.a_case import NOW, add_marked_case
from tests.casework.outbox.test_queueing import add_message

LATER = NOW + timedelta(hours=1)
BOARD = "northamptonshire"


def waiting(session: Session) -> dict[str, tuple[str, bool]]:
    """How each message stands, and whether it goes with the next round."""
    found = session.exec(select(OutboxMessage))
    return {message.key: (message.state.value, message.next_try_at == LATER) for message in found}


@pytest.mark.parametrize("state", [MessageState.REFUSED, MessageState.GIVEN_UP])
def test_what_was_refused_or_given_up_is_sent_again_with_all_its_tries(store: Store, state: MessageState) -> None:
    with store.transaction() as session:
        id_ = add_message(session, state=state, tries=16, message_id="<1@x.example>", server_said="451 Later")
        send_again(session, id_, now=LATER)

    with store.reading() as session:
        message = session.get_one(OutboxMessage, id_)
        assert (message.state, message.tries, message.next_try_at) == (MessageState.QUEUED, 0, LATER)
        assert (message.message_id, message.server_said) == ("<1@x.example>", None)


OTHERS = [MessageState.QUEUED, MessageState.SENDING, MessageState.ACCEPTED, MessageState.RETRACTED]


@pytest.mark.parametrize("state", [*OTHERS, MessageState.DEFERRED])
def test_a_message_that_is_under_way_accepted_or_needless_is_not_sent_again(store: Store, state: MessageState) -> None:
    with store.transaction() as session:
        id_ = add_message(session, state=state)

        with pytest.raises(MoveRefused, match=f"Message {id_} is {state.value}"):
            send_again(session, id_, now=LATER)


@pytest.mark.parametrize("state", [*OTHERS, MessageState.REFUSED, MessageState.GIVEN_UP])
def test_only_what_was_put_off_is_tried_sooner(store: Store, state: MessageState) -> None:
    with store.transaction() as session:
        id_ = add_message(session, state=state)

        with pytest.raises(
            MoveRefused, match=f"Message {id_} is {state.value}. You can try a message sooner only if it was put off"
        ):
            try_now(session, id_, now=LATER)


def test_a_sign_in_link_is_never_sent_again(store: Store) -> None:
    with store.transaction() as session:
        id_ = add_message(session, state=MessageState.REFUSED, template=Template.SIGN_IN)

        with pytest.raises(MoveRefused, match="Ask for a new one"):
            send_again(session, id_, now=LATER)


def test_a_message_that_is_not_there_is_not_found(store: Store) -> None:
    with store.transaction() as session, pytest.raises(NotFound, match="no message 7"):
        send_again(session, 7, now=LATER)


def test_everything_of_a_board_that_was_given_up_is_sent_again_at_once(store: Store) -> None:
    with store.transaction() as session:
        ours = {"review_id": add_marked_case(session).review_id}
        add_message(session, "ours", state=MessageState.GIVEN_UP, **ours)
        add_message(session, "refused", state=MessageState.REFUSED, **ours)
        add_message(session, "link", state=MessageState.GIVEN_UP, template=Template.SIGN_IN)
        add_message(session, "of no review", state=MessageState.GIVEN_UP)
        counts = [send_all_again(session, boards, now=LATER) for boards in (["croydon"], [BOARD])]
        of_the_board = waiting(session)
        counts.append(send_all_again(session, None, now=LATER))

        assert counts == [0, 1, 1]
        assert of_the_board == {
            "ours": ("queued", True),
            "refused": ("refused", False),
            "link": ("given-up", False),
            "of no review": ("given-up", False),
        }
        assert waiting(session)["of no review"] == ("queued", True)


def test_everything_that_was_put_off_is_tried_at_once(store: Store) -> None:
    with store.transaction() as session:
        ours = {"review_id": add_marked_case(session).review_id}
        add_message(session, "ours", state=MessageState.DEFERRED, server_said="451 Later", **ours)
        add_message(session, "given up", state=MessageState.GIVEN_UP, **ours)

        assert [try_all_now(session, boards, now=LATER) for boards in (["croydon"], [BOARD])] == [0, 1]
        assert waiting(session) == {"ours": ("deferred", True), "given up": ("given-up", False)}
