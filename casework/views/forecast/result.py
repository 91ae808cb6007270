"""What a forecast says, and what it says where it can say nothing."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from casework.clock.wording import days, spoken
from casework.views.forecast.past import FEWEST


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
    name; `move_is_open` says that somebody owes it now, and `overlong` that it has been open longer than ever before,
    so that the forecast can only count on its being done today. With `slow`, the stage that would cost most if it were
    slow, the date is `slow_on`. `because` says step by step how all that was worked out, `in_short` in a few words.
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
    overlong: bool
    gain: int
    slow: str
    slow_on: date
    because: tuple[str, ...]
    in_short: str

    @property
    def headline(self) -> str:
        """The forecast in one sentence."""
        due, expected = spoken(self.due_on), spoken(self.expected_on)
        about = "at the earliest on" if self.at_least else "about"
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

    @property
    def advice(self) -> str:
        """What can be done about it, in a sentence; empty where nothing need be done."""
        if self.overlong:
            return (
                f"Ask for ‘{self.move}’ now: it has been open longer than ever before, and the forecast assumes that "
                "it is done today."
            )
        if self.outlook in (Outlook.IN_TIME, Outlook.NOT_KNOWN):
            return ""
        if self.gain == 0:
            return f"Agree an earlier date for ‘{self.move}’, and for the stages beside it."
        how = f"Complete ‘{self.move}’ sooner" if self.move_is_open else f"Plan less time for ‘{self.move}’"
        return f"{how}: no other stage can save so much time, up to {days(self.gain)}."


class Why(StrEnum):
    """Why nothing is forecast of a review."""

    ENDED = "ended"
    ON_HOLD = "on-hold"
    NO_DATE = "no-date"
    TOO_FEW = "too-few"


REASONS = {
    Why.ENDED: "The review has ended, so there is no forecast.",
    Why.ON_HOLD: "The review is on hold and nobody has said until when, so there is no forecast until it resumes.",
    Why.NO_DATE: (
        "There is no forecast: the only dates ahead are those agreed in the review, and these are taken as they are."
    ),
    Why.TOO_FEW: (
        "There is no forecast yet. It is based on how long each stage took on this board before, and no stage that "
        f"is still to come has been done {FEWEST} times."
    ),
}


@dataclass(frozen=True)
class NoForecast:
    """That nothing is forecast of a review, and why."""

    reference: str
    why: Why

    @property
    def headline(self) -> str:
        """The reason in a sentence."""
        return REASONS[self.why]
