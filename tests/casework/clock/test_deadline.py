"""Deadlines: what a rule makes of a trigger."""

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from casework.clock import (
    LONDON,
    Closure,
    Deadline,
    Skipped,
    deadline,
    england_and_wales,
    explain,
    in_full,
    read_date,
    read_trigger,
)
from models.errors import RuleError
from models.rule import Roll, parse_rule

KNOWN = Path(__file__).with_name("dates.csv").read_text(encoding="utf-8")
ROWS = list(csv.DictReader(KNOWN.splitlines()))


def known(row: dict[str, str]) -> Deadline:
    """The deadline that a row of dates.csv asks for."""
    as_known_on = read_date(row["as_known_on"]) if row["as_known_on"] else None
    return deadline(row["rule"], read_trigger(row["trigger"]), calendar=england_and_wales(as_known_on))


def written(due: date | tuple[date, ...] | None) -> str:
    """A date, several or none as dates.csv writes them."""
    if due is None:
        return ""
    return ";".join(each.isoformat() for each in (due if isinstance(due, tuple) else (due,)))


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['id']} {row['why']}" for row in ROWS])
def test_every_known_date_comes_out_exactly(row: dict[str, str]) -> None:
    found = known(row)
    assert (written(found.due), written(found.last_safe_working_day)) == (
        row["due"],
        row["last_safe_working_day"],
    )


@pytest.mark.parametrize(
    ("rule", "trigger", "due"),
    [
        ("5 working days", date(2024, 1, 6), date(2024, 1, 12)),  # Saturday: Monday is the first day
        ("5 working days", date(2024, 1, 5), date(2024, 1, 12)),  # Friday
        ("2 working days before", date(2024, 1, 7), date(2024, 1, 4)),  # Sunday: Friday is the first day
        ("1 month", date(2024, 1, 31), date(2024, 2, 29)),  # leap year
        ("12 months", date(2024, 2, 29), date(2025, 2, 28)),
        ("1 year", date(2024, 2, 29), date(2025, 2, 28)),
        ("4 years", date(2024, 2, 29), date(2028, 2, 29)),
        ("1 month before", date(2024, 3, 31), date(2024, 2, 29)),
        ("2 weeks", date(2024, 12, 20), date(2025, 1, 3)),
        ("1 week before", date(2024, 1, 3), date(2023, 12, 27)),
    ],
)
def test_a_rule_counts_from_its_trigger_which_is_excluded(rule: str, trigger: date, due: date) -> None:
    assert deadline(rule, trigger).due == due


def test_an_instant_late_in_the_evening_counts_from_the_next_day_in_london() -> None:
    late = datetime(2024, 7, 1, 23, 30, tzinfo=UTC)
    assert deadline("5 working days", late).due == deadline("5 working days", date(2024, 7, 2)).due


def test_a_time_without_an_offset_is_a_time_in_london() -> None:
    naive = datetime(2024, 7, 1, 23, 30)  # noqa: DTZ001 -- a time as somebody writes it
    assert deadline("1 day", naive).due == date(2024, 7, 2)
    assert deadline("1 hour", naive).due == datetime(2024, 7, 2, 0, 30, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("rule", "trigger", "due"),
    [
        ("24 hours", "2024-10-26T18:00", "2024-10-27T17:00:00+00:00"),  # over the end of summer time
        ("24 hours before", "2024-03-31T18:00", "2024-03-30T17:00:00+00:00"),
        ("48 hours", "2024-12-24T09:00", "2024-12-26T09:00:00+00:00"),  # over a holiday
        ("1 hour", "2024-03-31T01:30", "2024-03-31T03:30:00+01:00"),  # a time that does not exist: 02:30 BST
        ("1 hour", "2024-10-27T01:30", "2024-10-27T01:30:00+00:00"),  # the first of two
        ("1 hour", "2024-10-27T01:30+00:00", "2024-10-27T02:30:00+00:00"),  # the second, as its offset says
        ("24 hours", "2024-07-01T23:30Z", "2024-07-03T00:30:00+01:00"),
    ],
)
def test_hours_are_elapsed_hours_whatever_the_clocks_do(rule: str, trigger: str, due: str) -> None:
    assert written(deadline(rule, read_trigger(trigger)).due) == due


def test_hours_cannot_be_counted_from_a_whole_day() -> None:
    with pytest.raises(RuleError, match="Give the time too, as in 2024-01-08T18:00"):
        deadline("24 hours", date(2024, 1, 8))


def test_elapsed_hours_cannot_roll() -> None:
    with pytest.raises(RuleError, match="Leave the roll at none"):
        deadline("24 hours", datetime(2024, 1, 8, tzinfo=UTC), roll=Roll.NEXT)


def test_a_deadline_never_rolls_unless_asked() -> None:
    found = deadline("14 days", date(2014, 12, 18))
    assert found.due == date(2015, 1, 1)  # a bank holiday
    assert found.last_safe_working_day == date(2014, 12, 31)
    assert found.skipped == ()


@pytest.mark.parametrize(("roll", "due"), [(Roll.PREVIOUS, date(2017, 9, 29)), (Roll.NEXT, date(2017, 10, 2))])
def test_a_deadline_rolls_to_a_working_day_when_asked(roll: Roll, due: date) -> None:
    found = deadline("6 months", date(2017, 3, 31), roll=roll)  # Saturday 30 September
    assert (found.due, found.last_safe_working_day) == (due, due)


def test_every_date_of_a_recurrence_rolls_by_itself() -> None:
    found = deadline("monthly, 4 times", date(2014, 1, 31), roll=Roll.NEXT)
    assert found.due == (date(2014, 2, 28), date(2014, 3, 31), date(2014, 4, 30), date(2014, 6, 2))


def test_every_date_of_a_recurrence_has_its_last_safe_working_day() -> None:
    found = deadline("monthly, 4 times", date(2014, 1, 31))  # 31 May is a Saturday
    assert found.last_safe_working_day is None
    assert found.last_safe_working_days == (
        date(2014, 2, 28),
        date(2014, 3, 31),
        date(2014, 4, 30),
        date(2014, 5, 30),
    )


@pytest.mark.parametrize(
    ("rule", "trigger", "due"),
    [
        # the trigger itself is excluded
        (
            "last working day of each month, 2 times",
            date(2024, 1, 31),
            (date(2024, 2, 29), date(2024, 3, 28)),
        ),
        # Sunday 31 March: the month's last working day is behind
        ("last working day of each month, 1 time", date(2024, 3, 31), (date(2024, 4, 30),)),
        ("last working day of each month, 1 time", date(2023, 12, 1), (date(2023, 12, 29),)),
        (
            "last working day of each year, 2 times",
            date(2022, 12, 30),
            (date(2023, 12, 29), date(2024, 12, 31)),
        ),
    ],
)
def test_the_last_working_day_of_a_span_comes_after_the_trigger(
    rule: str, trigger: date, due: tuple[date, ...]
) -> None:
    assert deadline(rule, trigger).due == due


@pytest.mark.parametrize(("as_known_on", "due"), [(9, date(2022, 9, 19)), (10, date(2022, 9, 20))])
def test_a_proclaimed_closure_moves_a_deadline_from_the_day_it_is_known(as_known_on: int, due: date) -> None:
    calendar = england_and_wales(date(2022, 9, as_known_on))
    assert deadline("5 working days", date(2022, 9, 12), calendar=calendar).due == due


def test_a_moved_holiday_moves_a_deadline_from_the_day_it_is_known() -> None:
    before, after = england_and_wales(date(2019, 6, 6)), england_and_wales(date(2019, 6, 7))
    assert deadline("1 working day", date(2020, 5, 1), calendar=before).due == date(2020, 5, 5)
    assert deadline("1 working day", date(2020, 5, 1), calendar=after).due == date(2020, 5, 4)
    assert deadline("1 working day", date(2020, 5, 7), calendar=before).due == date(2020, 5, 8)
    assert deadline("1 working day", date(2020, 5, 7), calendar=after).due == date(2020, 5, 11)


def test_a_board_can_add_closures_of_its_own() -> None:
    own = Closure(date(2024, 12, 27), "The offices are closed", date(2024, 1, 2), "invented")
    calendar = england_and_wales().with_closures(own)
    found = deadline("1 working day", date(2024, 12, 24), calendar=calendar)
    assert found.due == date(2024, 12, 30)
    assert Skipped(date(2024, 12, 27), "The offices are closed") in found.skipped


def test_what_was_skipped_is_listed_with_the_reason() -> None:
    assert deadline("5 working days", date(2023, 12, 22)).skipped == (
        Skipped(date(2023, 12, 23), "Saturday"),
        Skipped(date(2023, 12, 24), "Sunday"),
        Skipped(date(2023, 12, 25), "Christmas Day"),
        Skipped(date(2023, 12, 26), "Boxing Day"),
        Skipped(date(2023, 12, 30), "Saturday"),
        Skipped(date(2023, 12, 31), "Sunday"),
        Skipped(date(2024, 1, 1), "New Year's Day"),
    )


def test_what_was_skipped_backwards_is_listed_too() -> None:
    assert deadline("1 working day before", date(2024, 4, 2)).skipped == (
        Skipped(date(2024, 3, 29), "Good Friday"),
        Skipped(date(2024, 3, 30), "Saturday"),
        Skipped(date(2024, 3, 31), "Sunday"),
        Skipped(date(2024, 4, 1), "Easter Monday"),
    )


def test_days_rolled_over_are_skipped() -> None:
    assert deadline("6 months", date(2017, 3, 31), roll=Roll.NEXT).skipped == (
        Skipped(date(2017, 9, 30), "Saturday"),
        Skipped(date(2017, 10, 1), "Sunday"),
    )


def test_days_between_the_last_working_day_and_the_end_of_its_span_are_skipped() -> None:
    found = deadline("last working day of each quarter, 1 time", date(2018, 1, 1))
    assert found.skipped == (
        Skipped(date(2018, 3, 30), "Good Friday"),
        Skipped(date(2018, 3, 31), "Saturday"),
    )


@pytest.mark.parametrize(
    ("rule", "year"),
    [
        ("99999 years", 2024),
        ("99999 working days", 2024),
        ("every 99999 days, 999 times", 2024),
        ("99999 months before", 2024),
        ("100 years", 2024),
        ("1 day", 1066),
        ("1 day", 9999),
        ("5 working days", 1970),
    ],
)
def test_what_leaves_the_calendar_is_refused(rule: str, year: int) -> None:
    with pytest.raises(RuleError, match=r"is outside the calendar|1971 to 2100"):
        deadline(rule, date(year, 6, 15))


def test_an_instant_at_the_edge_of_time_is_refused() -> None:
    with pytest.raises(RuleError, match="1971 to 2100"):
        deadline("1 hour", datetime.max.replace(tzinfo=UTC))


def test_a_rule_can_be_given_read_or_in_words() -> None:
    assert deadline("1 month", date(2024, 1, 8)) == deadline(parse_rule("1 month"), date(2024, 1, 8))


def test_a_deadline_goes_into_json_whole() -> None:
    found = deadline("1 working day", date(2024, 1, 5))
    assert in_full(found) == {
        "rule": "1 working day",
        "trigger": "2024-01-05",
        "due": "2024-01-08",
        "last_safe_working_day": "2024-01-08",
        "last_safe_working_days": ["2024-01-08"],
        "roll": "none",
        "as_known_on": None,
        "skipped": [{"date": "2024-01-06", "why": "Saturday"}, {"date": "2024-01-07", "why": "Sunday"}],
        "explanation": explain(found),
    }
