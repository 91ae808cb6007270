"""E-mails that ought to have gone long ago: since when they wait, how many, and what the mail server has against us."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlmodel import Session

from casework.mail.outages import outage
from casework.mail.outbox import MESSAGE
from models.record import MailOutage
from models.vocabulary import TO_BE_SENT

LONGEST_WAIT = timedelta(minutes=15)  # what is due goes within a minute, where anybody delivers and a server takes it


@dataclass(frozen=True)
class Overdue:
    """So many e-mails that are due and do not go, since then; `outage` where it is the mail server's doing."""

    number: int
    since: datetime
    outage: MailOutage | None


def overdue(session: Session, now: datetime) -> Overdue | None:
    """What has been due for longer than it can take to deliver it. What waits for its hour or its next try is not."""
    waiting = select(func.count(), func.min(MESSAGE.next_try_at)).where(
        MESSAGE.state.in_(TO_BE_SENT), MESSAGE.next_try_at < now - LONGEST_WAIT
    )
    number, since = session.execute(waiting).one()
    return Overdue(number, since, outage(session)) if number else None
