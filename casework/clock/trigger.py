"""The event that starts a clock: a date, a local time or an instant."""

import re
from calendar import monthrange
from datetime import date, datetime
from textwrap import shorten

from casework.clock.london import in_london
from casework.clock.wording import day as day_in_words
from casework.clock.wording import month as month_in_words
from models.errors import RuleError

ISO = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"(?P<time>T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?P<offset>Z|[+-][0-9]{2}:?[0-9]{2})?)?"
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
        raise RuleError(f'"{text}" does not exist: {_why_not(text)}') from impossible


def read_date(text: str) -> date:
    """Read an ISO date. Raises RuleError for anything else, a time included."""
    found = read_trigger(text)
    if isinstance(found, datetime):
        raise RuleError(f'"{text.strip()}" is a time, and a date is wanted: write {found.date().isoformat()}.')
    return found


def _why_not(text: str) -> str:
    """Why there is no such date or time, though it is in the ISO form, and what to write."""
    year, month, day = text[:10].split("-")
    if int(year) == 0:
        return f"there is no year {year}. Write year, month and day, as in 2024-01-08."
    if not 1 <= int(month) <= 12:
        meant = _meant(year, day, month)
        how = f"If {meant}" if meant else "Write year, month and day, as in 2024-01-08"
        return f"there is no month {month}. {how}."
    last = date(int(year), int(month), monthrange(int(year), int(month))[1])
    if not 1 <= int(day) <= last.day:
        return f"{month_in_words(last)} has {last.day} days. Write one of them, such as {last.isoformat()}."
    return _why_no_time(text)


def _why_no_time(text: str) -> str:
    """The same, where the date is one."""
    found = ISO.fullmatch(text)
    offset = (found and found["offset"]) or ""
    try:
        datetime.fromisoformat(text.removesuffix(offset))
    except ValueError:
        return "a day goes from 00:00 to 23:59. Write a time as in 2024-01-08T18:00."
    return f"no clock is {offset} from Greenwich. Write it as in 2024-01-08T18:00+01:00."


def _advice(text: str) -> str:
    """What to write in place of what is not in the ISO form."""
    found = BRITISH.fullmatch(text)
    meant = _meant(found["year"], found["month"], found["day"]) if found else None
    return f"if {meant}" if meant else "write the year first, as in 2024-01-08, or 2024-01-08T18:00 for a time"


def _meant(year: str, month: str, day: str) -> str | None:
    """A day that may have been meant, with how to write it; None where there is no such day."""
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return f"{day_in_words(found)} is meant, write {found.isoformat()}"
