"""The event that starts a clock: a date, a local time or an instant."""

import re
from datetime import UTC, date, datetime
from textwrap import shorten
from zoneinfo import ZoneInfo

from models.errors import RuleError

LONDON = ZoneInfo("Europe/London")

ISO = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"(?P<time>T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
BRITISH = re.compile(r"(?P<day>[0-9]{1,2})[/.-](?P<month>[0-9]{1,2})[/.-](?P<year>[0-9]{4})")


def read_trigger(text: str) -> date | datetime:
    """Read an ISO date, or an ISO time as an aware datetime; without an offset it is a time in London.

    Raises RuleError, with the ISO form where it can be guessed, for anything else and for impossible dates.
    """
    text = text.strip()
    found = ISO.fullmatch(text)
    if found is None:
        raise RuleError(f'"{shorten(text, 40)}" is not a date the clock can read: {_advice(text)}.')
    try:
        return in_london(datetime.fromisoformat(text)) if found["time"] else date.fromisoformat(text)
    except ValueError as impossible:
        raise RuleError(f'"{text}" does not exist: {impossible}; give a real date or time.') from impossible


def read_date(text: str) -> date:
    """Read an ISO date. Raises RuleError for anything else, a time included."""
    found = read_trigger(text)
    if isinstance(found, datetime):
        raise RuleError(f'"{text.strip()}" is a time, and a date is wanted: write {found:%Y-%m-%d}.')
    return found


def in_london(moment: datetime) -> datetime:
    """An aware datetime: one without an offset is a time in London.

    The hour that comes twice when summer time ends is the first one (`fold` says otherwise), so that no
    deadline counted from it is late; the hour left out when it starts is read as if the clocks had not moved.
    """
    return moment if moment.tzinfo else moment.replace(tzinfo=LONDON)


def london_time(moment: datetime) -> datetime:
    """The moment as the clocks in London showed it: never a time that did not exist."""
    return moment.astimezone(UTC).astimezone(LONDON)


def london_day(trigger: date | datetime) -> date:
    """The day on which the trigger fell in London."""
    if not isinstance(trigger, datetime):
        return trigger
    if trigger.tzinfo is LONDON:
        return trigger.date()
    return trigger.astimezone(LONDON).date()


def clock_change(trigger: date | datetime) -> str | None:
    """A sentence for a time in London that the change of the clocks left out or brought twice; else None."""
    if not isinstance(trigger, datetime) or trigger.tzinfo is not LONDON:
        return None
    actual = london_time(trigger)
    if actual.replace(tzinfo=None) != trigger.replace(tzinfo=None):
        return f"The clocks went forward over {trigger:%H:%M} that day, so it is read as {actual:%H:%M %Z}."
    if trigger.utcoffset() != trigger.replace(fold=1 - trigger.fold).utcoffset():
        which = f"the {'second' if trigger.fold else 'first'}, {trigger:%Z}"
        return f"The clocks went back that day; {trigger:%H:%M} came twice and is read as {which}."
    return None


def _advice(text: str) -> str:
    found = BRITISH.fullmatch(text)
    wanted = "write the year first, as in 2024-01-08, or 2024-01-08T18:00 for a time"
    if found is None:
        return wanted
    try:
        meant = date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return wanted
    return f"if {meant.day} {meant:%B %Y} is meant, write {meant.isoformat()}"
