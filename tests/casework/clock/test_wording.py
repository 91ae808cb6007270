"""Days, times and lengths of time as people read them, and the traps of pendulum that lie on the way to them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

import pendulum
import pytest

from casework.clock import LONDON, deadline, london_day, london_moment, moment, read_date, spoken
from casework.clock.counting import counted_once
from casework.clock.wording import (
    clock_time,
    day,
    day_and_month,
    day_at_time,
    days,
    days_from,
    due_label,
    how_far,
    meeting_time,
    month,
    time_on_day,
    written,
)
from casework.clock.working_days import england_and_wales
from models.errors import RuleError
from models.rule import Period, Unit

MONDAY = date(2024, 1, 8)
LATE_IN_JULY = datetime(2024, 7, 1, 23, 30, tzinfo=UTC)  # it is already Tuesday 2 July in London


def test_a_day_is_spelt_with_and_without_its_weekday_and_in_parts() -> None:
    assert [day(MONDAY), spoken(MONDAY), day_and_month(MONDAY), month(MONDAY)] == [
        "8 January 2024",
        "Monday 8 January 2024",
        "8 January",
        "January 2024",
    ]
    assert [day(None), day_at_time(None)] == ["", ""]


def test_an_instant_is_told_as_clocks_in_london_show_it() -> None:
    assert day(LATE_IN_JULY) == "2 July 2024"
    assert spoken(LATE_IN_JULY) == "Tuesday 2 July 2024"
    assert moment(LATE_IN_JULY) == "00:30 BST on Tuesday 2 July 2024"
    assert time_on_day(LATE_IN_JULY) == "00:30 on Tuesday 2 July 2024"
    assert day_at_time(LATE_IN_JULY) == "2 July 2024 at 12:30am"
    assert day_at_time(datetime(2024, 1, 8, 12, 5, tzinfo=UTC)) == "8 January 2024 at 12:05pm"
    assert meeting_time(date(2020, 2, 4), time(10), time(12, 30)) == "Tuesday 4 February 2020, 10:00 to 12:30"


@pytest.mark.parametrize("instant", [LATE_IN_JULY, pendulum.instance(LATE_IN_JULY), LATE_IN_JULY.astimezone(LONDON)])
def test_what_the_database_gives_back_and_what_pendulum_makes_read_alike(instant: datetime) -> None:
    assert (london_day(instant), day(instant), clock_time(instant)) == (date(2024, 7, 2), "2 July 2024", "00:30")


def test_the_hour_that_comes_twice_is_told_apart_by_its_zone() -> None:
    first, second = (datetime(2024, 10, 27, 1, 30, tzinfo=LONDON, fold=fold) for fold in (0, 1))

    assert [moment(first), moment(second)] == [
        "01:30 BST on Sunday 27 October 2024",
        "01:30 GMT on Sunday 27 October 2024",
    ]


@pytest.fixture
def german() -> Iterator[None]:
    """A program that speaks German, until the test is over; nothing is remembered of before."""
    written.cache_clear()
    pendulum.set_locale("de")
    yield
    pendulum.set_locale("en")
    written.cache_clear()


@pytest.mark.usefixtures("german")
def test_words_are_english_whatever_the_machine_speaks() -> None:
    assert pendulum.date(2024, 1, 8).format("dddd") == "Montag"
    assert spoken(MONDAY) == "Monday 8 January 2024"
    assert day_at_time(LATE_IN_JULY) == "2 July 2024 at 12:30am"


def test_how_far_a_day_is_has_a_direction() -> None:
    earlier, later = date(2024, 1, 3), date(2024, 3, 31)

    assert pendulum.instance(MONDAY).diff(earlier).in_days() == 5  # without a sign, where none is asked for
    assert [days_from(MONDAY, earlier), days_from(MONDAY, MONDAY), days_from(MONDAY, later)] == [-5, 0, 83]
    assert [how_far(value, MONDAY) for value in (earlier, MONDAY, date(2024, 1, 9), later)] == [
        "5 days ago",
        "today",
        "tomorrow",
        "in 83 days",
    ]
    assert [days(1), days(2), days(0)] == ["1 day", "2 days", "0 days"]
    assert [due_label(value, MONDAY) for value in (earlier, MONDAY, later, None)] == ["Was due", "Due", "Due", "Due"]


def test_a_month_is_added_once_from_the_first_date_or_ends_of_months_drift() -> None:
    calendar, start = england_and_wales(), date(2023, 1, 31)
    in_steps = pendulum.instance(start).add(months=1).add(months=1)

    assert (in_steps.month, in_steps.day) == (3, 28)
    assert counted_once(Period(1, Unit.MONTHS), start, calendar, times=2) == date(2023, 3, 31)
    assert counted_once(Period(6, Unit.MONTHS), date(2023, 8, 31), calendar) == date(2024, 2, 29)


def test_a_day_keeps_the_hour_over_a_change_of_the_clocks_and_24_hours_do_not() -> None:
    ten = london_moment(date(2024, 3, 30), time(10))
    after_hours = deadline("24 hours", ten).due

    assert after_hours == datetime(2024, 3, 31, 10, tzinfo=UTC)
    assert isinstance(after_hours, datetime)
    assert clock_time(after_hours) == "11:00"
    assert clock_time(london_moment(date(2024, 3, 31), time(10))) == "10:00"


def test_a_date_as_the_british_write_it_is_asked_back_and_never_guessed() -> None:
    guessed = pendulum.parse("05/03/2026", strict=False)

    assert isinstance(guessed, datetime)
    assert (guessed.day, guessed.month) == (3, 5)
    with pytest.raises(RuleError, match=r"if 5 March 2026 is meant, write 2026-03-05"):
        read_date("05/03/2026")


def test_the_zone_has_the_rules_of_the_machine_s_own_library() -> None:
    assert LONDON.key == "Europe/London"
    assert pendulum.timezone("Europe/London") is LONDON
