"""What people say by a link from a letter, and what has become of their links."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.encrypted import Sealed
from models.kept import Kept
from models.tables import term
from models.vocabulary import Agreement, TaskKind


class AnswerDoor(SQLModel, table=True):
    """What has happened to one person's links to one task; until something has, there is no row.

    Links issued up to `ended_at`, before `renewed_at`, or up to `answered_at` open nothing any more. `task_id` is the
    number of the row that the task is about, in the table of its kind.
    """

    __table_args__ = (UniqueConstraint("person_id", "kind", "task_id"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    kind: TaskKind = term(TaskKind)
    task_id: int
    ended_at: datetime | None = None
    renewed_at: datetime | None = None
    answered_at: datetime | None = None


class ReportPromise(Kept, table=True):
    """When an author says that an agency's report will come, and why then. It moves no deadline."""

    __table_args__ = (UniqueConstraint("review_id", "number"),)
    register: ClassVar[str] = "promise"

    stage_id: int = Field(foreign_key="stage.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    comes_on: date
    because: str = Field(sa_type=Sealed)
    at: datetime


class TermsDraft(Kept, table=True):
    """A draft of the terms of reference as it was circulated, and by when people were asked to answer."""

    __table_args__ = (UniqueConstraint("review_id", "number"),)
    register: ClassVar[str] = "draft of the terms"

    stage_id: int = Field(foreign_key="stage.id", index=True)
    wording: str = Field(sa_type=Sealed)
    answer_by: date
    by_id: int = Field(foreign_key="person.id")
    at: datetime


class TermsReply(Kept, table=True):
    """Somebody to whom a draft was circulated, and what they said to it."""

    __table_args__ = (UniqueConstraint("review_id", "number"), UniqueConstraint("draft_id", "person_id"))
    register: ClassVar[str] = "reply to the terms"

    draft_id: int = Field(foreign_key="termsdraft.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    agreement: Agreement | None = term(Agreement, default=None, nullable=True)
    comment: str | None = Field(default=None, sa_type=Sealed)
    replied_on: date | None = None


class Contribution(Kept, table=True):
    """A practitioner who is asked the five questions, and what they answered: their words, for two pairs of eyes.

    The questions are those of the Significant Incident Learning Process [S002 Appendix 2.1].
    """

    __table_args__ = (UniqueConstraint("review_id", "number"),)
    register: ClassVar[str] = "contribution"

    person_id: int = Field(foreign_key="person.id", index=True)
    asked_on: date
    answer_by: date
    view: str | None = Field(default=None, sa_type=Sealed)
    role: str | None = Field(default=None, sa_type=Sealed)
    thinking: str | None = Field(default=None, sa_type=Sealed)
    system: str | None = Field(default=None, sa_type=Sealed)
    tools: str | None = Field(default=None, sa_type=Sealed)
    answered_on: date | None = None
