"""A lot of messages made ready to be handed over: their letters, and what ends before it is tried."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from casework.clock.london import london_day
from casework.letters.frames import Letter
from casework.letters.writing import look_up_subjects, write_letter
from casework.links.signed_links import without_answer_links
from casework.outbox.mail_errors import NothingLeftToSay
from casework.outbox.payloads import SignInLetter, payload_of
from casework.record.settings import Settings
from casework.record.store import Store
from models.errors import LearningCycleError
from models.people import Person
from models.record import OutboxMessage
from models.tables import id_of
from models.vocabulary import MessageState

NOT_KEPT = "(the link is not kept)"


@dataclass(frozen=True)
class WrittenMessage:
    """A message with its letter, as it was when it was read; `message_id` is the one it goes under, always."""

    message: OutboxMessage
    address: str
    letter: Letter
    message_id: str

    @property
    def id(self) -> int:
        """The number of its row."""
        return id_of(self.message)

    @property
    def as_sent(self) -> Mapping[str, object]:
        """What the row keeps of a hand-over."""
        letter = self.letter
        text, subject = text_to_keep(self.message, letter), without_answer_links(letter.subject, NOT_KEPT)
        kept = {"subject": subject[:300], "text": text, "fell_back_from": letter.fell_back_from}
        return kept | {"message_id": self.message_id, "tries": self.message.tries + 1}


@dataclass
class Batch:
    """What is to go, and what has ended: each with its state, and the words why."""

    written: list[WrittenMessage] = field(default_factory=list)
    ended: list[tuple[OutboxMessage, MessageState, str | None]] = field(default_factory=list)


def write_batch(store: Store, ids: Sequence[int], *, sender: str, settings: Settings, now: datetime) -> Batch:
    """Read these messages and write their letters, in this order."""
    lot = Batch()
    with store.reading() as session:
        asked = select(OutboxMessage, Person.email).join(Person).where(col(OutboxMessage.id).in_(ids))
        found = {message.id: (message, address) for message, address in session.exec(asked)}
        session.expunge_all()  # they are needed when the session is over, or has been rolled back
        look_up_subjects(session, (message for message, _ in found.values()))
        for message, address in (found[id_] for id_ in ids):
            add_to_batch(session, lot, message, address, sender, settings, now)
    return lot


def add_to_batch(
    session: Session, lot: Batch, message: OutboxMessage, address: str, sender: str, settings: Settings, now: datetime
) -> None:
    """Put a message into the lot with its letter, or among what has ended."""
    try:
        letter = write_letter(session, message, settings=settings, today=london_day(now))
    except NothingLeftToSay:
        lot.ended.append((message, MessageState.RETRACTED, None))
    except Exception as wrong:  # a letter that cannot be written must not stop the others
        session.rollback()
        lot.ended.append((message, MessageState.GIVEN_UP, why_unwritable(wrong)))
    else:
        if has_expired(message, now):
            lot.ended.append(
                (message, MessageState.RETRACTED, None)
            )  # a person who wants to sign in asks for a new one
        else:
            lot.written.append(WrittenMessage(message, address, letter, message.message_id or new_message_id(sender)))


def new_message_id(sender: str) -> str:
    """A Message-ID that no other message has, at the sender's domain."""
    return f"<{secrets.token_hex(16)}@{sender.rpartition('@')[2]}>"


def has_expired(message: OutboxMessage, now: datetime) -> bool:
    """Whether a message carries a sign-in link that no longer holds."""
    sign_in = payload_of(message, SignInLetter)
    return sign_in is not None and now >= message.queued_at + timedelta(minutes=sign_in.minutes)


def text_to_keep(message: OutboxMessage, letter: Letter) -> str:
    """The text as the outbox keeps it: its readers must not sign in, or answer, as somebody else."""
    sign_in = payload_of(message, SignInLetter)
    return without_answer_links(letter.text.replace(sign_in.link, NOT_KEPT) if sign_in else letter.text, NOT_KEPT)


def why_unwritable(wrong: Exception) -> str:
    """What is said of a letter that cannot be written: only the kind of error, because its words may hold names."""
    return f"The letter could not be written ({type(wrong).__name__}). Tell the person who looks after the product."


def without_addresses(trouble: LearningCycleError) -> str:
    """A server's words as they may be kept: one that blocks an address quotes it, and it may be a link to answer by."""
    return without_answer_links(str(trouble), NOT_KEPT)
