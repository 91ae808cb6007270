"""Delivering what the outbox holds."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from prefect import task
from prefect.cache_policies import NO_CACHE
from sqlalchemy import ColumnElement, select
from sqlmodel import Session

from casework.delivery.delivery import deliver
from casework.delivery.mailer import mailer_for
from models.record import OutboxMessage
from models.tables import table_of
from models.vocabulary import TO_BE_SENT
from tasks.installation import installation, now
from tasks.redact_errors import redact_errors

OUTBOX = table_of(OutboxMessage)
WAITING = OUTBOX.c.state.in_(TO_BE_SENT)
OF_NO_REVIEW = OUTBOX.c.review_id.is_(None)
AT_ONCE = 5000
LEFT_IN_PEACE = timedelta(seconds=30)


@dataclass
class MailServerSeen:
    """What this process last saw of the mail server: while it is away, only the round asks after it."""

    away_until: datetime | None = None

    def is_away(self) -> bool:
        """Whether it is too early to try again."""
        return self.away_until is not None and now() < self.away_until

    def answered(self, *, took_letters: bool) -> None:
        """Remember how a delivery went."""
        self.away_until = None if took_letters else now() + LEFT_IN_PEACE


mail_server = MailServerSeen()


@task(name="deliver", task_run_name="letters: delivered", persist_result=False, cache_policy=NO_CACHE)
def deliver_letters(whose: str, review_id: int | None = None) -> None:
    """Hand over what is due, of one review or of all. What fails waits on its row for its next try."""
    here = installation()
    with redact_errors(f"{whose}: deliver"):
        mailer = mailer_for(here.settings)
        try:
            delivered = deliver(
                here.store,
                mailer,
                settings=here.settings,
                now=now,
                worker=here.worker,
                limit=AT_ONCE,
                review_id=review_id,
            )
        finally:
            mailer.close()
        mail_server.answered(took_letters=delivered.stopped is None)


def reviews_with_letters_due(session: Session) -> set[int]:
    """The reviews of which a letter can go now."""
    due = select(OUTBOX.c.review_id).where(WAITING, OUTBOX.c.next_try_at <= now(), ~OF_NO_REVIEW).distinct()
    return set() if mail_server.is_away() else set(session.connection().execute(due).scalars())


def letters_due(session: Session, *such: ColumnElement[bool]) -> bool:
    """Whether any letter, or any such letter, can go now."""
    due = select(OUTBOX.c.id).where(WAITING, OUTBOX.c.next_try_at <= now(), *such).limit(1)
    return not mail_server.is_away() and session.connection().execute(due).first() is not None
