"""Whether the scheduled rounds are made: what delivers e-mail, reminds, and ends publication periods."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlmodel import Session, select

from models.record import Heartbeat

LONGEST_SILENCE: Mapping[str, timedelta] = {
    "deliver": timedelta(minutes=10),  # made every minute
    "remind": timedelta(hours=26),  # made every morning
    "end-publication": timedelta(hours=26),
}
WHAT_WAITS = {
    "deliver": "E-mails that had to wait are not sent",
    "remind": "Nobody is reminded of deadlines",
    "end-publication": "Publication periods that are over do not end",
}


def last_beats(session: Session) -> dict[str, datetime]:
    """When each round was last made."""
    return dict(session.exec(select(Heartbeat.name, Heartbeat.beat_at)).all())


def silent_rounds(beats: Mapping[str, datetime], *, since: datetime, now: datetime) -> list[str]:
    """The rounds that are overdue; one not made yet counts from when the dashboard was started, `since`."""
    return [name for name, limit in LONGEST_SILENCE.items() if now - max(beats.get(name, since), since) > limit]
