"""The days a count passes over."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from casework.clock.counting import counted, end_of_span
from casework.clock.working_days import WorkingCalendar
from models.rule import Period, Rule, Unit

ONE_DAY = dt.timedelta(days=1)


class Skipped(NamedTuple):
    """A day passed over, and why: "Sunday", "Good Friday"."""

    date: dt.date
    why: str


def skipped(rule: Rule, day: dt.date, dates: tuple[dt.date, ...], calendar: WorkingCalendar) -> tuple[Skipped, ...]:
    """The closed days passed over between the trigger's `day` and the rule's `dates`, in order, each once.

    Calendar days, weeks, months, years and hours pass over nothing unless they roll.
    """
    spans = [*_spans_counted(rule, day, dates, calendar), *_spans_rolled(rule, day, dates, calendar)]
    found = {date: why for first, last in spans for date, why in _closed_within(first, last, calendar)}
    return tuple(Skipped(*item) for item in sorted(found.items()))


def _spans_counted(
    rule: Rule, day: dt.date, dates: tuple[dt.date, ...], calendar: WorkingCalendar
) -> Iterator[tuple[dt.date, dt.date]]:
    """What counting passed over: first and last day, both included. A working day at an end does no harm."""
    every = rule if isinstance(rule, Period) else rule.every
    if every.unit is Unit.WORKING_DAYS:
        last = counted(rule, day, calendar)[-1]
        yield (last, day - ONE_DAY) if every.before else (day + ONE_DAY, last)
    elif not isinstance(rule, Period) and rule.on_last_working_day:
        yield from ((date, end_of_span(every, date)) for date in dates)


def _spans_rolled(
    rule: Rule, day: dt.date, dates: tuple[dt.date, ...], calendar: WorkingCalendar
) -> Iterator[tuple[dt.date, dt.date]]:
    """What rolling passed over, the day rolled away from included."""
    every = rule if isinstance(rule, Period) else rule.every
    if every.unit is Unit.HOURS:
        return
    for before, after in zip(counted(rule, day, calendar), dates, strict=True):
        if before != after:
            yield min(before, after), max(before, after)


def _closed_within(first: dt.date, last: dt.date, calendar: WorkingCalendar) -> Iterator[tuple[dt.date, str]]:
    for number in range((last - first).days + 1):
        date = first + number * ONE_DAY
        if why := calendar.why_closed(date):
            yield date, why
