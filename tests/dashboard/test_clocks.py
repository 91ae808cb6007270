"""The tag beside a deadline says how it stands."""

from datetime import date

import pytest

from dashboard.clocks import Clock, clock

TUESDAY = date(2014, 5, 6)


@pytest.mark.parametrize(
    ("due", "done", "shown"),
    [
        (None, None, Clock("No deadline set", "grey")),
        (date(2014, 5, 14), None, Clock("On time", "teal")),
        (date(2014, 5, 13), None, Clock("Due in 7 days", "yellow")),
        (date(2014, 5, 7), None, Clock("Due in 1 day", "yellow")),
        (date(2014, 5, 6), None, Clock("Due today", "orange")),
        (date(2014, 5, 5), None, Clock("Overdue by 1 day", "red")),
        (date(2014, 5, 5), date(2014, 5, 5), Clock("Met", "green")),
        (date(2014, 5, 1), date(2014, 5, 3), Clock("2 days late", "magenta")),
    ],
)
def test_a_clock_on_tuesday(due: date | None, done: date | None, shown: Clock) -> None:
    assert clock(due, TUESDAY, done) == shown
