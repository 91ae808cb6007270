"""Meetings of a review, who is invited to each, and the secret address of a person's calendar."""

from datetime import date, datetime, time
from typing import ClassVar

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.encrypted import Sealed
from models.kept import Kept
from models.tables import term
from models.vocabulary import MeetingKind, Response


class Meeting(Kept, table=True):
    """A meeting: `on_day`, from `begins` to `ends` as the clocks in London show it, whatever the offset is by then.

    `uid` is its name in every calendar, for ever. `sequence` counts up with every change that somebody is told of,
    and `changed_at` is when the last one was made. `stage` is the key of the stage that it belongs to. `place` and
    `joining_link` are sent to those invited; `why_cancelled` is not.
    """

    __table_args__ = (UniqueConstraint("review_id", "number"), Index("ix_meeting_on_day", "on_day"))
    register: ClassVar[str] = "meeting"

    kind: MeetingKind = term(MeetingKind)
    stage: str | None = Field(default=None, max_length=60)
    uid: str = Field(unique=True, max_length=80)
    sequence: int = 0
    changed_at: datetime
    on_day: date
    begins: time
    ends: time
    place: str | None = Field(default=None, sa_type=Sealed)
    joining_link: str | None = Field(default=None, sa_type=Sealed)
    cancelled_on: date | None = None
    why_cancelled: str | None = Field(default=None, sa_type=Sealed)


class Attendance(Kept, table=True):
    """Somebody's invitation to a meeting, and what they answered.

    `told_sequence` is the last change of the meeting that they were told of. `participant` is their number in the
    record of who takes part, for practitioners and managers. `uninvited_on` says that they need not come after all.
    """

    __table_args__ = (UniqueConstraint("review_id", "number"), UniqueConstraint("meeting_id", "person_id"))
    register: ClassVar[str] = "attendance"

    meeting_id: int = Field(foreign_key="meeting.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    participant: int | None = None
    response: Response = term(Response, default=Response.WAITING)
    reason: str | None = Field(default=None, sa_type=Sealed)
    answered_at: datetime | None = None
    told_sequence: int = 0
    uninvited_on: date | None = None


class CalendarFeed(SQLModel, table=True):
    """The secret address at which a person's calendar program asks for their dates: only its hash is kept."""

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    token_hash: str = Field(unique=True, max_length=64)
    made_at: datetime
