"""How a deadline stands, in words and one colour: the tag beside every date a thing must happen by."""

from dataclasses import dataclass
from datetime import date

from casework.clock.wording import days

SOON = 7  # days before a deadline from which on it is shown as due soon


@dataclass(frozen=True)
class Clock:
    """What the tag says and the GOV.UK tag colour it says it in."""

    words: str
    colour: str


def clock(due: date | None, today: date, done: date | None = None) -> Clock:
    """How the deadline `due` stands on `today`, or how it was kept when the matter was finished on `done`."""
    if due is None:
        return Clock("No deadline set", "grey")
    if done is not None:
        late = (done - due).days
        return Clock("Met", "green") if late <= 0 else Clock(f"{days(late)} late", "magenta")
    left = (due - today).days
    if left < 0:
        return Clock(f"Overdue by {days(-left)}", "red")
    if left == 0:
        return Clock("Due today", "orange")
    return Clock(f"Due in {days(left)}", "yellow") if left <= SOON else Clock("On time", "teal")
