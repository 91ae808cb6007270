"""The date by which something must happen, and why it is that date."""

import datetime as dt
from dataclasses import dataclass, field

from casework.clock.counting import counted, elapsed, rolled
from casework.clock.london import in_london, london_day
from casework.clock.skipping import Skipped, skipped
from casework.clock.working_days import WorkingCalendar, check_year, england_and_wales
from models.errors import RuleError
from models.rule import Period, Recurrence, Roll, Rule, Unit, parse_rule


@dataclass(frozen=True, slots=True)
class Deadline:
    """What a rule makes of a trigger.

    `due` is a date; an aware datetime in London for hours; a tuple of dates for a recurrence. `trigger` is a
    date or an aware datetime. `last_safe_working_day` is the last working day on which somebody can still act
    in time; None for hours, and for a recurrence, whose dates have one each (`last_safe_working_days`).
    """

    rule: Rule
    trigger: dt.date | dt.datetime
    due: dt.date | dt.datetime | tuple[dt.date, ...]
    last_safe_working_day: dt.date | None
    roll: Roll
    calendar: WorkingCalendar = field(repr=False)

    @property
    def dates(self) -> tuple[dt.date, ...]:
        """`due` as dates in London, one or more."""
        return self.due if isinstance(self.due, tuple) else (london_day(self.due),)

    @property
    def last_safe_working_days(self) -> tuple[dt.date, ...]:
        """The last safe working day of every date, in order; none for hours."""
        if isinstance(self.due, dt.datetime):
            return ()
        return tuple(self.calendar.on_or_before(date) for date in self.dates)

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """The weekends and holidays that were passed over in counting and rolling, in order."""
        return skipped(self.rule, london_day(self.trigger), self.dates, self.calendar)


def deadline(
    rule: Rule | str,
    trigger: dt.date | dt.datetime,
    *,
    roll: Roll = Roll.NONE,
    calendar: WorkingCalendar | None = None,
) -> Deadline:
    """Count a rule from its trigger. The day of the trigger is not counted; nothing rolls unless asked.

    A datetime without an offset is a time in London, and one with an offset falls on its day in London. The
    calendar is that of England and Wales, as far as it is known so far, unless another is given.
    Raises RuleError for a rule that cannot be read and for dates outside 1971 to 2100.
    """
    if isinstance(rule, str):
        rule = parse_rule(rule)
    if calendar is None:
        calendar = england_and_wales()
    check_year(trigger.year)
    if isinstance(trigger, dt.datetime):
        trigger = in_london(trigger)
    if isinstance(rule, Period) and rule.unit is Unit.HOURS:
        return Deadline(rule, trigger, _after_hours(rule, trigger, roll), None, roll, calendar)
    dates = tuple([rolled(date, roll, calendar) for date in counted(rule, london_day(trigger), calendar)])
    if isinstance(rule, Recurrence):
        return Deadline(rule, trigger, dates, None, roll, calendar)
    return Deadline(rule, trigger, dates[0], calendar.on_or_before(dates[0]), roll, calendar)


def _after_hours(rule: Period, trigger: dt.date | dt.datetime, roll: Roll) -> dt.datetime:
    if not isinstance(trigger, dt.datetime):
        raise RuleError(
            f'"{rule}" counts from a moment, and {trigger.isoformat()} is a whole day. Give the time too, as in '
            f"{trigger.isoformat()}T18:00."
        )
    if roll is not Roll.NONE:
        raise RuleError(f'"{rule}" is elapsed time, which cannot roll to a working day. Leave the roll at none.')
    return elapsed(rule, trigger)
