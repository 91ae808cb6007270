"""What a forecast says, and what it says where it can say nothing."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from casework.clock import spoken


class Outlook(StrEnum):
    """How a date is likely to be kept.

    probably: it will be missed if things go as usual. possibly: if one stage is as slow as the slowest quarter were.
    in-time: neither. not-known: it looks as if in time, but for some stages there is nothing to go by. missed: the
    date has passed.
    """

    PROBABLY = "probably"
    POSSIBLY = "possibly"
    IN_TIME = "in-time"
    NOT_KNOWN = "not-known"
    MISSED = "missed"


@dataclass(frozen=True)
class Forecast:
    """Whether a review will keep its date. Nothing in it names a person or an agency, so that it may go into a letter.

    `target` is the title of the stage whose date it is, `target_stage` its name. `expected_on` is the earliest day
    where `at_least`, because nothing says how long some stage takes. `late_days` is 0 for a date that is kept. `move`
    is the title of the stage that would gain most by being brought forward, `gain` days of it, and `move_stage` its
    name; `move_is_open` says that somebody owes it now. With `slow`, the stage that would cost most if it were slow,
    the date is `slow_on`. `because` says step by step how all that was worked out.
    """

    reference: str
    outlook: Outlook
    target: str
    target_stage: str
    due_on: date
    expected_on: date
    late_days: int
    at_least: bool
    move: str
    move_stage: str
    move_is_open: bool
    gain: int
    slow: str
    slow_on: date
    because: tuple[str, ...]

    @property
    def headline(self) -> str:
        """The forecast in one sentence."""
        due, expected = spoken(self.due_on), spoken(self.expected_on)
        about = "at the earliest on" if self.at_least else "on about"
        match self.outlook:
            case Outlook.MISSED:
                return f"‘{self.target}’ was due on {due}; it is expected {about} {expected}."
            case Outlook.PROBABLY:
                return f"‘{self.target}’ will probably be {days(self.late_days)} late: {about} {expected}, due {due}."
            case Outlook.POSSIBLY:
                slow = f"it would be {spoken(self.slow_on)} if ‘{self.slow}’ were slow"
                return f"‘{self.target}’ is expected {about} {expected}, due {due}; {slow}."
            case Outlook.IN_TIME:
                return f"‘{self.target}’ is expected in time: {about} {expected}, due {due}."
        return f"So far nothing says that ‘{self.target}’ will be late: {about} {expected}, due {due}."


@dataclass(frozen=True)
class NoForecast:
    """Why nothing is forecast of a review."""

    reference: str
    why: str

    @property
    def headline(self) -> str:
        """The reason."""
        return self.why


def days(number: int) -> str:
    """'1 day', '2 days'."""
    return f"{number} day" if number == 1 else f"{number} days"
