"""A hold moves no deadline. This says what the date would be if the days on hold were added, so that both are seen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from models.review import Hold


@dataclass(frozen=True)
class HoldDays:
    """The days of one hold, without its reason: from `begins`, up to but not including `ends`.

    `ends` is the day on which the review was resumed, or is expected to be; None while that is not known.
    """

    begins: date
    ends: date | None
    is_over: bool = True


@dataclass(frozen=True)
class BothDates:
    """A deadline and the date it would be `with_days`; `foreseen` says that days of a hold still to come are in it."""

    due_on: date
    with_days: date
    days: int
    foreseen: bool


def pauses_of(holds: Iterable[Hold]) -> tuple[HoldDays, ...]:
    """The pauses of a review's holds."""
    return tuple(
        HoldDays(each.held_on, each.resumed_on or each.expected_until, bool(each.resumed_on)) for each in holds
    )


def days_on_hold(pauses: Iterable[HoldDays], *, opened_on: date, closed_on: date | None, today: date) -> int:
    """How many days a stage was on hold after it opened and before it closed; days of two holds count once.

    A hold that goes on counts up to the day on which it is expected to end, or, where that is not known or has
    passed, up to today.
    """
    spans = sorted(held_within(pause, opened_on, closed_on, today) for pause in pauses)
    days, counted_to = 0, date.min
    for begins, ends in spans:
        start = max(begins, counted_to)
        if ends > start:
            days, counted_to = days + (ends - start).days, ends
    return days


def held_within(pause: HoldDays, opened_on: date, closed_on: date | None, today: date) -> tuple[date, date]:
    """The part of a pause that lies between the opening of a stage and its end."""
    ends = pause.ends or today
    if not pause.is_over:
        ends = max(ends, today)
    return max(pause.begins, opened_on), min(ends, closed_on or date.max)


def both_dates(
    due_on: date | None, pauses: Sequence[HoldDays], *, opened_on: date, closed_on: date | None = None, today: date
) -> BothDates | None:
    """The date by which a stage is due, which a hold never changes, beside what it would be with its days on hold.

    None for a stage without a deadline, and for one that was never on hold.
    """
    days = days_on_hold(pauses, opened_on=opened_on, closed_on=closed_on, today=today)
    if due_on is None or not days:
        return None
    goes_on = any(not pause.is_over and pause.ends is not None and pause.ends > today for pause in pauses)
    return BothDates(due_on, due_on + timedelta(days=days), days, goes_on)
