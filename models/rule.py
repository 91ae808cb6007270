"""What a framework says about time: "5 working days", "7 working days before", "monthly, 4 times"."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from textwrap import shorten

from models.errors import RuleError

LARGEST_COUNT = 99_999
MOST_TIMES = 999


class Unit(StrEnum):
    """What a rule counts. Months and years run to the corresponding date; hours are elapsed hours."""

    WORKING_DAYS = "working days"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"
    HOURS = "hours"


class Roll(StrEnum):
    """What happens to a deadline that falls on a day that is not a working day."""

    NONE = "none"
    PREVIOUS = "previous"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time after the trigger or, with `before`, ahead of it. `str()` gives its canonical text.

    Raises RuleError unless `count` is from 1 to 99,999.
    """

    count: int
    unit: Unit
    before: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.count <= LARGEST_COUNT:
            raise RuleError(
                f"A rule counts from 1 to {LARGEST_COUNT:,} {self.unit}, not {self.count}; "
                f'to count backwards say so, as in "5 {self.unit} before".'
            )

    def __str__(self) -> str:
        unit = self.unit if self.count != 1 else self.unit.removesuffix("s")
        return f"{self.count} {unit}{' before' if self.before else ''}"


FREQUENCIES = {
    "daily": Period(1, Unit.DAYS),
    "weekly": Period(1, Unit.WEEKS),
    "fortnightly": Period(2, Unit.WEEKS),
    "monthly": Period(1, Unit.MONTHS),
    "quarterly": Period(3, Unit.MONTHS),
    "yearly": Period(1, Unit.YEARS),
}
ADVERBS = {period: adverb for adverb, period in FREQUENCIES.items()}

CALENDAR_SPANS = {
    "month": FREQUENCIES["monthly"],
    "quarter": FREQUENCIES["quarterly"],
    "year": FREQUENCIES["yearly"],
}
SPAN_NAMES = {period: name for name, period in CALENDAR_SPANS.items()}


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A number of dates, each counted from the trigger itself, so that they do not drift.

    With `on_last_working_day` they are the last working days of the calendar month, quarter or year.
    Raises RuleError for recurrences that count hours or backwards, or come more than 999 times.
    """

    every: Period
    times: int
    on_last_working_day: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.times <= MOST_TIMES:
            raise RuleError(f"A recurrence comes from 1 to {MOST_TIMES} times, not {self.times}.")
        if self.every.before or self.every.unit is Unit.HOURS:
            raise RuleError(f'Nothing can recur every "{self.every}": say days, weeks, months or years onwards.')
        if self.on_last_working_day and self.every not in SPAN_NAMES:
            raise RuleError(f'"{self.every}" has no last working day: say each month, each quarter or each year.')

    def __str__(self) -> str:
        if self.on_last_working_day:
            dates = f"last working day of each {SPAN_NAMES[self.every]}"
        else:
            dates = ADVERBS.get(self.every, f"every {self.every}")
        return f"{dates}, {self.times} {'time' if self.times == 1 else 'times'}"


Rule = Period | Recurrence

PERIOD = re.compile(
    r"(?P<count>-?[0-9]{1,9}) "
    r"(?P<unit>working day|hour|(?:calendar )?(?:day|week|month|year))s?"
    r"(?P<before> before)?"
)
RECURRENCE = re.compile(r"(?P<dates>[^,]+?),? (?P<times>-?[0-9]{1,9}) times?")
LAST_WORKING_DAY = re.compile(r"last working day of (?:each|every|the) (?P<span>month|quarter|year)")


@lru_cache(maxsize=1024)
def parse_rule(text: str) -> Rule:
    """Read a rule, whatever its case, white space and plurals. Raises RuleError when it cannot be read."""
    tidy = " ".join(text.lower().split())
    rule = _period(tidy) or _recurrence(tidy)
    if rule is None:
        raise RuleError(
            f'"{shorten(text, 60)}" is not a rule the clock can read: write a count and a unit, as in '
            '"5 working days", "1 month" or "7 working days before", or a recurrence, as in '
            '"monthly, 4 times" or "last working day of each quarter, 4 times".'
        )
    return rule


def _period(text: str) -> Period | None:
    found = PERIOD.fullmatch(text)
    if found is None:
        return None
    unit = Unit(found["unit"].removeprefix("calendar ") + "s")
    return Period(int(found["count"]), unit, before=found["before"] is not None)


def _recurrence(text: str) -> Recurrence | None:
    found = RECURRENCE.fullmatch(text)
    if found is None:
        return None
    dates, times = found["dates"], int(found["times"])
    if last := LAST_WORKING_DAY.fullmatch(dates):
        return Recurrence(CALENDAR_SPANS[last["span"]], times, on_last_working_day=True)
    every = _frequency(dates)
    return Recurrence(every, times) if every else None


def _frequency(dates: str) -> Period | None:
    """ "monthly", "annually", "every month" and "every 3 months" are frequencies."""
    if dates.startswith("every "):
        length = dates.removeprefix("every ")
        return _period(length) or _period(f"1 {length}")
    return FREQUENCIES.get("yearly" if dates == "annually" else dates)
