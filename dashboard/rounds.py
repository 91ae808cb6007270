"""Whether what the calendar asks for is made and what is queued goes, in words for those who have to act."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from casework.clock.wording import day_at_time
from casework.delivery.outages import OverdueMail, overdue_mail
from casework.outbox import rounds
from dashboard.presenters.why_not_sent import OUTAGES

WHAT_WAITS = {
    "end-publication": "Publication periods are not being ended",
    "remind": "Nobody is reminded of deadlines",
    "escalate": "Nobody above an owner is told what is long overdue",
    "digest": "Digests are not written",
    "deliver": "E-mails that had to wait are not sent",
}
AFTER_A_START = timedelta(minutes=10)  # what was missed while nothing ran is made up for in this time
TELL = "Tell the person who runs this installation"
THEN_SENT = "Waiting e-mails are then sent automatically."


@dataclass(frozen=True)
class Watched:
    """What is seen of the installation's work: when each round was made, which are silent, and which mail waits.

    Of silence and of mail nothing is known before `judged_from`: the dashboard has just been started.
    """

    beats: Mapping[str, datetime]
    silent: tuple[str, ...] = ()
    worker_is_silent: bool = False
    mail: OverdueMail | None = None
    judged_from: datetime | None = None

    @property
    def is_well(self) -> bool:
        """Whether nobody has to do anything."""
        return not (self.silent or self.worker_is_silent or self.mail)


def watch(session: Session, *, since: datetime, now: datetime) -> Watched:
    """How it stands; of what is late nothing is said soon after the dashboard was started, `since`."""
    beats = rounds.last_beats(session)
    if now < since + AFTER_A_START:
        return Watched(beats, judged_from=since + AFTER_A_START)
    return Watched(
        beats,
        silent=tuple(one.name for one in rounds.silent_rounds(beats, now)),
        worker_is_silent=rounds.worker_is_silent(beats, now),
        mail=overdue_mail(session, now),
    )


def troubles(seen: Watched, now: datetime) -> list[str]:
    """What is the matter and what to do, a paragraph each; nothing when all is well. Each cause is named once."""
    if seen.worker_is_silent:
        by_the_server = [mail_trouble(seen.mail)] if seen.mail and seen.mail.outage else []
        return [worker_trouble(seen.beats.get(rounds.WORKER)), *by_the_server]
    said = [mail_trouble(seen.mail)] if seen.mail else []
    unsaid = [one for one in rounds.ROUNDS if one.name in seen.silent and not (seen.mail and one.at is None)]
    return said + ([round_trouble(unsaid, now)] if unsaid else [])


def worker_trouble(last: datetime | None) -> str:
    """That nothing is done in the background."""
    when = f"since {day_at_time(last)}" if last else "yet"
    return (
        f"The background work has not run {when}: nothing is drafted, sent or reminded. {TELL}: Learning cycle has "
        "to be started again, and worker.log says what stopped it. Anything recorded in the meantime is kept and "
        "carried out then."
    )


def mail_trouble(mail: OverdueMail) -> str:
    """That e-mails wait, since when, and why."""
    e_mails = "One e-mail has" if mail.number == 1 else f"{mail.number:,} e-mails have"
    waits = f"{e_mails} been waiting to be sent since {day_at_time(mail.since)}."
    if mail.outage is None:
        return f"{waits} Nothing delivers e-mails. {TELL}: worker.log says why. {THEN_SENT}"
    what, remedy = OUTAGES[mail.outage.cause]
    return f"{waits} {what}: “{mail.outage.words}”. {TELL} to {remedy}. {THEN_SENT}"


def round_trouble(silent: Sequence[rounds.Round], now: datetime) -> str:
    """What was not done when it was due."""
    waits = [
        f"{WHAT_WAITS[one.name]}{f' (due on {day_at_time(one.last_due(now - one.grace))})' if one.at else ''}."
        for one in silent
    ]
    return f"{' '.join(waits)} {TELL}: worker.log says why. Anything missed is then caught up in one go."
