"""What starts a clock, and on which day it falls in London."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.clock import LONDON, london_day, read_date, read_trigger
from casework.clock.london import clock_change, in_london, london_time
from casework.clock.trigger import ISO
from models.errors import RuleError


def test_a_date_is_read_as_a_date() -> None:
    assert read_trigger(" 2024-01-08 ") == date(2024, 1, 8)
    assert type(read_trigger("2024-01-08")) is date


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2024-01-08T18:00", datetime(2024, 1, 8, 18, tzinfo=UTC)),
        ("2024-07-08T18:00", datetime(2024, 7, 8, 17, tzinfo=UTC)),
        ("2024-07-08T18:00:30", datetime(2024, 7, 8, 17, 0, 30, tzinfo=UTC)),
        ("2024-07-08T18:00Z", datetime(2024, 7, 8, 18, tzinfo=UTC)),
        ("2024-07-08T18:00+05:30", datetime(2024, 7, 8, 12, 30, tzinfo=UTC)),
    ],
)
def test_a_time_without_an_offset_is_a_time_in_london(text: str, instant: datetime) -> None:
    read = read_trigger(text)
    assert isinstance(read, datetime)
    assert read.astimezone(UTC) == instant


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-07-01T22:59Z", date(2024, 7, 1)),
        ("2024-07-01T23:00Z", date(2024, 7, 2)),
        ("2024-01-01T23:59Z", date(2024, 1, 1)),
        ("2024-01-01T23:30-05:00", date(2024, 1, 2)),
        ("2024-07-01T23:30", date(2024, 7, 1)),
        ("2024-07-01", date(2024, 7, 1)),
    ],
)
def test_an_instant_falls_on_its_day_in_london(text: str, day: date) -> None:
    assert london_day(read_trigger(text)) == day


@pytest.mark.parametrize("text", ["08/01/2024", "8/1/2024", "8.1.2024", "08-01-2024"])
def test_a_british_date_is_refused_with_the_iso_form_to_write(text: str) -> None:
    with pytest.raises(RuleError, match="if 8 January 2024 is meant, write 2024-01-08"):
        read_trigger(text)


@pytest.mark.parametrize(
    "text",
    ["", "today", "2024", "2024-1-8", "20240108", "2024-W02-1", "2024-01-08 18:00", "01/31/2024", "T18:00"],
)
def test_anything_but_an_iso_date_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(RuleError, match="write the year first, as in 2024-01-08"):
        read_trigger(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2024-02-30", "February 2024 has 29 days. Write one of them, such as 2024-02-29."),
        ("2023-02-29", "February 2023 has 28 days. Write one of them, such as 2023-02-28."),
        ("2024-04-00", "April 2024 has 30 days. Write one of them, such as 2024-04-30."),
        ("2024-13-01", "there is no month 13. If 13 January 2024 is meant, write 2024-01-13."),
        ("2024-31-12", "there is no month 31. If 31 December 2024 is meant, write 2024-12-31."),
        ("2024-13-31", "there is no month 13. Write year, month and day, as in 2024-01-08."),
        ("2024-00-10", "there is no month 00. Write year, month and day, as in 2024-01-08."),
        ("0000-01-01", "there is no year 0000. Write year, month and day, as in 2024-01-08."),
        ("2024-01-08T25:00", "a day goes from 00:00 to 23:59. Write a time as in 2024-01-08T18:00."),
        ("2024-01-08T18:61", "a day goes from 00:00 to 23:59. Write a time as in 2024-01-08T18:00."),
        ("2024-01-08T18:00+99:00", "no clock is +99:00 from Greenwich. Write it as in 2024-01-08T18:00+01:00."),
    ],
)
def test_a_date_that_does_not_exist_is_refused_with_what_is_wrong_and_what_to_write(text: str, why: str) -> None:
    with pytest.raises(RuleError) as refusal:
        read_trigger(text)

    assert str(refusal.value) == f'"{text}" does not exist: {why}'


@given(st.from_regex(ISO, fullmatch=True))
def test_whatever_is_written_in_that_form_is_read_or_refused_with_what_to_write(text: str) -> None:
    said = refusal_of(text)

    assert said is None or "write " in said.lower()


def refusal_of(text: str) -> str | None:
    """The sentence with which a text is refused; None where it is read."""
    try:
        read_trigger(text)
    except RuleError as refusal:
        return str(refusal)
    return None


def test_where_a_date_is_wanted_a_time_is_refused_with_its_date() -> None:
    with pytest.raises(RuleError, match="a date is wanted: write 2024-01-08"):
        read_date("2024-01-08T18:00")


def test_a_time_left_out_by_summer_time_is_read_as_if_the_clocks_had_not_moved() -> None:
    left_out = in_london(datetime(2024, 3, 31, 1, 30))  # noqa: DTZ001 -- a time as somebody writes it
    assert london_time(left_out).isoformat() == "2024-03-31T02:30:00+01:00"
    assert clock_change(left_out) == "The clocks went forward over 01:30 that day, so it is read as 02:30 BST."


def test_a_time_that_comes_twice_is_the_first_so_that_no_deadline_is_late() -> None:
    twice = in_london(datetime(2024, 10, 27, 1, 30))  # noqa: DTZ001 -- a time as somebody writes it
    assert twice.astimezone(UTC) == datetime(2024, 10, 27, 0, 30, tzinfo=UTC)
    assert clock_change(twice) == ("The clocks went back that day; 01:30 came twice and is read as the first, BST.")


def test_the_second_of_two_like_times_can_be_meant() -> None:
    second = datetime(2024, 10, 27, 1, 30, tzinfo=LONDON, fold=1)
    assert clock_change(second) == ("The clocks went back that day; 01:30 came twice and is read as the second, GMT.")


def test_an_ordinary_time_an_instant_and_a_date_need_no_word_on_the_clocks() -> None:
    assert clock_change(datetime(2024, 7, 1, 12, tzinfo=LONDON)) is None
    assert clock_change(datetime(2024, 10, 27, 1, 30, tzinfo=timezone(timedelta(hours=1)))) is None
    assert clock_change(date(2024, 3, 31)) is None
