"""A review and all that belongs to it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.action import Action as Action
from models.encrypted import Sealed, SealedFile, SealedRecord
from models.tables import CLOSED_ONLY, OPEN_ONLY, term
from models.vocabulary import Basis, ReviewState, Role, StageState


class Review(SQLModel, table=True):
    """One review from referral to closure.

    `facts` are what the pipeline branches on and counts from: choices and ISO dates, nothing about a case.
    `journal_length` and `journal_head` are the end of the review's chain of journal entries.
    """

    __table_args__ = (Index("ix_review_board_state", "board", "state"),)

    id: int | None = Field(default=None, primary_key=True)
    reference: str = Field(unique=True, max_length=60)
    board: str = Field(max_length=60)
    type: str = Field(max_length=60)
    edition: str = Field(max_length=20)
    state: ReviewState = term(ReviewState, default=ReviewState.OPEN)
    launched_on: date
    ended_on: date | None = None
    facts: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    referral: dict[str, Any] = Field(default_factory=dict, sa_type=SealedRecord)
    converted_from: str | None = Field(default=None, max_length=60)
    journal_length: int = 0
    journal_head: str = Field(default="", max_length=64)


class Agency(SQLModel, table=True):
    """An agency under review, or a source of evidence, and the person who reports on it.

    `due_on` is the date by which, where it has one of its own.
    """

    __table_args__ = (UniqueConstraint("review_id", "slug"),)

    id: int | None = Field(default=None, primary_key=True)
    review_id: int = Field(foreign_key="review.id")
    slug: str = Field(max_length=80)
    name: str = Field(max_length=200)
    author_id: int = Field(foreign_key="person.id", index=True)
    due_on: date | None = None


class Involvement(SQLModel, table=True):
    """A person's role in one review: the reason why they may see it."""

    __table_args__ = (UniqueConstraint("review_id", "person_id", "role"),)

    id: int | None = Field(default=None, primary_key=True)
    review_id: int = Field(foreign_key="review.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    role: Role = term(Role)


class Stage(SQLModel, table=True):
    """A stage that has been opened. `name` is its key, and for an agency's own stage "key:agency-slug".

    `board` and `type` are its review's, which never change: by them open stages are tallied (models/stage_tally.py),
    and from one index comes how long the last closed ones took.

    `due_on` and `last_safe_on` are dates, never counters. `trigger_on`, `rule`, `basis` and `cites` say where the
    deadline comes from; all are empty when the framework leaves it open. `original_due_on` is the date
    before it was extended.
    """

    __table_args__ = (
        UniqueConstraint("review_id", "name"),
        Index("ix_stage_open_due_on", "due_on", **OPEN_ONLY),
        Index("ix_stage_open_of_board", "board", "due_on", "state", **OPEN_ONLY),
        Index("ix_stage_closed_of_board", "board", "key", "type", "closed_on", **CLOSED_ONLY),
        Index("ix_stage_open_owner_id", "owner_id", "due_on", **OPEN_ONLY),
    )

    id: int | None = Field(default=None, primary_key=True)
    review_id: int = Field(foreign_key="review.id")
    board: str = Field(max_length=60)
    type: str = Field(max_length=60)
    name: str = Field(max_length=140)
    key: str = Field(max_length=60)
    agency_id: int | None = Field(default=None, foreign_key="agency.id")
    state: StageState = term(StageState, default=StageState.OPEN)
    owner_id: int = Field(foreign_key="person.id")
    opened_on: date
    due_on: date | None = None
    last_safe_on: date | None = None
    original_due_on: date | None = None
    trigger: str | None = Field(default=None, max_length=60)
    trigger_on: date | None = None
    rule: str | None = Field(default=None, max_length=80)
    basis: Basis | None = term(Basis, default=None, nullable=True)
    cites: str | None = Field(default=None, max_length=300)
    closed_on: date | None = None
    closed_by: int | None = Field(default=None, foreign_key="person.id")
    outcome: dict[str, Any] | None = Field(default=None, sa_type=SealedRecord)


class Hold(SQLModel, table=True):
    """A recorded pause: why, from when, until when it is expected to last, and when it ended.

    `process_id` is the parallel process that it is held for, if it is held for one.
    """

    id: int | None = Field(default=None, primary_key=True)
    review_id: int = Field(foreign_key="review.id", index=True)
    reason: str = Field(sa_type=Sealed)
    held_on: date
    expected_until: date | None = None
    resumed_on: date | None = None
    process_id: int | None = Field(default=None, foreign_key="parallelprocess.id")


class Publication(SQLModel, table=True):
    """A published report: it stays on the website until `keep_until`, then it is available on request."""

    id: int | None = Field(default=None, primary_key=True)
    review_id: int = Field(foreign_key="review.id", unique=True)
    published_on: date
    address: str = Field(max_length=500)
    keep_until: date | None = None
    on_request_since: date | None = None


class Document(SQLModel, table=True):
    """A file that belongs to a stage: prepared by the product, or uploaded by a person. Its name may give much away."""

    id: int | None = Field(default=None, primary_key=True)
    review_id: int = Field(foreign_key="review.id", index=True)
    stage_id: int = Field(foreign_key="stage.id")
    kind: str = Field(max_length=60)
    file_name: str = Field(sa_type=Sealed)
    media_type: str = Field(max_length=120)
    content: bytes = Field(sa_type=SealedFile)
    made_at: datetime
    uploaded_by: int | None = Field(default=None, foreign_key="person.id")
