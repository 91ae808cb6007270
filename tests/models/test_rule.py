"""How the rules of a framework are read and written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import RuleError
from models.rule import FREQUENCIES, LARGEST_COUNT, MOST_TIMES, Period, Recurrence, Rule, Unit, parse_rule

periods = st.builds(Period, st.integers(1, LARGEST_COUNT), st.sampled_from(Unit), before=st.booleans())
steps = st.builds(
    Period, st.integers(1, LARGEST_COUNT), st.sampled_from([unit for unit in Unit if unit is not Unit.HOURS])
)
recurrences = st.builds(Recurrence, steps, st.integers(1, MOST_TIMES))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("5 working days", Period(5, Unit.WORKING_DAYS)),
        ("1 working day", Period(1, Unit.WORKING_DAYS)),
        ("14 days", Period(14, Unit.DAYS)),
        ("14 calendar days", Period(14, Unit.DAYS)),
        ("2 weeks", Period(2, Unit.WEEKS)),
        ("1 month", Period(1, Unit.MONTHS)),
        ("6 calendar months", Period(6, Unit.MONTHS)),
        ("1 year", Period(1, Unit.YEARS)),
        ("24 hours", Period(24, Unit.HOURS)),
        ("7 working days before", Period(7, Unit.WORKING_DAYS, before=True)),
    ],
)
def test_a_period_is_a_count_and_a_unit(text: str, rule: Rule) -> None:
    assert parse_rule(text) == rule


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("daily, 7 times", Recurrence(Period(1, Unit.DAYS), 7)),
        ("weekly, 3 times", Recurrence(Period(1, Unit.WEEKS), 3)),
        ("fortnightly, 2 times", Recurrence(Period(2, Unit.WEEKS), 2)),
        ("monthly, 4 times", Recurrence(Period(1, Unit.MONTHS), 4)),
        ("monthly 4 times", Recurrence(Period(1, Unit.MONTHS), 4)),
        ("monthly, 1 time", Recurrence(Period(1, Unit.MONTHS), 1)),
        ("every month, 4 times", Recurrence(Period(1, Unit.MONTHS), 4)),
        ("every 3 months, 4 times", Recurrence(Period(3, Unit.MONTHS), 4)),
        ("every 5 working days, 4 times", Recurrence(Period(5, Unit.WORKING_DAYS), 4)),
        ("quarterly, 4 times", Recurrence(Period(3, Unit.MONTHS), 4)),
        ("yearly, 3 times", Recurrence(Period(1, Unit.YEARS), 3)),
        ("annually, 3 times", Recurrence(Period(1, Unit.YEARS), 3)),
        (
            "last working day of each quarter, 4 times",
            Recurrence(FREQUENCIES["quarterly"], 4, on_last_working_day=True),
        ),
        (
            "last working day of every month, 12 times",
            Recurrence(FREQUENCIES["monthly"], 12, on_last_working_day=True),
        ),
        (
            "last working day of the year, 2 times",
            Recurrence(FREQUENCIES["yearly"], 2, on_last_working_day=True),
        ),
    ],
)
def test_a_recurrence_is_a_frequency_and_a_number_of_times(text: str, rule: Rule) -> None:
    assert parse_rule(text) == rule


@pytest.mark.parametrize("text", ["5 Working Days", "  5   working\tdays ", "5 WORKING DAY", "5 working day"])
def test_case_white_space_and_plurals_do_not_matter(text: str) -> None:
    assert parse_rule(text) == Period(5, Unit.WORKING_DAYS)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (Period(5, Unit.WORKING_DAYS), "5 working days"),
        (Period(1, Unit.MONTHS), "1 month"),
        (Period(7, Unit.WORKING_DAYS, before=True), "7 working days before"),
        (Recurrence(Period(1, Unit.MONTHS), 4), "monthly, 4 times"),
        (Recurrence(Period(2, Unit.MONTHS), 1), "every 2 months, 1 time"),
        (
            Recurrence(FREQUENCIES["quarterly"], 4, on_last_working_day=True),
            "last working day of each quarter, 4 times",
        ),
    ],
)
def test_a_rule_is_written_in_its_canonical_words(rule: Rule, text: str) -> None:
    assert str(rule) == text


@given(periods | recurrences)
def test_a_rule_reads_back_as_it_was_written(rule: Rule) -> None:
    assert parse_rule(str(rule)) == rule


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "5",
        "working days",
        "5 bank days",
        "5 working weeks",
        "five working days",
        "1.5 days",
        "5 calendar hours",
        "5 days after",
        "monthly",
        "hourly, 3 times",
        "last working day of each week, 3 times",
        "last working day of each quarter",
        "9" * 5000 + " days",
    ],
)
def test_what_is_not_a_rule_is_refused_with_examples_of_rules(text: str) -> None:
    with pytest.raises(RuleError, match=r'is not a rule the clock can read: write .* "5 working days"'):
        parse_rule(text)


@pytest.mark.parametrize("text", ["0 working days", "-5 working days", "100000 working days"])
def test_a_count_that_cannot_be_counted_is_refused_with_the_range(text: str) -> None:
    with pytest.raises(RuleError, match=r"^A rule counts from 1 to 99,999 working days, not "):
        parse_rule(text)


@pytest.mark.parametrize("text", ["monthly, 0 times", "monthly, -1 times", "monthly, 1000 times"])
def test_a_recurrence_comes_a_sensible_number_of_times(text: str) -> None:
    with pytest.raises(RuleError, match=r"^A recurrence comes from 1 to 999 times, not "):
        parse_rule(text)


@pytest.mark.parametrize("text", ["every 6 hours, 4 times", "every 2 days before, 4 times"])
def test_nothing_recurs_by_the_hour_or_backwards(text: str) -> None:
    with pytest.raises(RuleError, match=r"^Nothing can recur every "):
        parse_rule(text)


def test_only_months_quarters_and_years_have_a_last_working_day() -> None:
    with pytest.raises(RuleError, match=r'^"2 weeks" has no last working day'):
        Recurrence(FREQUENCIES["fortnightly"], 4, on_last_working_day=True)


def test_a_refusal_is_one_line_however_much_was_typed() -> None:
    with pytest.raises(RuleError) as refusal:
        parse_rule("as soon as\nit is reasonably practicable, " * 40)
    assert "\n" not in str(refusal.value)
    assert len(str(refusal.value)) < 300
