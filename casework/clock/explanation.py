"""A deadline in plain English, every step of it, so that an inspector can check it."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from casework.clock.counting import counted
from casework.clock.deadline import Deadline
from casework.clock.london import clock_change, london_day, london_time
from casework.clock.skipping import Skipped
from casework.clock.wording import moment, spoken
from casework.clock.working_days import WorkingCalendar
from models.rule import SPAN_NAMES, Period, Recurrence, Rule, Unit


def explain(deadline: Deadline) -> str:
    """One paragraph by which somebody without a computer can check the date, from the trigger to the calendar."""
    return " ".join(_sentences(deadline))


def in_full(deadline: Deadline) -> dict[str, Any]:
    """Everything as JSON takes it: dates in ISO form, a recurrence's as a list."""
    due, safe = deadline.due, deadline.last_safe_working_day
    return {
        "rule": str(deadline.rule),
        "trigger": deadline.trigger.isoformat(),
        "due": [date.isoformat() for date in due] if isinstance(due, tuple) else due.isoformat(),
        "last_safe_working_day": safe and safe.isoformat(),
        "last_safe_working_days": [date.isoformat() for date in deadline.last_safe_working_days],
        "roll": deadline.roll.value,
        "as_known_on": deadline.calendar.as_known_on and deadline.calendar.as_known_on.isoformat(),
        "skipped": [{"date": skip.date.isoformat(), "why": skip.why} for skip in deadline.skipped],
        "explanation": explain(deadline),
    }


def _sentences(deadline: Deadline) -> Iterator[str]:
    rule, trigger, due, calendar = deadline.rule, deadline.trigger, deadline.due, deadline.calendar
    yield from _starting(trigger)
    if isinstance(due, datetime):
        yield from _elapsing(rule, trigger, due)
        return
    day = london_day(trigger)
    before_roll = counted(rule, day, calendar)
    yield "The day of the trigger is not counted."
    yield from _counting(rule, day, before_roll, calendar)
    yield from _passing_over(deadline.skipped)
    yield from _rolling(before_roll, deadline.dates, calendar)
    yield from _keeping_safe(deadline.dates, deadline.last_safe_working_days)
    yield _relying_on(calendar)


def _starting(trigger: date | datetime) -> Iterator[str]:
    if not isinstance(trigger, datetime):
        yield f"The trigger is {spoken(trigger)}."
        return
    yield f"The trigger, {trigger.isoformat()}, is {moment(trigger)} in London."
    if change := clock_change(trigger):
        yield change


def _elapsing(rule: Rule, trigger: date | datetime, due: datetime) -> Iterator[str]:
    yield f"{_distance(rule)} the trigger, in elapsed time, is {moment(due)}."
    if isinstance(trigger, datetime) and london_time(trigger).utcoffset() != due.utcoffset():
        yield "The clocks change in between."
    yield "Hours run on through nights, weekends and holidays: there is no roll and no last safe working day."


def _counting(rule: Rule, day: date, dates: Sequence[date], calendar: WorkingCalendar) -> Iterator[str]:
    if isinstance(rule, Recurrence):
        yield from _recurring(rule, day, dates)
    elif rule.unit is Unit.WORKING_DAYS:
        yield from _counting_working_days(rule, day, dates[0], calendar)
    elif _is_clamped(rule, day, dates[0]):
        yield (
            f"{_distance(rule)} the trigger there is no day {day.day}, "
            f"so it ends on the month's last, {spoken(dates[0])}."
        )
    else:
        yield f"{_distance(rule)} the trigger is {spoken(dates[0])}."


def _counting_working_days(rule: Period, day: date, end: date, calendar: WorkingCalendar) -> Iterator[str]:
    step = -1 if rule.before else 1
    if why := calendar.why_closed(day):
        yield f"The trigger is not on a working day ({why})."
    yield (f"Working day 1 is {spoken(calendar.add(day, step))}, and {_distance(rule)} the trigger is {spoken(end)}.")


def _recurring(rule: Recurrence, day: date, dates: Sequence[date]) -> Iterator[str]:
    if rule.on_last_working_day:
        span = SPAN_NAMES[rule.every]
        source = f"the last working days of each calendar {span}, from the first after the trigger"
    else:
        source = "each counted from the trigger itself, so that they do not drift"
    yield f"The dates are {source}: {_listed(dates)}."
    if any(_is_clamped(rule.every, day, date) for date in dates) and not rule.on_last_working_day:
        yield f"A month without a day {day.day} gives its last day."


def _passing_over(skipped: Sequence[Skipped]) -> Iterator[str]:
    """Weekends are only counted: a reader who checks has a calendar, but perhaps no list of holidays."""
    weekends = sum(skip.date.weekday() >= 5 for skip in skipped)
    holidays = [f"{spoken(skip.date)}, {skip.why}" for skip in skipped if skip.date.weekday() < 5]
    if weekends:
        holidays.append("1 weekend day" if weekends == 1 else f"{weekends} weekend days")
    if holidays:
        yield f"Passed over: {'; '.join(holidays)}."


def _rolling(before: Sequence[date], after: Sequence[date], calendar: WorkingCalendar) -> Iterator[str]:
    for planned, due in zip(before, after, strict=True):
        why = calendar.why_closed(planned)
        if why and planned == due:
            yield f"{spoken(planned)} is not a working day ({why}), and the deadline does not roll."
        elif why:
            yield f"{spoken(planned)} is not a working day ({why}), so the deadline rolls to {spoken(due)}."


def _keeping_safe(dates: Sequence[date], safe: Sequence[date]) -> Iterator[str]:
    if len(dates) == 1:
        yield f"The last safe working day is {spoken(safe[0])}."
        return
    earlier = [spoken(day) for date, day in zip(dates, safe, strict=True) if date != day]
    if earlier:
        yield f"The last safe working days are the dates themselves, save for {'; '.join(earlier)}."
    else:
        yield "Each is a working day, and its own last safe working day."


def _relying_on(calendar: WorkingCalendar) -> str:
    known = "with every proclaimed closure that the clock knows of"
    if calendar.as_known_on:
        known = f"as they were known on {spoken(calendar.as_known_on)}"
    return f"Working days are those of England and Wales, {known}."


def _is_clamped(period: Period, day: date, end: date) -> bool:
    return period.unit in (Unit.MONTHS, Unit.YEARS) and end.day != day.day


def _distance(rule: Rule) -> str:
    """ "5 working days after", "7 working days before"."""
    return str(rule) if str(rule).endswith(" before") else f"{rule} after"


def _listed(dates: Sequence[date]) -> str:
    return "; ".join(spoken(date) for date in dates)
