"""The days on which people hear of a deadline, by the schedule of its board, and the hours in which they do."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from casework.clock import deadline, england_and_wales, london_moment
from models.profile import Reminders, Schedule, Step
from models.rule import Period, parse_rule
from models.vocabulary import Rung

GATHERED = timedelta(minutes=2)  # so that rounds that come late, one upon the other, still share one e-mail


def notice_days(schedule: Schedule, due_on: date) -> list[date]:
    """The days on which the owner hears of a deadline, in order. None is a quiet one: a deadline on such a day, or a
    day before it, is spoken of on the working day before; a day after it on the next.
    """
    return days_around(schedule.before, schedule.after, due_on)


def days_around(before: tuple[str, ...], after: tuple[str, ...], due_on: date) -> list[date]:
    """The working days that lie so long before a deadline, on it, and so long after it."""
    working = england_and_wales()
    ahead = [working.on_or_before(counted_from_deadline(f"{length} before", due_on)) for length in before]
    return sorted({*ahead, working.on_or_before(due_on), *days_after(after, due_on)})


def days_after(lengths: tuple[str, ...], start: date) -> list[date]:
    """The working days that lie so long after a day."""
    return [england_and_wales().on_or_after(counted_from_deadline(length, start)) for length in lengths]


def planned_days(schedule: Schedule, due_on: date, today: date) -> tuple[tuple[Rung, date], ...]:
    """Who hears when of a deadline that is set today.

    Where it has passed already, its owner hears at once, and both they and the ladder have as long from today as they
    otherwise have from the deadline.
    """
    return days_planned(schedule.before, schedule.after, schedule.ladder, due_on, today)


@lru_cache(maxsize=4096)  # boards have few schedules, and many deadlines that are set on the same day
def days_planned(
    before: tuple[str, ...], after: tuple[str, ...], ladder: tuple[Step, ...], due_on: date, today: date
) -> tuple[tuple[Rung, date], ...]:
    """The days of `planned_days` by the parts of a schedule."""
    if due_on >= today:
        owner = [on for on in days_around(before, after, due_on) if on >= today]
    else:
        owner = sorted({today, *days_after(after, today)})
    start = max(due_on, today)
    climbing = ((step.rung, days_after((step.after,), start)[0]) for step in ladder)
    return (*((Rung.OWNER, on) for on in owner), *climbing)


def notice_rows(schedule: Schedule, due_on: date, today: date, **of: int | str | None) -> list[dict[str, Any]]:
    """The rows of `planned_days`, of one stage, action or answer."""
    return [{**of, "rung": rung, "on_day": on} for rung, on in planned_days(schedule, due_on, today)]


def counted_from_deadline(length: str, due_on: date) -> date:
    """A length of time from a deadline, as a date."""
    rule = parse_rule(length)
    assert isinstance(rule, Period)
    found = deadline(rule, due_on).due
    assert isinstance(found, date)
    return found


def may_hear(reminders: Reminders, on: date, now: datetime) -> bool:
    """Whether people of a board may still hear something on this day: a working day, and it is not too late in it."""
    return england_and_wales().is_working(on) and now <= london_moment(on, reminders.latest)


def hour_to_send(reminders: Reminders, on: date, now: datetime) -> datetime:
    """The moment from which the e-mails of a day may go: the board's hour in London or, when that is past, soon."""
    return max(london_moment(on, reminders.hour), now + GATHERED)


def first_working_days(on: date) -> Iterator[tuple[str, date]]:
    """The week and the month of a day by name, each with its first working day: "2026-W48", "2026-11"."""
    working = england_and_wales()
    year, week, weekday = on.isocalendar()
    yield f"{year}-W{week:02}", working.on_or_after(on - timedelta(days=weekday - 1))
    yield f"{on:%Y-%m}", working.on_or_after(on.replace(day=1))
