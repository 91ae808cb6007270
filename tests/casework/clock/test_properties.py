"""What holds of every deadline, whatever the rule and the trigger."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.clock import LONDON, Deadline, deadline, england_and_wales, in_full, london_day
from models.rule import Period, Recurrence, Roll, Unit

WHOLE_DAYS = [unit for unit in Unit if unit is not Unit.HOURS]

# Thirty years either way, the longest below, stay within the years that can be counted.
days = st.dates(date(2003, 1, 1), date(2060, 12, 31))
moments = st.datetimes(
    datetime(2003, 1, 1),  # noqa: DTZ001 -- hypothesis adds the time zone itself
    datetime(2060, 12, 31),  # noqa: DTZ001
    timezones=st.just(LONDON),
    allow_imaginary=False,
)
units = st.sampled_from(WHOLE_DAYS)
counts = st.integers(1, 30)
forwards = st.builds(Period, counts, units)
backwards = st.builds(Period, counts, units, before=st.just(True))
rolls = st.sampled_from(Roll)


def due(rule: Period, trigger: date, roll: Roll = Roll.NONE) -> date:
    """The deadline's date, where there is one."""
    found = deadline(rule, trigger, roll=roll).due
    assert isinstance(found, date)
    return found


@given(days, days, forwards | backwards, rolls)
def test_a_later_trigger_never_gives_an_earlier_deadline(one: date, other: date, rule: Period, roll: Roll) -> None:
    earlier, later = sorted((one, other))
    assert due(rule, earlier, roll) <= due(rule, later, roll)


@given(days, units, counts, counts, rolls)
def test_a_longer_period_never_gives_an_earlier_deadline(
    trigger: date, unit: Unit, one: int, other: int, roll: Roll
) -> None:
    shorter, longer = sorted((one, other))
    assert due(Period(shorter, unit), trigger, roll) <= due(Period(longer, unit), trigger, roll)
    ahead, further_ahead = Period(shorter, unit, before=True), Period(longer, unit, before=True)
    assert due(ahead, trigger, roll) >= due(further_ahead, trigger, roll)


@given(days, forwards)
def test_a_deadline_comes_after_its_trigger(trigger: date, rule: Period) -> None:
    assert due(rule, trigger) > trigger
    assert due(rule, trigger, Roll.NEXT) > trigger


@given(days, backwards)
def test_a_deadline_counted_backwards_comes_before_its_trigger(trigger: date, rule: Period) -> None:
    assert due(rule, trigger) < trigger
    assert due(rule, trigger, Roll.PREVIOUS) < trigger


@given(days, counts)
def test_working_days_there_and_back_return_to_a_working_day(day: date, count: int) -> None:
    start = england_and_wales().on_or_after(day)
    there = due(Period(count, Unit.WORKING_DAYS), start)
    assert due(Period(count, Unit.WORKING_DAYS, before=True), there) == start


@given(days, st.integers(1, 1000), st.sampled_from([Unit.DAYS, Unit.WEEKS]))
def test_days_and_weeks_there_and_back_return(day: date, count: int, unit: Unit) -> None:
    assert due(Period(count, unit, before=True), due(Period(count, unit), day)) == day


@given(moments, st.integers(1, 10_000))
def test_hours_are_elapsed_time_there_and_back(moment: datetime, count: int) -> None:
    there = deadline(Period(count, Unit.HOURS), moment).due
    assert isinstance(there, datetime)
    assert there.astimezone(UTC) - moment.astimezone(UTC) == timedelta(hours=count)
    back = deadline(Period(count, Unit.HOURS, before=True), there).due
    assert isinstance(back, datetime)
    assert back.astimezone(UTC) == moment.astimezone(UTC)


@given(days, st.integers(1, 60))
def test_months_end_on_the_corresponding_date_or_on_the_months_last(day: date, count: int) -> None:
    end = due(Period(count, Unit.MONTHS), day)
    assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == count
    assert end.day == day.day or (end.day < day.day and (end + timedelta(days=1)).day == 1)


@given(days, st.integers(1, 4), units, st.integers(1, 9))
def test_the_dates_of_a_recurrence_do_not_drift(day: date, count: int, unit: Unit, times: int) -> None:
    found = deadline(Recurrence(Period(count, unit), times), day).due
    assert found == tuple(due(Period(count * time, unit), day) for time in range(1, times + 1))


@given(days, forwards | backwards, rolls)
def test_the_last_safe_working_day_is_the_last_one_up_to_the_deadline(trigger: date, rule: Period, roll: Roll) -> None:
    found, calendar = deadline(rule, trigger, roll=roll), england_and_wales()
    safe = found.last_safe_working_day
    assert isinstance(found.due, date)
    assert safe is not None
    assert calendar.is_working(safe)
    assert safe <= found.due < calendar.add(safe, 1)


@given(days, forwards | backwards, rolls)
def test_whatever_was_skipped_was_closed_and_lies_on_the_way(trigger: date, rule: Period, roll: Roll) -> None:
    found, calendar = deadline(rule, trigger, roll=roll), england_and_wales()
    assert [skip.why for skip in found.skipped] == [calendar.why_closed(skip.date) for skip in found.skipped]
    if rule.unit is Unit.WORKING_DAYS:
        first, last = sorted((trigger, due(rule, trigger)))
        between = [first + timedelta(days=number) for number in range(1, (last - first).days)]
        assert [skip.date for skip in found.skipped] == [day for day in between if calendar.why_closed(day)]


@given(moments, forwards | backwards)
def test_the_hour_of_the_day_makes_no_difference_to_whole_days(moment: datetime, rule: Period) -> None:
    assert deadline(rule, moment).due == deadline(rule, london_day(moment)).due


@pytest.fixture(scope="module")
def in_time_zone() -> Iterator[Callable[[str], None]]:
    """Sets this machine's time zone, and puts back what it was."""
    with pytest.MonkeyPatch.context() as environment:

        def set_zone(name: str) -> None:
            environment.setenv("TZ", name)
            time.tzset()

        yield set_zone
    time.tzset()


@given(moments, forwards | backwards, st.integers(1, 100))
def test_the_time_zone_of_the_machine_makes_no_difference(
    in_time_zone: Callable[[str], None], moment: datetime, rule: Period, hours: int
) -> None:
    naive = moment.replace(tzinfo=None)

    def found(zone: str) -> list[Deadline]:
        in_time_zone(zone)
        elapsed = Period(hours, Unit.HOURS)
        return [deadline(rule, naive), deadline(rule, moment), deadline(elapsed, naive)]

    at_home = found("Europe/London")
    for zone in ("UTC", "Pacific/Kiritimati", "America/Los_Angeles"):
        abroad = found(zone)
        assert abroad == at_home
        assert [in_full(each) for each in abroad] == [in_full(each) for each in at_home]
