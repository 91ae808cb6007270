"""How an action stands, red, amber or green: computed from its dates, unless a person has set the colour."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from casework.clock import spoken
from casework.framework.reminder_schedule import notice_days
from models.profile import Reminders
from models.vocabulary import Rag


class DatedAction(Protocol):
    """What the colour of an action is computed from."""

    @property
    def due_on(self) -> date: ...
    @property
    def evidenced_on(self) -> date | None: ...
    @property
    def closed_on(self) -> date | None: ...
    @property
    def override(self) -> Rag | None: ...


@dataclass(frozen=True, slots=True)
class Rating:
    """A colour with its reason. `computed` is what the dates say; `override` is the colour a person has set, if any."""

    computed: Rag
    because: str
    override: Rag | None = None

    @property
    def colour(self) -> Rag:
        """The colour that counts."""
        return self.override or self.computed


def rating(action: DatedAction, reminders: Reminders, today: date) -> Rating:
    """How an action stands today, under the reminders of its board's profile."""
    found, because = computed_rating(
        action.due_on, action.evidenced_on, action.closed_on, warned_from(reminders, action.due_on), today
    )
    return Rating(found, because, action.override)


def warned_from(reminders: Reminders, due_on: date) -> date:
    """The day of the first reminder before a deadline; the deadline itself where the profile sends none."""
    return min(notice_days(reminders, due_on))


def computed_rating(
    due_on: date, evidenced_on: date | None, closed_on: date | None, warned: date, today: date
) -> tuple[Rag, str]:
    """The colour that the dates give, and why.

    Red: overdue without evidence. Amber: due within the first reminder period without evidence, or evidenced too late
    and not signed off yet. Green: signed off, evidenced in time, or not due for longer than the reminder period.
    """
    if closed_on is not None:
        return Rag.GREEN, f"It was signed off on {spoken(closed_on)}."
    if evidenced_on is not None and evidenced_on <= due_on:
        return Rag.GREEN, f"There is evidence of {spoken(evidenced_on)}, in time."
    if evidenced_on is not None:
        late = f"There is evidence of {spoken(evidenced_on)}, after the deadline"
        return Rag.AMBER, f"{late}; it is not signed off yet."
    if today > due_on:
        return Rag.RED, f"It was due on {spoken(due_on)}, and there is no evidence."
    if today >= warned:
        return Rag.AMBER, f"It is due on {spoken(due_on)}, and there is no evidence yet."
    return Rag.GREEN, f"It is not due before {spoken(due_on)}."
