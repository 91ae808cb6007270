"""Days, times and lengths of time in the words that people read: always English, whatever the machine speaks.

An instant is told as the clocks in London show it.
"""

from datetime import date, datetime, time
from functools import lru_cache

import pendulum

from casework.clock.london import london_time

REMEMBERED = 4096


@lru_cache(REMEMBERED)
def written(value: date | time, pattern: str) -> str:
    """A day, time or instant in a pattern of pendulum's."""
    local = london_time(value) if isinstance(value, datetime) else value
    return pendulum.instance(local).format(pattern, locale="en")


def day(value: date | None) -> str:
    """ "6 May 2014"; nothing for no day."""
    return written(value, "D MMMM YYYY") if value is not None else ""


def spoken(value: date) -> str:
    """ "Monday 8 January 2024"."""
    return written(value, "dddd D MMMM YYYY")


def day_and_month(value: date) -> str:
    """ "8 January"."""
    return written(value, "D MMMM")


def month(value: date) -> str:
    """ "January 2024"."""
    return written(value, "MMMM YYYY")


def clock_time(value: time | datetime) -> str:
    """ "18:00"."""
    return written(value, "HH:mm")


def moment(value: datetime) -> str:
    """ "18:00 GMT on Monday 8 January 2024"."""
    return f"{clock_time(value)} {london_time(value).tzname()} on {spoken(value)}"


def time_on_day(value: datetime) -> str:
    """ "18:00 on Monday 8 January 2024"."""
    return f"{clock_time(value)} on {spoken(value)}"


def day_at_time(value: datetime | None) -> str:
    """ "8 January 2024 at 6:00pm"; nothing for no instant."""
    return f"{day(value)} at {written(value, 'h:mmA').lower()}" if value is not None else ""


def meeting_time(on: date, begins: time, ends: time) -> str:
    """ "Tuesday 4 February 2020, 10:00 to 12:30"."""
    return f"{spoken(on)}, {clock_time(begins)} to {clock_time(ends)}"


def days(number: int) -> str:
    """ "1 day", "2 days"."""
    return f"{number} day" if number == 1 else f"{number} days"


def days_from(today: date, value: date) -> int:
    """How many days lie between today and another day: less than none where that day has passed."""
    return pendulum.instance(today).diff(value, abs=False).in_days()


def how_far(value: date, today: date) -> str:
    """How far a day is from today: "today", "tomorrow", "in 5 days", "yesterday", "5 days ago"."""
    away = days_from(today, value)
    if near := {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(away):
        return near
    return f"in {days(away)}" if away > 0 else f"{days(-away)} ago"


def due_label(value: date | None, today: date) -> str:
    """What stands before a deadline: "Due", or "Was due" once it has passed."""
    return "Was due" if value is not None and value < today else "Due"
