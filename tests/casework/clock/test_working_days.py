"""The working days of England and Wales, by rule and as proclaimed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.clock import PROCLAIMED, Closure, WorkingCalendar, england_and_wales
from models.errors import RuleError

days = st.dates(date(1975, 1, 1), date(2095, 12, 31))
counts = st.integers(1, 400)
calendar = england_and_wales()


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2024, 1, 6), "Saturday"),
        (date(2024, 1, 7), "Sunday"),
        (date(2024, 1, 1), "New Year's Day"),
        (date(2024, 3, 29), "Good Friday"),
        (date(2024, 4, 1), "Easter Monday"),
        (date(2024, 5, 6), "Early May bank holiday"),
        (date(2024, 5, 27), "Spring bank holiday"),
        (date(2024, 8, 26), "Summer bank holiday"),
        (date(2016, 12, 27), "Christmas Day (substitute day)"),
        (date(2022, 9, 19), "State funeral of Queen Elizabeth II"),
        (date(2020, 5, 8), "Early May bank holiday, moved from 4 May"),
        (date(2024, 1, 8), None),
    ],
)
def test_a_closed_day_says_why(day: date, why: str | None) -> None:
    assert calendar.why_closed(day) == why
    assert calendar.is_working(day) == (why is None)


def test_holidays_of_other_parts_of_the_kingdom_are_working_days() -> None:
    assert calendar.is_working(date(2024, 1, 2))  # Scotland
    assert calendar.is_working(date(2024, 3, 18))  # Northern Ireland


def test_the_state_funeral_is_a_working_day_as_known_before_it_was_proclaimed() -> None:
    assert england_and_wales(date(2022, 9, 9)).is_working(date(2022, 9, 19))
    assert not england_and_wales(date(2022, 9, 10)).is_working(date(2022, 9, 19))


@pytest.mark.parametrize("closure", PROCLAIMED, ids=lambda closure: str(closure.day))
def test_every_proclaimed_closure_is_closed_and_the_day_it_was_moved_from_is_not(closure: Closure) -> None:
    assert calendar.why_closed(closure.day) == closure.reason
    if closure.instead_of:
        assert calendar.is_working(closure.instead_of)


@pytest.mark.parametrize(
    "closure", [closure for closure in PROCLAIMED if closure.known_on], ids=lambda closure: str(closure.day)
)
def test_before_a_closure_is_known_its_day_is_a_working_day_and_a_moved_holiday_stands(
    closure: Closure,
) -> None:
    assert closure.known_on is not None
    before = england_and_wales(closure.known_on.replace(year=closure.known_on.year - 1))
    assert before.is_working(closure.day)
    if closure.instead_of:
        assert before.why_closed(closure.instead_of) == closure.why


def test_every_closure_says_where_it_is_known_from() -> None:
    assert [closure for closure in PROCLAIMED if not closure.source] == []
    assert list(PROCLAIMED) == sorted(PROCLAIMED, key=lambda closure: closure.day)


def test_a_closure_proclaimed_later_is_added_and_moves_what_is_counted() -> None:
    closure = Closure(date(2027, 6, 14), "An invented jubilee", date(2027, 3, 1), "invented")
    assert calendar.add(date(2027, 6, 11), 1) == date(2027, 6, 14)
    assert calendar.with_closures(closure).add(date(2027, 6, 11), 1) == date(2027, 6, 15)
    earlier = england_and_wales(date(2027, 2, 28)).with_closures(closure)
    assert earlier.add(date(2027, 6, 11), 1) == date(2027, 6, 14)
    assert calendar.add(date(2027, 6, 11), 1) == date(2027, 6, 14)


@pytest.mark.parametrize(
    ("day", "count", "answer"),
    [
        (date(2024, 1, 5), 1, date(2024, 1, 8)),  # Friday to Monday
        (date(2024, 1, 6), 1, date(2024, 1, 8)),  # Saturday starts at Monday
        (date(2024, 1, 7), 5, date(2024, 1, 12)),  # Sunday: Monday is the first of five
        (date(2024, 1, 8), -1, date(2024, 1, 5)),  # Monday back to Friday
        (date(2024, 1, 6), -1, date(2024, 1, 5)),  # Saturday starts back at Friday
        (date(2024, 12, 31), 1, date(2025, 1, 2)),
        (date(2025, 1, 2), -1, date(2024, 12, 31)),
        (date(2024, 1, 8), 1012, date(2028, 1, 7)),  # four years
    ],
)
def test_working_days_are_counted_from_the_next_one_either_way(day: date, count: int, answer: date) -> None:
    assert calendar.add(day, count) == answer


def test_counting_no_working_days_is_refused() -> None:
    with pytest.raises(RuleError, match="count from 1 onwards, or from -1 backwards"):
        calendar.add(date(2024, 1, 8), 0)


@pytest.mark.parametrize("day", [date(1970, 12, 31), date(2101, 1, 1)])
def test_years_whose_holidays_cannot_be_known_are_refused(day: date) -> None:
    with pytest.raises(RuleError, match=f"working days of {day.year} are not known. .* 1971 to 2100"):
        calendar.is_working(day)


def test_the_first_and_the_last_year_are_known() -> None:
    assert calendar.why_closed(date(1971, 5, 31)) == "Spring bank holiday"
    assert calendar.why_closed(date(2100, 3, 26)) == "Good Friday"


@given(days, counts)
def test_counting_there_and_back_returns_to_a_working_day(day: date, count: int) -> None:
    start = calendar.on_or_after(day)
    assert calendar.add(calendar.add(start, count), -count) == start
    assert calendar.add(calendar.add(start, -count), count) == start


@given(days, counts, counts)
def test_counting_in_two_steps_is_counting_at_once(day: date, first: int, second: int) -> None:
    assert calendar.add(calendar.add(day, first), second) == calendar.add(day, first + second)


@given(days, counts)
def test_as_many_working_days_lie_behind_as_were_counted(day: date, count: int) -> None:
    end = calendar.add(day, count)
    passed = [date.fromordinal(number) for number in range(day.toordinal() + 1, end.toordinal() + 1)]
    assert sum(calendar.is_working(each) for each in passed) == count


@given(days)
def test_the_nearest_working_days_enclose_every_day(day: date) -> None:
    before, after = calendar.on_or_before(day), calendar.on_or_after(day)
    assert before <= day <= after
    assert calendar.is_working(before)
    assert calendar.is_working(after)
    assert (before == day == after) == calendar.is_working(day)


def test_calendars_that_know_the_same_are_equal() -> None:
    assert WorkingCalendar() == england_and_wales()
    assert WorkingCalendar(as_known_on=date(2020, 1, 1)) != england_and_wales()
