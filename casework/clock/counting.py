"""From a trigger to dates: nothing but arithmetic on the calendar."""

from datetime import UTC, date, datetime, timedelta

import pendulum

from casework.clock.london import london_time
from casework.clock.working_days import WorkingCalendar
from models.errors import RuleError
from models.rule import Period, Recurrence, Roll, Rule, Unit


def counted(rule: Rule, day: date, calendar: WorkingCalendar) -> tuple[date, ...]:
    """The rule's dates in order, before any roll: one for a period. `day` itself is not counted."""
    if isinstance(rule, Period):
        return (counted_once(rule, day, calendar),)
    if rule.on_last_working_day:
        return _last_working_days(rule, day, calendar)
    return tuple(counted_once(rule.every, day, calendar, times=time) for time in range(1, rule.times + 1))


def counted_once(period: Period, day: date, calendar: WorkingCalendar, *, times: int = 1) -> date:
    """The date `times` periods from `day`, added at once so that month ends do not drift.

    Months and years run to the corresponding date or, where the month has none, to its last day
    (Dodds v Walker [1981] UKHL). Raises RuleError when it leaves the calendar.
    """
    count = period.count * times * (-1 if period.before else 1)
    if period.unit is Unit.WORKING_DAYS:
        return calendar.add(day, count)
    try:
        moved = pendulum.date(day.year, day.month, day.day).add(**{period.unit.value: count})
    except (OverflowError, ValueError) as beyond:
        raise RuleError(f"{period} from {day.isoformat()} is outside the calendar. Give a shorter time.") from beyond
    return date(moved.year, moved.month, moved.day)


def _last_working_days(rule: Recurrence, day: date, calendar: WorkingCalendar) -> tuple[date, ...]:
    """One more than wanted is looked at: this span's last working day may not come after `day`."""
    spans = range(rule.times + 1)
    found = [calendar.on_or_before(end_of_span(rule.every, day, ahead=ahead)) for ahead in spans]
    return tuple(last for last in found if last > day)[: rule.times]


def end_of_span(span: Period, day: date, *, ahead: int = 0) -> date:
    """The last day of the calendar month, quarter or year that `day` is in, or of one so many spans ahead."""
    months = 12 * span.count if span.unit is Unit.YEARS else span.count
    number = (day.year * 12 + day.month - 1) // months + ahead + 1
    year, month = divmod(number * months, 12)
    return date(year, month + 1, 1) - timedelta(days=1)


def elapsed(period: Period, moment: datetime) -> datetime:
    """The moment so many hours later or earlier, as the clocks in London show it."""
    hours = timedelta(hours=-period.count if period.before else period.count)
    return london_time(moment.astimezone(UTC) + hours)


def rolled(day: date, roll: Roll, calendar: WorkingCalendar) -> date:
    """The day, moved to a working day if the roll asks for that."""
    match roll:
        case Roll.NONE:
            return day
        case Roll.PREVIOUS:
            return calendar.on_or_before(day)
        case Roll.NEXT:
            return calendar.on_or_after(day)
