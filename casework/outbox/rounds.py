"""The rounds that the calendar asks for: when each was last due, and which was not made then.

This is the one place of their names and times. The worker gives Prefect the schedules that follow from it, and makes up
for what was missed; the dashboard says what was missed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlmodel import Session, select

from casework.clock import london_day, london_moment
from models.record import Heartbeat

WORKER = "worker"  # beats as well, though no calendar asks for it
DELIVER = "deliver"
A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Round:
    """A round by its name; `at` is its time of day in London.

    None when it is made whenever a letter is due, and the worker, which looks all the time, says that none is.

    `grace` is how long after it was due its silence is trouble.
    """

    name: str
    at: time | None
    grace: timedelta

    def last_due(self, instant: datetime) -> datetime:
        """When it was last due, as seen from an instant."""
        return last_time(self.at, instant) if self.at is not None else instant - A_MINUTE


# A daily round that fails is tried again over six minutes; one that no schedule made is made up for after ten.
DAILY, EVERY_MINUTE = timedelta(minutes=30), timedelta(minutes=10)
ROUNDS = (
    Round("end-publication", time(6, 15), DAILY),
    Round("remind", time(6, 30), DAILY),
    Round("escalate", time(6, 45), DAILY),
    Round("digest", time(7, 0), DAILY),
    Round(DELIVER, None, EVERY_MINUTE),
)
WORKER_SILENCE = timedelta(minutes=5)  # it beats twice a minute


def last_time(at: time, instant: datetime) -> datetime:
    """When it was last this time of day in London, as seen from an instant."""
    on = london_day(instant)
    today = london_moment(on, at)
    return today if today <= instant else london_moment(on - timedelta(days=1), at)


def last_beats(session: Session) -> dict[str, datetime]:
    """When each round was last made, and the worker last said that it is there."""
    return dict(session.exec(select(Heartbeat.name, Heartbeat.beat_at)).all())


def missed_rounds(beats: Mapping[str, datetime], as_seen_from: datetime) -> list[Round]:
    """The rounds that were not made when, as seen from an instant, they were last due, or were never made."""
    return [one for one in ROUNDS if one.name not in beats or beats[one.name] < one.last_due(as_seen_from)]


def silent_rounds(beats: Mapping[str, datetime], now: datetime) -> list[Round]:
    """The rounds whose silence is trouble."""
    return [one for one in ROUNDS if one in missed_rounds(beats, now - one.grace)]


def worker_is_silent(beats: Mapping[str, datetime], now: datetime) -> bool:
    """Whether no worker has said for some minutes that it is there."""
    return WORKER not in beats or beats[WORKER] < now - WORKER_SILENCE
