"""Who is delivering which message: claims and marks on the outbox, and taking back what was left behind."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, case, insert, literal, select, update
from sqlmodel import Session

from casework.outbox.queueing import MESSAGE, OUTBOX
from casework.record.store import Store
from casework.record.workers import known_to_be_gone
from models.errors import LearningCycleError
from models.record import Attempt
from models.tables import literally, table_of
from models.vocabulary import TO_BE_SENT, MessageState, Template

SECONDS_OF_A_CLAIM = 300  # far longer than one hand-over can take: each of its answers is awaited 30 seconds
FREE = {"claimed_by": None, "claimed_at": None}
MARKED_WITH = ("tries", "message_id", "subject", "text", "fell_back_from")
MARK = (
    update(OUTBOX)
    .where(MESSAGE.id == bindparam("marked"))
    .values({name: bindparam(f"new_{name}") for name in MARKED_WITH})
    .values(possibly_repeated=True, claimed_at=bindparam("now"))
)
CHANGE = update(OUTBOX).where(MESSAGE.id == bindparam("which"), MESSAGE.claimed_by == bindparam("ours"))
ADD_ATTEMPT = insert(table_of(Attempt))
AS_IT_WAITED = case(
    (MESSAGE.server_said.is_(None), literal(MessageState.QUEUED, MESSAGE.state.type)),
    else_=literal(MessageState.DEFERRED, MESSAGE.state.type),
)


class ClaimLost(LearningCycleError):
    """Raised inside a hand-over when another deliverer has taken the message over."""


@dataclass(frozen=True)
class Claims:
    """The claims of one round of delivering; `outcomes` is the round's own connection, on which they are written.

    Only marks wait for the disk. What else is lost with the machine is found marked, or as it was before.
    """

    store: Store
    claimant: str
    outcomes: Connection

    def take(self, number: int, review_id: int | None, now: datetime) -> Sequence[int]:
        """Claim messages that are due, longest waiting first, sign-in links before all others; their ids."""
        waiting = due_messages(now) if review_id is None else due_messages(now).where(MESSAGE.review_id == review_id)
        with self.store.transaction(flushed=False) as session:
            ids = session.scalars(waiting.limit(number).with_for_update(skip_locked=True)).all()
            claimed = {"state": MessageState.SENDING, "claimed_by": self.claimant, "claimed_at": now}
            if ids:
                session.execute(update(OUTBOX).where(MESSAGE.id.in_(ids)).values(claimed))
        return ids

    def mark(self, about_to_go: Mapping[int, Mapping[str, Any]], now: datetime) -> set[int]:
        """Write, on the disk, what is about to be sent and that it may have been; the ids that are still ours."""
        ours = select(MESSAGE.id).where(MESSAGE.id.in_(about_to_go), MESSAGE.claimed_by == self.claimant)
        with self.store.transaction() as session:
            ids = set(session.scalars(ours.with_for_update()))
            rows = [
                {"marked": id_, "now": now} | {f"new_{name}": about_to_go[id_][name] for name in MARKED_WITH}
                for id_ in ids
            ]
            if rows:
                session.connection().execute(MARK, rows)
        return ids

    def change(self, message_id: int | None, values: Mapping[str, Any], attempt: str | None, now: datetime) -> None:
        """Change a message if its claim is still ours, and keep the words of an attempt that failed."""
        whose = {"which": message_id, "ours": self.claimant}
        with self.outcomes.begin():
            changed = self.outcomes.execute(CHANGE, whose | dict(values)).rowcount == 1
            if changed and attempt:
                self.outcomes.execute(ADD_ATTEMPT, {"outbox_id": message_id, "at": now, "words": attempt})

    def release(self) -> None:
        """Put back what this round claimed and has not settled."""
        with self.store.transaction(flushed=False) as session:
            put_back(session, MESSAGE.claimed_by == self.claimant)


def due_messages(now: datetime) -> Select[tuple[int]]:
    """The ids of what can go now: the longest waiting first, sign-in links before all others."""
    order = ((MESSAGE.template == Template.SIGN_IN).desc(), MESSAGE.next_try_at, MESSAGE.id)
    return select(MESSAGE.id).where(MESSAGE.state.in_(TO_BE_SENT), MESSAGE.next_try_at <= now).order_by(*order)


def take_back(store: Store, *, now: datetime, is_gone: Callable[[str], bool] = known_to_be_gone) -> int:
    """Let wait again what deliverers left behind that are gone, or have held it for five minutes; how many.

    Those that may have been handed over carry `possibly_repeated` already, and keep it.
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
