"""The times in which the mail server takes nothing from us: since when, why, and which e-mails wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from casework.outbox.queueing import MESSAGE
from casework.record.store import Store
from models.record import MailOutage
from models.tables import table_of
from models.vocabulary import TO_BE_SENT, OutageCause

LONGEST_WAIT = timedelta(minutes=15)  # what is due goes within a minute, where anybody delivers and a server takes it
OUTAGE = table_of(MailOutage)
GOING_ON = col(MailOutage.ended_at).is_(None)


@dataclass(frozen=True)
class OverdueMail:
    """So many e-mails that are due and do not go, since then; `outage` where it is the mail server's doing."""

    number: int
    since: datetime
    outage: MailOutage | None


def overdue_mail(session: Session, now: datetime) -> OverdueMail | None:
    """What has been due for longer than it can take to deliver it. What waits for its hour or its next try is not."""
    waiting = select(func.count(), func.min(MESSAGE.next_try_at)).where(
        MESSAGE.state.in_(TO_BE_SENT), MESSAGE.next_try_at < now - LONGEST_WAIT
    )
    number, since = session.execute(waiting).one()
    return OverdueMail(number, since, current_outage(session)) if number else None


def note_outage(store: Store, cause: OutageCause, words: str, *, now: datetime) -> None:
    """Keep when the outage that goes on began, and what the server says now."""
    said = {"cause": cause, "words": words}
    with store.transaction(flushed=False) as session:
        if session.connection().execute(update(OUTAGE).where(GOING_ON).values(said)).rowcount == 0:
            session.add(MailOutage(began_at=now, cause=cause, words=words))


def note_recovery(store: Store, *, now: datetime) -> None:
    """The server takes messages, or at least speaks about them: whatever outage went on is over."""
    with store.reading() as session:
        goes_on = current_outage(session) is not None
    if goes_on:
        with store.transaction(flushed=False) as session:
            session.connection().execute(update(OUTAGE).where(GOING_ON).values(ended_at=now))


def current_outage(session: Session) -> MailOutage | None:
    """The outage that goes on now."""
    return session.exec(select_rows(MailOutage).where(GOING_ON).order_by(col(MailOutage.began_at))).first()


def past_outages(session: Session, *, shown: int) -> Sequence[MailOutage]:
    """Those that are over, the latest first."""
    over = select_rows(MailOutage).where(~GOING_ON).order_by(col(MailOutage.began_at).desc())
    return session.exec(over.limit(shown)).all()
