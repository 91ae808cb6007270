"""What the tests of delivery have in common: a queued outbox, a round of delivering, a process that delivers."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import Session, col, select

from casework.delivery.delivery import DeliveryResult, deliver
from casework.delivery.mailer import mailer_for
from casework.outbox.claims import Claims
from casework.outbox.queueing import queue_letter
from casework.record.settings import Settings
from casework.record.store import Store
from models.people import Person
from models.record import OutboxMessage
from models.review import Review
from models.tables import id_of
from models.vocabulary import Template
from tests.casework.letters.a_case import NOW, TODAY, add_person

ROOT = Path(__file__).resolve().parents[3]


def served_by(settings: Settings, port: int) -> Settings:
    """The same installation with its mail server at this port."""
    return settings.model_copy(
        update={"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_security": "none", "mail_from": "lc@board.example"}
    )


def queue_for(store: Store, *names: str) -> None:
    """Queue one letter to each of these people at board.example, in this order."""
    with store.transaction() as session:
        review_id = a_review(session)
        for name in names:
            queue_letter(
                session,
                key=f"held:{name}",
                template=Template.REVIEW_HELD,
                person_id=a_person(session, f"{name}@board.example"),
                now=NOW,
                review_id=review_id,
            )


def a_review(session: Session) -> int:
    """The one review of these tests."""
    review = session.exec(select(Review)).first()
    if review is None:
        review = Review(
            reference="SCR-LSCBN-2024-01",
            board="northamptonshire",
            type="serious-case-review",
            edition="WT2013",
            launched_on=TODAY,
        )
        session.add(review)
        session.flush()
    return id_of(review)


def a_person(session: Session, email: str) -> int:
    """Whoever has this address."""
    person = session.exec(select(Person).where(Person.email == email)).first()
    return person.id if person and person.id else add_person(session, email)


def delivered(
    store: Store,
    settings: Settings,
    *,
    at: Callable[[], datetime] = lambda: NOW,
    worker: str = "here",
    limit: int = 500,
    review_id: int | None = None,
    seconds: float = 10,
) -> DeliveryResult:
    """One round of delivering."""
    mailer = mailer_for(settings, seconds=seconds)
    try:
        return deliver(store, mailer, settings=settings, now=at, worker=worker, limit=limit, review_id=review_id)
    finally:
        mailer.close()


def claimed(store: Store, *, by: str = "here/1", at: datetime = NOW) -> Sequence[int]:
    """Claim what is due for a round that comes no further; the ids."""
    with store.unflushed.connect() as outcomes:
        return Claims(store, by, outcomes).take(10, None, at)


def messages(store: Store) -> dict[str, OutboxMessage]:
    """Every message of the outbox by the name it is for."""
    with store.reading() as session:
        found = session.exec(select(OutboxMessage, Person).where(col(Person.id) == col(OutboxMessage.person_id)))
        return {person.email.partition("@")[0]: message for message, person in found}


@contextmanager
def delivering(settings: Settings) -> Iterator[subprocess.Popen[bytes]]:
    """A process that delivers; it is killed at the end if it still runs."""
    given = {
        "LEARNING_CYCLE_HOME": str(settings.home),
        "LEARNING_CYCLE_DATABASE_URL": settings.database,
        "LEARNING_CYCLE_SMTP_HOST": str(settings.smtp_host),
        "LEARNING_CYCLE_SMTP_PORT": str(settings.smtp_port),
        "LEARNING_CYCLE_SMTP_SECURITY": settings.smtp_security,
        "LEARNING_CYCLE_MAIL_FROM": settings.mail_from,
        "LEARNING_CYCLE_PUBLIC_URL": settings.address,
    }
    if settings.smtp_ca_file:
        given["LEARNING_CYCLE_SMTP_CA_FILE"] = str(settings.smtp_ca_file)
    command = [sys.executable, "-m", "tests.casework.delivery.deliverer"]
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | given) as process:
        try:
            yield process
        finally:
            process.kill()


def now() -> datetime:
    """The time it is, for tests across processes."""
    return datetime.now(UTC)
