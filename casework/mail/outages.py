"""The times in which the mail server takes nothing from us, so that everybody can see since when, and why."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from casework.store import Store
from models.record import MailOutage
from models.tables import table_of
from models.vocabulary import OutageCause

OUTAGE = table_of(MailOutage)
GOING_ON = col(MailOutage.ended_at).is_(None)


def note_outage(store: Store, cause: OutageCause, words: str, *, now: datetime) -> None:
    """Keep when the outage that goes on began, and what the server says now."""
    said = {"cause": cause, "words": words}
    with store.transaction(flushed=False) as session:
        if session.connection().execute(update(OUTAGE).where(GOING_ON).values(said)).rowcount == 0:
            session.add(MailOutage(began_at=now, cause=cause, words=words))


def note_recovery(store: Store, *, now: datetime) -> None:
    """The server takes messages, or at least speaks about them: whatever outage went on is over."""
    with store.reading() as session:
        goes_on = outage(session) is not None
    if goes_on:
        with store.transaction(flushed=False) as session:
            session.connection().execute(update(OUTAGE).where(GOING_ON).values(ended_at=now))


def outage(session: Session) -> MailOutage | None:
    """The outage that goes on now."""
    return session.exec(select(MailOutage).where(GOING_ON).order_by(col(MailOutage.began_at))).first()


def past_outages(session: Session, *, shown: int) -> Sequence[MailOutage]:
    """Those that are over, the latest first."""
    over = select(MailOutage).where(~GOING_ON).order_by(col(MailOutage.began_at).desc())
    return session.exec(over.limit(shown)).all()
