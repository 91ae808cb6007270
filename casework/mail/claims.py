"""Who is delivering which message: claims on the outbox, and taking back what was left behind."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select, update
from sqlmodel import Session

from casework.mail.outbox import MESSAGE, OUTBOX
from casework.store import Store
from casework.workers import known_to_be_gone
from models.tables import literally
from models.vocabulary import MessageState, Template

SECONDS_OF_A_CLAIM = 300  # far longer than one hand-over can take: each of its answers is awaited 30 seconds
FREE = {"claimed_by": None, "claimed_at": None}


@dataclass(frozen=True)
class Claims:
    """The claims of one round of delivering."""

    store: Store
    claimant: str

    def take(self, number: int, review_id: int | None, now: datetime) -> Sequence[int]:
        """Claim messages that are due, longest waiting first, sign-in links before all others; their ids."""
        due = [literally(MESSAGE.state, MessageState.QUEUED), MESSAGE.next_try_at <= now]
        due += [] if review_id is None else [MESSAGE.review_id == review_id]
        order = ((MESSAGE.template == Template.SIGN_IN).desc(), MESSAGE.next_try_at, MESSAGE.id)
        waiting = select(MESSAGE.id).where(*due).order_by(*order).limit(number)
        with self.store.transaction() as session:
            ids = session.scalars(waiting.with_for_update(skip_locked=True)).all()
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


def take_back(store: Store, *, now: datetime, is_gone: Callable[[str], bool] = known_to_be_gone) -> int:
    """Queue again what deliverers left behind that are gone, or have held it for five minutes; how many.

    Those whose hand-over had begun carry `possibly_repeated` already, and keep it.
    """
    sending = select(MESSAGE.claimed_by, MESSAGE.claimed_at).where(literally(MESSAGE.state, MessageState.SENDING))
    too_old = now - timedelta(seconds=SECONDS_OF_A_CLAIM)
    with store.transaction() as session:
        claims = set(session.execute(sending))
        left = {claim for claim in claims if claim[1] < too_old or is_gone(claim[0].rpartition("/")[0])}
        return sum(put_back(session, MESSAGE.claimed_by == by, MESSAGE.claimed_at == at) for by, at in left)


def put_back(session: Session, *which: ColumnElement[bool]) -> int:
    """Queue claimed messages again, as they are; returns how many."""
    claimed = update(OUTBOX).where(literally(MESSAGE.state, MessageState.SENDING), *which)
    return session.connection().execute(claimed.values(FREE | {"state": MessageState.QUEUED})).rowcount
