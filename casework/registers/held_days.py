"""A hold moves no deadline. This says what the date would be if the days on hold were added, so that both are seen."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from casework.clock import england_and_wales
from models.errors import RuleError
from models.review import Hold
from models.rule import Unit, parse_rule

ONE_DAY = timedelta(days=1)


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
    """A deadline and the date it would be `with_days`; `foreseen` says that days of a hold still to come are in it.

    `days` are working days where the deadline is counted in those (`working`), and calendar days otherwise.
    """

    due_on: date
    with_days: date
    days: int
    foreseen: bool
    working: bool = False

    @property
    def length(self) -> str:
        """How long the hold counts, in the unit of the deadline: "1 day", "5 working days"."""
        return f"{self.days} {'working ' if self.working else ''}day{'' if self.days == 1 else 's'}"


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
    spans = spans_on_hold(pauses, opened_on=opened_on, closed_on=closed_on, today=today)
    return sum((ends - begins).days for begins, ends in spans)


def working_days_on_hold(pauses: Iterable[HoldDays], *, opened_on: date, closed_on: date | None, today: date) -> int:
    """The same in working days."""
    working = england_and_wales()
    spans = spans_on_hold(pauses, opened_on=opened_on, closed_on=closed_on, today=today)
    held = (begins + number * ONE_DAY for begins, ends in spans for number in range((ends - begins).days))
    return sum(map(working.is_working, held))


def spans_on_hold(
    pauses: Iterable[HoldDays], *, opened_on: date, closed_on: date | None, today: date
) -> Iterator[tuple[date, date]]:
    """The times on hold in order, none of which overlap: each from its first day up to but not including its last."""
    counted_to = date.min
    for begins, ends in sorted(held_within(pause, opened_on, closed_on, today) for pause in pauses):
        start = max(begins, counted_to)
        if ends > start:
            yield start, ends
            counted_to = ends


def held_within(pause: HoldDays, opened_on: date, closed_on: date | None, today: date) -> tuple[date, date]:
    """The part of a pause that lies between the opening of a stage and its end."""
    ends = pause.ends or today
    if not pause.is_over:
        ends = max(ends, today)
    return max(pause.begins, opened_on), min(ends, closed_on or date.max)


def both_dates(
    due_on: date | None,
    pauses: Sequence[HoldDays],
    *,
    opened_on: date,
    closed_on: date | None = None,
    today: date,
    rule: str | None = None,
) -> BothDates | None:
    """The date by which a stage is due, which a hold never changes, beside what it would be with its days on hold.

    The days count in the unit of the `rule` by which the deadline was counted. None for a stage without a deadline,
    and for one that was never on hold on a day that counts.
    """
    working = counts_working_days(rule)
    count = working_days_on_hold if working else days_on_hold
    days = count(pauses, opened_on=opened_on, closed_on=closed_on, today=today)
    if due_on is None or not days:
        return None
    goes_on = any(not pause.is_over and pause.ends is not None and pause.ends > today for pause in pauses)
    later = england_and_wales().add(due_on, days) if working else due_on + days * ONE_DAY
    return BothDates(due_on, later, days, goes_on, working)


def counts_working_days(rule: str | None) -> bool:
    """Whether a deadline is counted in working days; a date that was agreed is not counted at all."""
    try:
        return rule is not None and getattr(parse_rule(rule), "unit", None) is Unit.WORKING_DAYS
    except RuleError:
        return False
