"""Who is delivering which message: claims on the outbox, and taking back what was left behind."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, case, literal, select, update
from sqlmodel import Session

from casework.mail.outbox import MESSAGE, OUTBOX
from casework.store import Store
from casework.workers import known_to_be_gone
from models.tables import literally
from models.vocabulary import TO_BE_SENT, MessageState, Template

SECONDS_OF_A_CLAIM = 300  # far longer than one hand-over can take: each of its answers is awaited 30 seconds
FREE = {"claimed_by": None, "claimed_at": None}
AS_IT_WAITED = case((MESSAGE.server_said.is_(None), literal(MessageState.QUEUED, MESSAGE.state.type)),
                    else_=literal(MessageState.DEFERRED, MESSAGE.state.type))  # fmt: skip


@dataclass(frozen=True)
class Claims:
    """The claims of one round of delivering."""

    store: Store
    claimant: str

    def take(self, number: int, review_id: int | None, now: datetime) -> Sequence[int]:
        """Claim messages that are due, longest waiting first, sign-in links before all others; their ids."""
        waiting = due_messages(now) if review_id is None else due_messages(now).where(MESSAGE.review_id == review_id)
        with self.store.transaction() as session:
            ids = session.scalars(waiting.limit(number).with_for_update(skip_locked=True)).all()
            claimed = {"state": MessageState.SENDING, "claimed_by": self.claimant, "claimed_at": now}
            if ids:
                session.execute(update(OUTBOX).where(MESSAGE.id.in_(ids)).values(claimed))
        return ids

    def change(self, message_id: int | None, values: dict[str, Any]) -> bool:
        """Change a message in a transaction of its own, if its claim is still ours; whether it was."""
        ours = update(OUTBOX).where(MESSAGE.id == message_id, MESSAGE.claimed_by == self.claimant)
        with self.store.transaction() as session:
            return session.connection().execute(ours.values(values)).rowcount == 1

    def release(self) -> None:
        """Put back what this round claimed and has not settled."""
        with self.store.transaction() as session:
            put_back(session, MESSAGE.claimed_by == self.claimant)


def due_messages(now: datetime) -> Select[tuple[int]]:
    """The ids of what can go now: the longest waiting first, sign-in links before all others."""
    order = ((MESSAGE.template == Template.SIGN_IN).desc(), MESSAGE.next_try_at, MESSAGE.id)
    return select(MESSAGE.id).where(MESSAGE.state.in_(TO_BE_SENT), MESSAGE.next_try_at <= now).order_by(*order)


def take_back(store: Store, *, now: datetime, is_gone: Callable[[str], bool] = known_to_be_gone) -> int:
    """Let wait again what deliverers left behind that are gone, or have held it for five minutes; how many.

    Those whose hand-over had begun carry `possibly_repeated` already, and keep it.
    """
    sending = select(MESSAGE.claimed_by, MESSAGE.claimed_at).where(literally(MESSAGE.state, MessageState.SENDING))
    too_old = now - timedelta(seconds=SECONDS_OF_A_CLAIM)
    with store.transaction() as session:
        claims = set(session.execute(sending))
        left = {claim for claim in claims if claim[1] < too_old or is_gone(claim[0].rpartition("/")[0])}
        return sum(put_back(session, MESSAGE.claimed_by == by, MESSAGE.claimed_at == at) for by, at in left)


def put_back(session: Session, *which: ColumnElement[bool]) -> int:
    """Let claimed messages wait again, as they did; returns how many."""
    claimed = update(OUTBOX).where(literally(MESSAGE.state, MessageState.SENDING), *which)
    return session.connection().execute(claimed.values(FREE | {"state": AS_IT_WAITED})).rowcount
