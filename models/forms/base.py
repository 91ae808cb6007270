"""What the forms have in common."""

import re
from datetime import date
from typing import Annotated, ClassVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic.config import JsonDict

from models.errors import InputError, Place, fault

LONG = {"long": True}
EMAIL = {"email": True}
SOMETIMES: JsonDict = {
    "sometimes": True
}  # a rule of casework asks for it in some reviews; the description says in which
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
NO_DATE = "is not a date: write it as 2014-05-06"
FIRST_YEAR, LAST_YEAR = 1980, 2090  # what counts from a day, years ahead or before, still lies within the clock


def printable(text: str) -> str:
    """Refuse signs that cannot be shown or stored: line ends and tabs apart, no control characters."""
    if CONTROL.search(text):
        raise ValueError("has a character that cannot be shown. Type it again without that character")
    return text


Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300), AfterValidator(printable)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), AfterValidator(printable)]
Prose = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=60_000),
    AfterValidator(printable),
    Field(json_schema_extra=LONG),
]
Address = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, to_lower=True, max_length=254, pattern=r"^[^@\s,;<>]+@[^@\s,;<>]+\.[A-Za-z0-9-]+$"
    ),
    Field(json_schema_extra=EMAIL),
]


def plain_day(value: object) -> object:
    """Let only a date or an ISO date through: pydantic itself would take a number of seconds for a day."""
    if isinstance(value, str) and len(value.strip()) != len("2014-05-06"):
        raise ValueError(NO_DATE)
    if isinstance(value, (int, float)):
        raise ValueError(NO_DATE)
    return value.strip() if isinstance(value, str) else value


def countable(day: date) -> date:
    """Refuse a year far outside those in which the clock can count working days."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"is not between {FIRST_YEAR} and {LAST_YEAR}. Check the year")
    return day


Day = Annotated[date, BeforeValidator(plain_day), AfterValidator(countable)]


class Form(BaseModel):
    """A form. `facts` names the fields that the pipeline branches on or counts from: choices and dates only.

    `done_on` names the field that says when the thing itself happened.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)  # no command reads forms of every stage
    facts: ClassVar[tuple[str, ...]] = ()
    done_on: ClassVar[str | None] = None

    def facts_recorded(self) -> dict[str, str]:
        """The facts of this form that were filled in, as text."""
        found = ((name, getattr(self, name)) for name in self.facts)
        return {name: str(value) for name, value in found if value is not None}

    def days_recorded(self) -> list[tuple[Place, date]]:
        """The days on which things are said to have happened: they cannot lie in the future."""
        value = getattr(self, self.done_on) if self.done_on else None
        return [((str(self.done_on),), value)] if isinstance(value, date) else []

    def leads_to(self, type_: str) -> str | None:
        """The type as which a review goes on once this has been recorded, if it is another than `type_`."""
        return None


class Row(BaseModel):
    """One row of a form that takes several."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


def field_title(form: type[BaseModel], name: str) -> str:
    """What a field is called on the page, or its name where it has no title."""
    field = form.model_fields.get(name)
    return (field.title if field else None) or name.replace("_", " ")


def check_days(form: Form, *, since: date | None, today: date) -> None:
    """Refuse a form that says something happened after today, or before the review's first day (`since`)."""
    for place, day in form.days_recorded():
        if since is not None and day < since:
            raise InputError(
                fault(
                    place,
                    day,
                    "is before the board was notified or the theme proposed, on {since}. Give the day it happened.",
                    since=since,
                )
            )
        if day > today:
            raise InputError(
                fault(place, day, "is in the future. Give the day it happened, or record it once it has happened.")
            )
