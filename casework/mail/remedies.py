"""What a person does about an e-mail that did not go: send it again, or try it now instead of later."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, select, update
from sqlmodel import Session

from casework.mail.outbox import MESSAGE, OUTBOX, of_boards
from models.errors import MoveRefused, NotFound
from models.vocabulary import STOPPED, MessageState, Template

SENT_AGAIN = {"state": MessageState.QUEUED, "tries": 0, "server_said": None}
NO_SIGN_IN = MESSAGE.template != Template.SIGN_IN  # somebody has long asked for a new link


def send_again(session: Session, message_id: int, *, now: datetime) -> None:
    """Queue a refused or given-up message once more, with all its tries; it keeps its Message-ID.

    Raises MoveRefused for a message in another state and for a sign-in link, NotFound for an unknown one.
    """
    state = state_of(session, message_id)
    stopped = update(OUTBOX).where(MESSAGE.id == message_id, MESSAGE.state.in_(STOPPED))
    if run(session, stopped.values(SENT_AGAIN | {"next_try_at": now})) == 0:
        raise MoveRefused(f"Message {message_id} is {state.value}. Only what was refused or given up is sent again.")


def try_now(session: Session, message_id: int, *, now: datetime) -> None:
    """Let a message that was put off go with the next round. Raises MoveRefused and NotFound as `send_again` does."""
    state = state_of(session, message_id)
    deferred = update(OUTBOX).where(MESSAGE.id == message_id, MESSAGE.state == MessageState.DEFERRED)
    if run(session, deferred.values(next_try_at=now)) == 0:
        raise MoveRefused(f"Message {message_id} is {state.value}. Only what was put off is tried sooner.")


def send_all_again(session: Session, boards: Sequence[str] | None, *, now: datetime) -> int:
    """Queue every given-up message of these boards, or of the installation, once more; how many."""
    given_up = update(OUTBOX).where(MESSAGE.state == MessageState.GIVEN_UP, NO_SIGN_IN, *of_boards(boards))
    return run(session, given_up.values(SENT_AGAIN | {"next_try_at": now}))


def try_all_now(session: Session, boards: Sequence[str] | None, *, now: datetime) -> int:
    """Let every message of these boards, or of the installation, that was put off go with the next round; how many."""
    deferred = update(OUTBOX).where(MESSAGE.state == MessageState.DEFERRED, *of_boards(boards))
    return run(session, deferred.values(next_try_at=now))


def state_of(session: Session, message_id: int) -> MessageState:
    """How a message stands that may be sent again at all."""
    found = session.execute(select(MESSAGE.state, MESSAGE.template).where(MESSAGE.id == message_id)).one_or_none()
    if found is None:
        raise NotFound(f"There is no message {message_id} in the outbox. Open it from the outbox’s list.")
    if found.template is Template.SIGN_IN:
        raise MoveRefused("A sign-in link is never sent again. Ask for a new one on the sign-in page.")
    state: MessageState = found.state
    return state


def run(session: Session, change: Any) -> int:
    """How many rows a change has changed."""
    done: CursorResult[Any] = session.connection().execute(change)
    return done.rowcount
