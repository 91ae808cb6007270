"""The statutory clock: what a rule makes of a trigger, and why.

Nothing here knows a review or today’s date: whatever depends on today is given it.
"""

from casework.clock.closures import PROCLAIMED, Closure
from casework.clock.deadline import Deadline, deadline
from casework.clock.explanation import explain, in_full
from casework.clock.london import LONDON, london_day, london_moment, london_time
from casework.clock.skipping import Skipped
from casework.clock.trigger import read_date, read_trigger
from casework.clock.wording import moment, spoken
from casework.clock.working_days import WorkingCalendar, england_and_wales

__all__ = [
    "LONDON",
    "PROCLAIMED",
    "Closure",
    "Deadline",
    "Skipped",
    "WorkingCalendar",
    "deadline",
    "england_and_wales",
    "explain",
    "in_full",
    "london_day",
    "london_moment",
    "london_time",
    "moment",
    "read_date",
    "read_trigger",
    "spoken",
]
