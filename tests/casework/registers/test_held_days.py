"""A hold moves no deadline: what the date would be with the days on hold added stands beside it."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from casework.registers.held_days import BothDates, HoldDays, both_dates, days_on_hold

DUE = date(2020, 6, 1)  # a Monday
OPENED = date(2020, 1, 6)
TODAY = date(2020, 3, 2)
DAYS = st.dates(date(2019, 1, 1), date(2022, 1, 1))


@st.composite
def pauses(draw: st.DrawFn) -> HoldDays:
    begins = draw(DAYS)
    length = timedelta(days=draw(st.integers(0, 400)))
    ends = draw(st.sampled_from([begins + length, None]))
    return HoldDays(begins, ends, draw(st.booleans()) if ends else False)


def over(begins: date, ends: date) -> HoldDays:
    return HoldDays(begins, ends, is_over=True)


def test_the_days_between_hold_and_resumption_are_added() -> None:
    pause = over(date(2020, 2, 3), date(2020, 2, 17))

    assert both_dates(DUE, [pause], opened_on=OPENED, today=TODAY) == BothDates(DUE, date(2020, 6, 15), 14, False)


def test_a_hold_that_goes_on_counts_up_to_today() -> None:
    pause = HoldDays(date(2020, 2, 17), None, is_over=False)

    assert both_dates(DUE, [pause], opened_on=OPENED, today=TODAY) == BothDates(DUE, date(2020, 6, 15), 14, False)


def test_a_hold_that_goes_on_counts_up_to_its_expected_end_where_that_is_known() -> None:
    pause = HoldDays(date(2020, 2, 17), date(2020, 3, 16), is_over=False)

    assert both_dates(DUE, [pause], opened_on=OPENED, today=TODAY) == BothDates(DUE, date(2020, 6, 29), 28, True)


def test_a_hold_that_outlasts_its_expected_end_counts_up_to_today() -> None:
    pause = HoldDays(date(2020, 2, 3), date(2020, 2, 10), is_over=False)

    assert both_dates(DUE, [pause], opened_on=OPENED, today=TODAY) == BothDates(DUE, date(2020, 6, 29), 28, False)


def test_only_the_days_after_the_stage_opened_count() -> None:
    pause = over(date(2020, 1, 1), date(2020, 1, 8))

    assert days_on_hold([pause], opened_on=OPENED, closed_on=None, today=TODAY) == 2


def test_only_the_days_before_the_stage_was_closed_count() -> None:
    pause = over(date(2020, 2, 3), date(2020, 2, 17))

    assert days_on_hold([pause], opened_on=OPENED, closed_on=date(2020, 2, 10), today=TODAY) == 7


def test_consecutive_holds_are_summed() -> None:
    both = [over(date(2020, 2, 3), date(2020, 2, 10)), over(date(2020, 2, 10), date(2020, 2, 12))]

    assert days_on_hold(both, opened_on=OPENED, closed_on=None, today=TODAY) == 9


def test_a_day_within_two_holds_counts_once() -> None:
    both = [over(date(2020, 2, 5), date(2020, 2, 7)), over(date(2020, 2, 3), date(2020, 2, 10))]

    assert days_on_hold(both, opened_on=OPENED, closed_on=None, today=TODAY) == 7


def test_a_deadline_in_working_days_counts_the_days_on_hold_in_working_days() -> None:
    pause = over(date(2026, 11, 30), date(2026, 12, 7))
    opened, due, today = date(2026, 11, 30), date(2026, 12, 21), date(2026, 12, 8)

    both = both_dates(due, [pause], opened_on=opened, today=today, rule="15 working days")

    assert both == BothDates(due, date(2026, 12, 30), 5, False, working=True)
    assert both.length == "5 working days"


def test_a_weekend_on_hold_moves_nothing_that_is_counted_in_working_days() -> None:
    pause = over(date(2026, 12, 5), date(2026, 12, 7))
    due, opened, today = date(2026, 12, 21), date(2026, 11, 30), date(2026, 12, 8)

    assert both_dates(due, [pause], opened_on=opened, today=today, rule="15 working days") is None
    assert both_dates(due, [pause], opened_on=opened, today=today, rule="1 month") == BothDates(
        due, date(2026, 12, 23), 2, False
    )


def test_a_date_that_was_agreed_counts_every_day_on_hold() -> None:
    pause = over(date(2020, 2, 3), date(2020, 2, 17))

    assert both_dates(DUE, [pause], opened_on=OPENED, today=TODAY, rule="date agreed in the review") == BothDates(
        DUE, date(2020, 6, 15), 14, False
    )


def test_a_stage_without_a_deadline_has_no_second_date() -> None:
    assert both_dates(None, [over(date(2020, 2, 3), date(2020, 2, 17))], opened_on=OPENED, today=TODAY) is None


@given(due=DAYS, opened=DAYS, today=DAYS)
def test_without_a_hold_there_is_one_date(due: date, opened: date, today: date) -> None:
    assert both_dates(due, [], opened_on=opened, today=today) is None


@given(due=DAYS, opened=DAYS, today=DAYS, held=st.lists(pauses(), max_size=4))
def test_the_second_date_is_never_earlier_and_the_first_never_moves(
    due: date, opened: date, today: date, held: list[HoldDays]
) -> None:
    both = both_dates(due, held, opened_on=opened, today=today)

    assert both is None or (both.due_on == due and both.with_days == due + timedelta(days=both.days) > due)


@given(opened=DAYS, today=DAYS, held=st.lists(pauses(), max_size=4), more=pauses())
def test_another_hold_never_takes_days_away(opened: date, today: date, held: list[HoldDays], more: HoldDays) -> None:
    def days(these: list[HoldDays]) -> int:
        return days_on_hold(these, opened_on=opened, closed_on=None, today=today)

    assert days(held) <= days([*held, more]) <= days(held) + days([more])


@given(opened=DAYS, today=DAYS, held=st.lists(pauses(), max_size=4))
def test_the_order_of_the_holds_does_not_matter(opened: date, today: date, held: list[HoldDays]) -> None:
    assert days_on_hold(held, opened_on=opened, closed_on=None, today=today) == days_on_hold(
        held[::-1], opened_on=opened, closed_on=None, today=today
    )
