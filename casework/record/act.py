"""An act: who does something to the record, when, and in which transaction."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from models.people import Person


@dataclass(frozen=True, slots=True)
class Act:
    """What every move needs to know of the moment in which it is made.

    `session` is the transaction. `by` is who acts, None where the calendar does. `now` is an aware instant and `today`
    the day it is in London. `by_link`: by a signed link from a letter, which the journal says.
    """

    session: Session
    by: Person | None
    now: datetime
    today: date
    by_link: bool = False

    @property
    def person(self) -> Person:
        """Who acts; raises RuntimeError for an act of the calendar, which is a slip in the program."""
        if self.by is None:
            raise RuntimeError("This act is made by the calendar, and asks who made it.")
        return self.by
