"""What is asked when a meeting is arranged, moved, called off or answered."""

import re
from datetime import time
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from models.forms.base import SOMETIMES, Address, Day, Form, Line, Name, Prose, Row, printable
from models.vocabulary import EventKind, Invitee, MeetingKind, Response

SENT = "This is sent by e-mail: no names, nothing about the case."
TIME = re.compile(r"(?P<hour>[0-9]{1,2})(?:[:.](?P<minute>[0-9]{2}))?\s*(?P<half>[ap]m)?", re.IGNORECASE)
NO_TIME = "is not a time: write it as 10:00 or 2.30pm"
ONE_LINE_AT_MOST = 150  # letters; a calendar shows no more of a place


def time_of_day(value: object) -> time:
    """A time as people write it: "10:00", "14.30", "2pm"; a bare number could be either half of the day."""
    if isinstance(value, time):
        return value.replace(tzinfo=None)
    found = TIME.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None or not (found["minute"] or found["half"]):
        raise ValueError(NO_TIME)
    hour, half = int(found["hour"]), (found["half"] or "").lower()
    if half and not 1 <= hour <= 12:
        raise ValueError(NO_TIME)
    try:
        return time(hour % 12 + (12 if half == "pm" else 0) if half else hour, int(found["minute"] or 0))
    except ValueError as wrong:
        raise ValueError(NO_TIME) from wrong


def one_line(text: str) -> str:
    """Refuse line ends: what goes out in a calendar entry is one line."""
    if "\n" in text or "\r" in text:
        raise ValueError("has more than one line. Write it in one line")
    return text


TimeOfDay = Annotated[time, BeforeValidator(time_of_day), Field(json_schema_extra={"time": True})]
Place = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=ONE_LINE_AT_MOST),
    AfterValidator(printable),
    AfterValidator(one_line),
]
JoiningLink = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=500, pattern=r"^https://[!-~]+\.[!-~]+$")
]


class Professional(Row):
    """A practitioner or manager of the case who is invited by name and address."""

    name: Name = Field(title="Name")
    email: Address = Field(title="E-mail address")
    manager: bool = Field(default=False, title="If they are a manager rather than a practitioner, say yes")
    known_as: Name | None = Field(
        default=None, title="How the review refers to them", description="Such as “social worker A”."
    )

    @property
    def who(self) -> Invitee:
        """As what they take part."""
        return Invitee.MANAGER if self.manager else Invitee.PRACTITIONER


class What(Form):
    """What a meeting is."""

    kind: MeetingKind = Field(title="What kind of meeting is it?")


class When(Form):
    """When a meeting is, and where."""

    on_day: Day = Field(title="On which day?")
    begins: TimeOfDay = Field(title="When does it begin?", description="In London, such as 10:00 or 2.30pm.")
    ends: TimeOfDay = Field(title="When does it end?")
    place: Place | None = Field(default=None, title="Where is it?", description=f"A room and a building. {SENT}")
    joining_link: JoiningLink | None = Field(
        default=None, title="Link to join it online", description=f"Beginning with https://. {SENT}"
    )


class InvitedToo(Form):
    """Who is to come: people of the review, and practitioners of the case."""

    people: list[Address] = Field(
        default_factory=list,
        title="Who do you want to invite from the review and its board?",
        description="Choose people here, or name practitioners or managers below.",
        json_schema_extra={"people": True} | SOMETIMES,
    )
    professionals: list[Professional] = Field(
        default_factory=list,
        title="Practitioners and managers of the case",
        description="They are put on record as taking part.",
        json_schema_extra=SOMETIMES,
    )


class Arranged(InvitedToo, When, What):
    """A meeting to be arranged."""


class CalledOff(Form):
    """Why a meeting does not take place."""

    why: Prose = Field(title="Why is it cancelled?", description="It goes into the history and is not sent.")


class Uninvited(Form):
    """Who need not come after all."""

    people: list[Address] = Field(min_length=1, title="Who does not need to come?", json_schema_extra={"people": True})


class WhoCame(Form):
    """Which of the practitioners and managers invited to a meeting came to it."""

    kind: EventKind = Field(title="What did they take part in?")
    people: list[Address] = Field(min_length=1, title="Who came?", json_schema_extra={"people": True})


class Coming(Form):
    """Whether somebody comes."""

    coming: bool = Field(title="Will you come?")
    reason: Line | None = Field(
        default=None, title="If not, do you want to say why?", json_schema_extra={"only": {"coming": ["no"]}}
    )

    @property
    def response(self) -> Response:
        """The answer as it is recorded."""
        return Response.ACCEPTED if self.coming else Response.DECLINED

    @property
    def why_not(self) -> str | None:
        """Why they do not come; a reason that was given before goes when they come after all."""
        return None if self.coming else self.reason
