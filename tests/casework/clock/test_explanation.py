"""What a deadline says of itself."""

from datetime import date

import pytest

from casework.clock import deadline, england_and_wales, explain, read_trigger
from models.rule import Roll


def test_working_days_name_the_first_one_what_was_passed_over_and_the_calendar() -> None:
    calendar = england_and_wales(date(2023, 12, 1))
    assert explain(deadline("5 working days", date(2023, 12, 22), calendar=calendar)) == (
        "The trigger is Friday 22 December 2023. The day of the trigger is not counted. "
        "Working day 1 is Wednesday 27 December 2023, "
        "and 5 working days after the trigger is Wednesday 3 January 2024. "
        "Passed over: Monday 25 December 2023, Christmas Day; Tuesday 26 December 2023, Boxing Day; "
        "Monday 1 January 2024, New Year's Day; 4 weekend days. "
        "The last safe working day is Wednesday 3 January 2024. "
        "Working days are those of England and Wales, as they were known on Friday 1 December 2023."
    )


def test_a_trigger_that_is_not_on_a_working_day_is_said_to_be_so() -> None:
    assert explain(deadline("1 working day before", date(2024, 1, 7))) == (
        "The trigger is Sunday 7 January 2024. The day of the trigger is not counted. The trigger is not on a "
        "working day (Sunday). Working day 1 is Friday 5 January 2024, and 1 working day before the trigger is "
        "Friday 5 January 2024. Passed over: 1 weekend day. The last safe working day is Friday 5 January 2024. "
        "Working days are those of England and Wales, with every proclaimed closure that the clock knows of."
    )


def test_a_month_without_the_day_and_a_deadline_that_does_not_roll_are_explained() -> None:
    assert explain(deadline("6 months", date(2017, 3, 31))) == (
        "The trigger is Friday 31 March 2017. The day of the trigger is not counted. 6 months after the trigger "
        "there is no day 31, so it ends on the month's last, Saturday 30 September 2017. Saturday 30 September 2017 "
        "is not a working day (Saturday), and the deadline does not roll. The last safe working day is Friday 29 "
        "September 2017. Working days are those of England and Wales, with every proclaimed closure that the clock "
        "knows of."
    )


def test_a_roll_is_explained() -> None:
    assert (
        "Saturday 30 September 2017 is not a working day (Saturday), "
        "so the deadline rolls to Monday 2 October 2017. Passed over"
    ) not in explain(deadline("6 months", date(2017, 3, 31), roll=Roll.NEXT))
    assert (
        "Passed over: 2 weekend days. Saturday 30 September 2017 is not a working day (Saturday), "
        "so the deadline rolls to Monday 2 October 2017. "
        "The last safe working day is Monday 2 October 2017."
    ) in explain(deadline("6 months", date(2017, 3, 31), roll=Roll.NEXT))


def test_a_recurrence_lists_its_dates_and_says_which_are_not_working_days() -> None:
    assert explain(deadline("monthly, 4 times", date(2014, 1, 31))) == (
        "The trigger is Friday 31 January 2014. The day of the trigger is not counted. The dates are each counted "
        "from the trigger itself, so that they do not drift: Friday 28 February 2014; Monday 31 March 2014; "
        "Wednesday 30 April 2014; Saturday 31 May 2014. A month without a day 31 gives its last day. Saturday 31 "
        "May 2014 is not a working day (Saturday), and the deadline does not roll. The last safe working days are "
        "the dates themselves, save for Friday 30 May 2014. Working days are those of England and Wales, with every "
        "proclaimed closure that the clock knows of."
    )


def test_last_working_days_say_of_what() -> None:
    assert (
        "The dates are the last working days of each calendar quarter, from the first after the trigger: "
        "Thursday 29 March 2018. Passed over: Friday 30 March 2018, Good Friday; 1 weekend day. "
        "The last safe working day is Thursday 29 March 2018."
    ) in explain(deadline("last working day of each quarter, 1 time", date(2018, 1, 1)))


def test_hours_say_what_the_clocks_did() -> None:
    assert explain(deadline("24 hours", read_trigger("2024-03-30T18:00"))) == (
        "The trigger, 2024-03-30T18:00:00+00:00, is 18:00 GMT on Saturday 30 March 2024 in London. "
        "24 hours after the trigger, in elapsed time, is 19:00 BST on Sunday 31 March 2024. "
        "The clocks change in between. "
        "Hours run on through nights, weekends and holidays: there is no roll and no last safe working day."
    )


@pytest.mark.parametrize(
    ("trigger", "sentence"),
    [
        ("2024-03-31T01:30", "The clocks went forward over 01:30 that day, so it is read as 02:30 BST."),
        (
            "2024-10-27T01:30",
            "The clocks went back that day; 01:30 came twice and is read as the first, BST.",
        ),
    ],
)
@pytest.mark.parametrize("rule", ["1 hour", "5 working days"])
def test_a_local_time_that_the_change_of_the_clocks_upsets_is_explained(rule: str, trigger: str, sentence: str) -> None:
    assert sentence in explain(deadline(rule, read_trigger(trigger)))


def test_an_instant_names_its_day_in_london() -> None:
    assert (
        "The trigger, 2024-07-01T23:30:00+00:00, is 00:30 BST on Tuesday 2 July 2024 in London. "
        "The day of the trigger is not counted. 1 day after the trigger is Wednesday 3 July 2024."
    ) in explain(deadline("1 day", read_trigger("2024-07-01T23:30Z")))
