"""Delivering the outbox: each message handed to the mail server once; what goes wrong is written on its row.

A row is claimed (queued or deferred -> sending) by one deliverer. Up to the moment just before the message itself is
sent nothing has happened, and a claim left behind goes back as it was. In that moment a commit writes what is
about to be sent, with `possibly_repeated`; the commit after the server's answer takes the mark back. So a
process that dies in between, and only then, leaves the mark standing: the message goes out again under the
same Message-ID, and everybody can see that it may have arrived twice. The window is one DATA exchange.
"""

import secrets
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import select

from casework.clock.trigger import london_day
from casework.mail.claims import FREE, Claims
from casework.mail.letter_frames import Letter
from casework.mail.letters import NothingLeftToSay, write_letter
from casework.mail.mail_errors import Deferred, Dropped, InDoubt, Refused, ServerAway
from casework.mail.mailer import Mailer
from casework.mail.outbox import PERSON
from casework.settings import Settings
from casework.store import Store
from models.errors import LearningCycleError
from models.record import OutboxMessage
from models.vocabulary import MessageState, Template

MINUTES_TO_WAIT = (
    1,
    2,
    5,
    15,
    30,
    60,
    120,
    240,
    480,
)  # after the first try, the second ...; then 480 again
TRIES = 17  # which takes three days
CLAIMED_AT_ONCE = 50
TROUBLES_IN_A_ROW = 3  # connections that break: then it is the server and not the message
EXPIRED = "The link had expired before the e-mail could be delivered. Ask for a new one on the sign-in page."


class ClaimLost(LearningCycleError):
    """Raised inside a hand-over when another deliverer has taken the message over."""


@dataclass(frozen=True)
class Delivered:
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
) -> Delivered:
    """Deliver up to `limit` messages that are due, of one review or of all, sign-in links first.

    `now` gives aware datetimes; `worker` names this process (casework.workers.this_worker). Safe to run in
    any number of processes at once, each with its own mailer. Messages and mail servers never make it raise.
    """
    claimant = f"{worker[:70]}/{secrets.token_hex(4)}"  # two rounds of one process are two claimants
    return Delivery(store, mailer, settings, now, Claims(store, claimant)).run(limit, review_id)


@dataclass
class Delivery:
    """One round of delivering."""

    store: Store
    mailer: Mailer
    settings: Settings
    now: Callable[[], datetime]
    claims: Claims
    counts: Counter[str] = field(default_factory=Counter)
    troubles_in_a_row: int = 0
    stopped: str | None = None

    def run(self, limit: int, review_id: int | None) -> Delivered:
        """Deliver in batches until nothing is due, the limit is reached, or the server is away."""
        while limit > 0 and not self.stopped:
            batch = self.claims.take(min(limit, CLAIMED_AT_ONCE), review_id, self.now())
            if not batch:
                break
            limit -= len(batch)
            try:
                for message_id in batch:
                    self.deliver_one(message_id)
                    if self.stopped:
                        break
            finally:
                self.claims.release()
        return Delivered(**self.counts, stopped=self.stopped)

    def deliver_one(self, message_id: int) -> None:
        """Write one letter and hand it over; whatever happens is written on its row."""
        with self.store.reading() as session:
            message = session.get_one(OutboxMessage, message_id)
            address = session.scalars(select(PERSON.c.email).where(PERSON.c.id == message.person_id)).one()
            today = london_day(self.now())
            try:
                letter = write_letter(session, message, settings=self.settings, today=today)
            except NothingLeftToSay:
                return self.end_untried(message, MessageState.RETRACTED, None)
            except Exception as wrong:  # a letter that cannot be written must not stop the others
                return self.end_untried(message, MessageState.GIVEN_UP, unwritable(wrong))
        if has_expired(message, self.now()):
            return self.end_untried(message, MessageState.GIVEN_UP, EXPIRED)
        return self.hand_over(message, letter, address)

    def hand_over(self, message: OutboxMessage, letter: Letter, address: str) -> None:
        """Hand a letter to the server and settle the row by what comes of it."""
        message.message_id = message.message_id or new_message_id(self.mailer.user)
        begin = partial(self.begin, message, letter)
        try:
            self.mailer.hand_over(letter, to=address, message_id=message.message_id, before_data=begin)
        except ClaimLost:
            return
        except ServerAway as trouble:
            self.stopped = str(trouble)
            self.write(message, state=MessageState.DEFERRED, server_said=str(trouble))
        except Refused as refusal:
            self.settle(message, MessageState.REFUSED, server_said=str(refusal))
        except (Deferred, InDoubt) as trouble:
            self.try_later(message, trouble)
        else:
            self.troubles_in_a_row = 0
            self.settle(message, MessageState.ACCEPTED, accepted_at=self.now(), server_said=None)

    def begin(self, message: OutboxMessage, letter: Letter) -> None:
        """Write what is about to be sent, and the mark that it may have been; raises ClaimLost."""
        letter_as_sent: dict[str, Any] = {"subject": letter.subject[:300], "text": text_to_keep(message, letter)}
        letter_as_sent["fell_back_from"] = letter.fell_back_from
        marked = {"tries": message.tries + 1, "possibly_repeated": True, "claimed_at": self.now()}
        if not self.claims.change(message.id, {"message_id": message.message_id} | letter_as_sent | marked):
            raise ClaimLost("Another process has taken this message over; it will deliver it.")

    def try_later(self, message: OutboxMessage, trouble: Deferred | InDoubt) -> None:
        """Let a message wait, longer with every try, and give it up after the last."""
        doubt = isinstance(trouble, InDoubt)
        self.notice_trouble(trouble)
        tries, repeated = message.tries + 1, message.possibly_repeated or doubt
        outcome = {"server_said": str(trouble), "possibly_repeated": repeated}
        if tries >= TRIES:
            return self.settle(message, MessageState.GIVEN_UP, **outcome)
        self.counts["in_doubt" if doubt else "deferred"] += 1
        outcome |= {"tries": tries, "next_try_at": self.now() + wait_after(tries)}
        return self.write(message, state=MessageState.DEFERRED, **outcome)

    def notice_trouble(self, trouble: Deferred | InDoubt) -> None:
        """Stop the round when one connection after another breaks; an answer, even a bad one, is no break."""
        broken = isinstance(trouble, (Dropped, InDoubt))
        self.troubles_in_a_row = self.troubles_in_a_row + 1 if broken else 0
        if self.troubles_in_a_row == TROUBLES_IN_A_ROW:
            self.stopped = str(trouble)

    def end_untried(self, message: OutboxMessage, state: MessageState, words: str | None) -> None:
        """End a message that cannot be, or need no longer be, handed over."""
        self.settle(message, state, server_said=words, tries=message.tries)

    def settle(self, message: OutboxMessage, state: MessageState, **values: Any) -> None:
        """Write the end of a message. A sign-in link is forgotten: it was for one pair of eyes."""
        self.counts[state.name.lower()] += 1
        if message.template is Template.SIGN_IN:
            values["details"] = None
        self.write(message, state=state, **({"tries": message.tries + 1} | values))

    def write(self, message: OutboxMessage, **values: Any) -> None:
        """Write how a message stands, and give up the claim; `values` say what stays of `begin`."""
        as_before = {name: getattr(message, name) for name in ("tries", "possibly_repeated", "message_id")}
        self.claims.change(message.id, FREE | as_before | values)


def wait_after(tries: int) -> timedelta:
    """How long a message waits after its first, second ... try."""
    return timedelta(minutes=MINUTES_TO_WAIT[min(tries, len(MINUTES_TO_WAIT)) - 1])


def new_message_id(sender: str) -> str:
    """A Message-ID that no other message has, at the sender's domain."""
    return f"<{secrets.token_hex(16)}@{sender.rpartition('@')[2]}>"


def has_expired(message: OutboxMessage, now: datetime) -> bool:
    """Whether a message carries a sign-in link that no longer holds."""
    if message.template is not Template.SIGN_IN:
        return False
    return now >= message.queued_at + timedelta(minutes=int((message.details or {}).get("minutes", 0)))


def text_to_keep(message: OutboxMessage, letter: Letter) -> str:
    """The text as the outbox keeps it: whoever may read the outbox must not sign in as somebody else."""
    link = (message.details or {}).get("link") if message.template is Template.SIGN_IN else None
    return letter.text.replace(link, "(the link is not kept)") if link else letter.text


def unwritable(wrong: Exception) -> str:
    """What is said of a letter that cannot be written: only the kind of error, its words may hold names."""
    return f"The letter could not be written ({type(wrong).__name__}). Tell whoever looks after the product."
