"""The working days of England and Wales: by rule, and as proclaimed."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

from casework.clock.closures import PROCLAIMED, Closure
from models.errors import RuleError

FIRST_YEAR = 1971  # the Banking and Financial Dealings Act 1971 says what a bank holiday is
LAST_YEAR = 2100  # as far as `holidays` computes

WEEKEND = {5: "Saturday", 6: "Sunday"}  # by the number of the weekday

OFFICIAL_NAMES = {
    "May Day": "Early May bank holiday",
    "Spring Bank Holiday": "Spring bank holiday",
    "Late Summer Bank Holiday": "Summer bank holiday",
}


class Year(NamedTuple):
    """One year sorted out: why each closed day is closed, and the working days in order."""

    closed: Mapping[date, str]
    working: tuple[date, ...]


@dataclass(frozen=True)
class WorkingCalendar:
    """Which days are working days, as far as it was known on a day (None: all that is known so far).

    A working day is not a Saturday, a Sunday, Christmas Day, Good Friday or a bank holiday in England and
    Wales. Years are sorted out when first asked for. Every method raises RuleError outside 1971 to 2100.
    """

    closures: tuple[Closure, ...] = PROCLAIMED
    as_known_on: date | None = None
    _years: dict[int, Year] = field(default_factory=dict, init=False, repr=False, compare=False)

    def with_closures(self, *closures: Closure) -> "WorkingCalendar":
        """The same calendar with further closures, such as one proclaimed since this release."""
        return replace(self, closures=self.closures + closures)

    def is_working(self, day: date) -> bool:
        """Whether people can be expected to act on that day."""
        return day not in self._year(day.year).closed

    def why_closed(self, day: date) -> str | None:
        """ "Sunday" or the holiday's name; None for a working day."""
        return self._year(day.year).closed.get(day)

    def add(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`, or before it when negative; `day` itself is not counted.

        Counting from a day that is not a working day starts at the next one, or backwards at the one before.
        """
        if count == 0:
            raise RuleError("No working days cannot be counted: count from 1 onwards, or from -1 backwards.")
        year, working = day.year, self._year(day.year).working
        position = bisect_right(working, day) + count - 1 if count > 0 else bisect_left(working, day) + count
        while position >= len(working):
            position -= len(working)
            year, working = year + 1, self._year(year + 1).working
        while position < 0:
            year, working = year - 1, self._year(year - 1).working
            position += len(working)
        return working[position]

    def on_or_before(self, day: date) -> date:
        """That day if it is a working day, else the last one before it."""
        return day if self.is_working(day) else self.add(day, -1)

    def on_or_after(self, day: date) -> date:
        """That day if it is a working day, else the next one."""
        return day if self.is_working(day) else self.add(day, 1)

    def _year(self, year: int) -> Year:
        found = self._years.get(year)
        if found is None:
            found = self._years[year] = self._sorted_out(year)
        return found

    def _sorted_out(self, year: int) -> Year:
        closed = dict(bank_holidays_by_rule(year))
        for closure in self.closures:
            if closure.day.year == year and closure.is_known(self.as_known_on):
                closed[closure.day] = closure.reason
                if closure.instead_of:
                    closed.pop(closure.instead_of, None)
        days = days_of(year)
        closed |= {day: WEEKEND[day.weekday()] for day in days if day.weekday() in WEEKEND}
        return Year(closed, tuple(day for day in days if day not in closed))


@lru_cache(maxsize=64)
def england_and_wales(as_known_on: date | None = None) -> WorkingCalendar:
    """The working days of England and Wales as known on a day; None for all that is known so far."""
    return WorkingCalendar(as_known_on=as_known_on)


@cache
def bank_holidays_by_rule(year: int) -> Mapping[date, str]:
    """What the year's bank holidays would be had nothing been proclaimed, each with its name.

    Source: `holidays`, less the proclaimed days it knows of. Raises RuleError outside 1971 to 2100.
    """
    from holidays import country_holidays  # noqa: PLC0415 -- half a second, which only counting needs

    check_year(year)
    listed = country_holidays("GB", subdiv="ENG", years=year)
    found = {day: official_name(name) for day, name in listed.items()}
    for closure in PROCLAIMED:
        found.pop(closure.day, None)
        if closure.instead_of and closure.instead_of.year == year:
            found[closure.instead_of] = closure.why
    return found


def official_name(name: str) -> str:
    """The government's wording for a name as `holidays` words it."""
    return OFFICIAL_NAMES.get(name, name).replace("(observed)", "(substitute day)")


def check_year(year: int) -> None:
    """Raises RuleError for a year whose working days cannot be known."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise RuleError(f"The working days of {year} are not known. The clock counts from {FIRST_YEAR} to {LAST_YEAR}.")


def days_of(year: int) -> list[date]:
    """Every day of that year, in order."""
    first, following = date(year, 1, 1), date(year + 1, 1, 1)
    return [first + timedelta(days=number) for number in range((following - first).days)]
