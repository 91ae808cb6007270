"""The variables of the letters about a meeting."""

from datetime import date, datetime, time

from pydantic import Field, computed_field

from casework.mail.variables import OfReview
from casework.mail.words import day
from models.vocabulary import MeetingKind, Response

ANSWERED = (Response.ACCEPTED, Response.DECLINED)


class OfMeeting(OfReview):
    """A letter about a meeting as it was when the letter was queued, and the calendar entry that goes with it.

    `place` and `joining_link` are the only words in any letter that somebody has typed: whoever arranges a meeting
    types them to be sent (docs/adr/0013).
    """

    number: int
    meeting_kind: MeetingKind
    uid: str
    sequence: int
    changed_at: datetime
    on_day: date = Field(description="The day of the meeting; a date, so write {{ on_day | day }}.")
    begins: time
    ends: time
    place: str | None = Field(default=None, description="Where it is, as whoever arranged it typed it to be sent.")
    joining_link: str | None = Field(default=None, description="The link to join it online, if there is one.")
    response: Response = Response.WAITING

    @computed_field  # type: ignore[prop-decorator] # mypy knows no property under a decorator
    @property
    def kind(self) -> str:
        """“Panel meeting”."""
        return self.meeting_kind.label

    @computed_field  # type: ignore[prop-decorator] # mypy knows no property under a decorator
    @property
    def what(self) -> str:
        """“panel meeting”."""
        return self.meeting_kind.label.lower()

    @computed_field  # type: ignore[prop-decorator] # mypy knows no property under a decorator
    @property
    def a_meeting(self) -> str:
        """“a panel meeting”, “an audit meeting”."""
        return f"{'an' if self.what[0] in 'aeiou' else 'a'} {self.what}"

    @computed_field  # type: ignore[prop-decorator] # mypy knows no property under a decorator
    @property
    def begins_at(self) -> str:
        """“10:00”, in London."""
        return f"{self.begins:%H:%M}"

    @computed_field  # type: ignore[prop-decorator] # mypy knows no property under a decorator
    @property
    def when(self) -> str:
        """“Tuesday 4 February 2020, 10:00 to 12:30”, in London."""
        return f"{day(self.on_day)}, {self.begins:%H:%M} to {self.ends:%H:%M}"


class Invitation(OfMeeting):
    """An invitation, or a new time or place; its link is the one to answer by."""

    @computed_field  # type: ignore[prop-decorator] # mypy knows no property under a decorator
    @property
    def answered(self) -> str | None:
        """“accepted” or “declined”, where they have answered and need not again: only the place is another."""
        return self.response.label.lower() if self.response in ANSWERED else None
