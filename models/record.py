"""What the product keeps about its own doings: journal, outbox, work, runs."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from models.encrypted import Sealed, SealedRecord
from models.tables import term
from models.vocabulary import MessageState, OutageCause, ReviewEvent, Template, WorkState


class JournalEntry(SQLModel, table=True):
    """One thing that was done to a review; never changed, never deleted.

    `detail` holds dates and keys only; what people wrote is in `note`, encrypted. `seal` binds the entry to
    the one before it.
    """

    __table_args__ = (UniqueConstraint("review_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    review_id: int = Field(foreign_key="review.id")
    number: int
    at: datetime
    actor_id: int | None = Field(default=None, foreign_key="person.id")
    verb: str = Field(max_length=40)
    stage: str | None = Field(default=None, max_length=140)
    detail: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    note: str | None = Field(default=None, sa_type=Sealed)
    seal: str = Field(max_length=64)


class OutboxMessage(SQLModel, table=True):
    """An e-mail to be sent once. `key` says what, to whom and on which occasion, and is unique.

    `board` names the board of a letter that belongs to no single review: a day's reminders, a digest.
    `attendance_id` says to whom in which meeting it tells of that meeting. `details` are what its template needs beyond
    these, encrypted, a sign-in link for example: casework.outbox.payloads writes and reads them.
    `message_id` stays the same whenever the message is handed over again; `possibly_repeated` says that a hand-over
    was cut short. `fell_back_from` is the version of the board's own words that made no letter: it went out in the
    product's.
    """

    __table_args__ = (
        Index("ix_outboxmessage_due", "state", "next_try_at"),
        Index(
            "ix_outboxmessage_sending",
            "claimed_at",
            sqlite_where=text("state = 'sending'"),
            postgresql_where=text("state = 'sending'"),
        ),
        Index(
            "ix_outboxmessage_attendance_id",
            "attendance_id",
            sqlite_where=text("attendance_id IS NOT NULL"),
            postgresql_where=text("attendance_id IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=200)
    template: Template = term(Template)
    person_id: int = Field(foreign_key="person.id")
    review_id: int | None = Field(default=None, foreign_key="review.id")
    stage_id: int | None = Field(default=None, foreign_key="stage.id")
    attendance_id: int | None = Field(default=None, foreign_key="attendance.id")
    board: str | None = Field(default=None, max_length=60)
    details: dict[str, str] | None = Field(default=None, sa_type=SealedRecord)
    state: MessageState = term(MessageState, default=MessageState.QUEUED)
    queued_at: datetime
    next_try_at: datetime
    tries: int = 0
    claimed_by: str | None = Field(default=None, max_length=80)
    claimed_at: datetime | None = None
    accepted_at: datetime | None = None
    message_id: str | None = Field(default=None, max_length=200)
    possibly_repeated: bool = False
    server_said: str | None = Field(default=None, max_length=500)
    subject: str | None = Field(default=None, max_length=300)
    text: str | None = Field(default=None, sa_type=Sealed)
    fell_back_from: int | None = None


class Attempt(SQLModel, table=True):
    """A hand-over of an e-mail that the mail server did not accept: when, and in its own words why not."""

    id: int | None = Field(default=None, primary_key=True)
    outbox_id: int = Field(foreign_key="outboxmessage.id", ondelete="CASCADE", index=True)
    at: datetime
    words: str = Field(max_length=500)


class MailOutage(SQLModel, table=True):
    """A time in which the mail server took nothing from us: its last words, and when it ended, if it has."""

    id: int | None = Field(default=None, primary_key=True)
    began_at: datetime
    cause: OutageCause = term(OutageCause)
    words: str = Field(max_length=500)
    ended_at: datetime | None = None


class Work(SQLModel, table=True):
    """What a move did to a review, for Prefect to carry out what follows from it, once: `key` is unique."""

    __table_args__ = (
        Index(
            "ix_work_waiting",
            "review_id",
            sqlite_where=text("state = 'queued'"),
            postgresql_where=text("state = 'queued'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=200)
    review_id: int = Field(foreign_key="review.id")
    stage_id: int | None = Field(default=None, foreign_key="stage.id")
    kind: ReviewEvent = term(ReviewEvent)
    state: WorkState = term(WorkState, default=WorkState.QUEUED)
    queued_at: datetime
    done_at: datetime | None = None
    tries: int = 0
    trouble: str | None = Field(default=None, max_length=500)


class Run(SQLModel, table=True):
    """Which Prefect run carries a review, which worker is executing it, and until when that worker vouches for it."""

    review_id: int = Field(primary_key=True, foreign_key="review.id")
    flow_run_id: str = Field(max_length=40)
    worker: str | None = Field(default=None, max_length=80)
    vouched_until: datetime | None = None


class Heartbeat(SQLModel, table=True):
    """When each scheduled flow last did its round; the dashboard says when one has fallen silent."""

    name: str = Field(primary_key=True, max_length=40)
    beat_at: datetime
    summary: str = Field(default="", max_length=200)


class Note(SQLModel, table=True):
    """A setting of the installation that lives with its data, such as that they are a demonstration."""

    key: str = Field(primary_key=True, max_length=40)
    value: str = Field(max_length=200)
