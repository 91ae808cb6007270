"""Delivering the outbox: each message handed to the mail server once; what goes wrong is written on its row.

A row is claimed (queued or deferred -> sending) by one deliverer. Up to the moment just before the message itself
is sent nothing has happened, and a claim left behind goes back as it was. Before that moment a commit that waits for
the disk writes what is about to be sent, with `possibly_repeated`; the commit after the server's answer takes the
mark back. So a process that dies in between, and only then, leaves the mark standing: the message goes out again
under the same Message-ID, and everybody can see that it may have arrived twice. Marks are written for a small lot at
once: docs/adr/0010.
"""

import secrets
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from casework.delivery.batches import WrittenMessage, without_addresses, write_batch
from casework.delivery.mailer import Mailer
from casework.delivery.outages import note_outage, note_recovery
from casework.delivery.undelivered import TRIES, wait_after
from casework.outbox.claims import FREE, ClaimLost, Claims
from casework.outbox.mail_errors import Deferred, Dropped, InDoubt, Refused, ServerAway
from casework.record.settings import Settings
from casework.record.store import Store
from models.record import OutboxMessage
from models.vocabulary import MessageState, OutageCause, Template

CLAIMED_AT_ONCE = 100
LOT = 10  # at most so many are marked, and may be repeated, when the machine dies
A_MARK_IS_FRESH = timedelta(seconds=60)  # far shorter than a claim holds
TROUBLES_IN_A_ROW = 3  # connections that break: then it is the server and not the message


@dataclass(frozen=True)
class DeliveryResult:
    """What became of the messages of one round; `stopped` says why the rest was left waiting, if it was."""

    accepted: int = 0
    deferred: int = 0
    refused: int = 0
    given_up: int = 0
    in_doubt: int = 0
    retracted: int = 0
    stopped: str | None = None


def deliver(
    store: Store,
    mailer: Mailer,
    *,
    settings: Settings,
    now: Callable[[], datetime],
    worker: str,
    limit: int = 500,
    review_id: int | None = None,
) -> DeliveryResult:
    """Deliver up to `limit` messages that are due, of one review or of all, sign-in links first.

    `now` gives aware datetimes; `worker` names this process (casework.record.workers.this_worker). Safe to run in
    any number of processes at once, each with its own mailer. Messages and mail servers never make it raise.
    """
    claimant = f"{worker[:70]}/{secrets.token_hex(4)}"  # two rounds of one process are two claimants
    with store.unflushed.connect() as outcomes:  # kept for the round: the pool asks a connection first whether it lives
        return DeliveryRound(store, mailer, settings, now, Claims(store, claimant, outcomes)).run(limit, review_id)


@dataclass
class DeliveryRound:
    """One round of delivering."""

    store: Store
    mailer: Mailer
    settings: Settings
    now: Callable[[], datetime]
    claims: Claims
    counts: Counter[str] = field(default_factory=Counter)
    troubles_in_a_row: int = 0
    marked_at: datetime | None = None
    spoken_to: bool = False
    stopped: str | None = None

    def run(self, limit: int, review_id: int | None) -> DeliveryResult:
        """Deliver in batches until nothing is due, the limit is reached, or the server is away."""
        while limit > 0 and not self.stopped:
            batch = self.claims.take(min(limit, CLAIMED_AT_ONCE), review_id, self.now())
            if not batch:
                break
            limit -= len(batch)
            try:
                for start in range(0, len(batch), LOT):
                    self.deliver_lot(batch[start : start + LOT])
            finally:
                self.claims.release()
        return DeliveryResult(**self.counts, stopped=self.stopped)

    def deliver_lot(self, ids: Sequence[int]) -> None:
        """Write a few letters, mark them, and hand them over one by one; whatever happens is written on the rows."""
        if self.stopped or not self.is_reached():
            return
        lot = write_batch(self.store, ids, sender=self.mailer.user, settings=self.settings, now=self.now())
        for message, state, words in lot.ended:
            self.settle(message, state, server_said=words, tries=message.tries)
        waiting = deque(self.marked(lot.written))
        try:
            while waiting and not self.stopped:
                self.hand_over(waiting.popleft())
        finally:
            for untouched in waiting:
                self.write(untouched.message)

    def is_reached(self) -> bool:
        """Whether a conversation with the mail server goes on, begun if there is none."""
        try:
            self.mailer.login()
        except ServerAway as trouble:
            self.stop(trouble.cause, trouble)
        return not self.stopped

    def marked(self, letters: Sequence[WrittenMessage]) -> list[WrittenMessage]:
        """Those that are still ours, once the disk holds that they may have been sent."""
        self.marked_at = self.now()
        ours = self.claims.mark({letter.id: letter.as_sent for letter in letters}, self.marked_at)
        return [letter for letter in letters if letter.id in ours]

    def hand_over(self, written: WrittenMessage) -> None:
        """Hand a letter to the server and settle the row by the outcome."""
        message, letter, to = written.message, written.letter, written.address
        begin = partial(self.make_sure, written)
        try:
            self.mailer.hand_over(letter, to=to, message_id=written.message_id, before_data=begin)
        except ClaimLost:
            return
        except ServerAway as trouble:
            self.stop(trouble.cause, trouble)
            self.write(message)
        except Refused as refusal:
            self.server_speaks()
            self.settle(message, MessageState.REFUSED, server_said=without_addresses(refusal), failed=True)
        except (Deferred, InDoubt) as trouble:
            self.try_later(message, trouble)
        else:
            self.server_speaks()
            self.settle(message, MessageState.ACCEPTED, accepted_at=self.now(), server_said=None)

    def make_sure(self, written: WrittenMessage) -> None:
        """In the last moment before the message goes: its mark is fresh, or is made so; raises ClaimLost."""
        now = self.now()
        assert self.marked_at
        if now - self.marked_at > A_MARK_IS_FRESH and not self.claims.mark({written.id: written.as_sent}, now):
            raise ClaimLost("Another process has taken over this message and will deliver it.")

    def try_later(self, message: OutboxMessage, trouble: Deferred | InDoubt) -> None:
        """Let a message wait, longer with every try, and give it up after the last."""
        self.notice_trouble(trouble)
        doubt, tries = isinstance(trouble, InDoubt), message.tries + 1
        outcome = {"server_said": without_addresses(trouble), "possibly_repeated": message.possibly_repeated or doubt}
        if tries >= TRIES:
            return self.settle(message, MessageState.GIVEN_UP, failed=True, **outcome)
        self.counts["in_doubt" if doubt else "deferred"] += 1
        outcome |= {"tries": tries, "next_try_at": self.now() + wait_after(tries)}
        return self.write(message, state=MessageState.DEFERRED, failed=True, **outcome)

    def notice_trouble(self, trouble: Deferred | InDoubt) -> None:
        """Stop the round when one connection after another breaks; an answer, even a bad one, is no break."""
        if not isinstance(trouble, (Dropped, InDoubt)):
            return self.server_speaks()
        self.troubles_in_a_row += 1
        return self.stop(OutageCause.BREAKS_OFF, trouble) if self.troubles_in_a_row == TROUBLES_IN_A_ROW else None

    def server_speaks(self) -> None:
        """The server has said something about a message: whatever outage went on is over."""
        self.troubles_in_a_row = 0
        if not self.spoken_to:
            note_recovery(self.store, now=self.now())
        self.spoken_to = True

    def stop(self, cause: OutageCause, trouble: Deferred | InDoubt) -> None:
        """Leave the rest waiting, and keep since when nothing goes out."""
        self.stopped = str(trouble)
        note_outage(self.store, cause, self.stopped, now=self.now())

    def settle(self, message: OutboxMessage, state: MessageState, *, failed: bool = False, **values: Any) -> None:
        """Write the end of a message. A sign-in link is forgotten: it was for one pair of eyes."""
        self.counts[state.name.lower()] += 1
        if message.template is Template.SIGN_IN:
            values["details"] = None
        self.write(message, failed=failed, **({"state": state, "tries": message.tries + 1} | values))

    def write(self, message: OutboxMessage, *, failed: bool = False, **values: Any) -> None:
        """Write how a message stands; `values` say what stays of the mark. With a state, the claim is given up."""
        as_before = {"tries": message.tries, "possibly_repeated": message.possibly_repeated}
        attempt = str(values["server_said"]) if failed else None
        self.claims.change(message.id, as_before | values | (FREE if "state" in values else {}), attempt, self.now())
