"""What runs beside a review: a police investigation, an inquest, a trial."""

from datetime import date
from typing import ClassVar

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from models.encrypted import Sealed
from models.kept import Kept
from models.tables import term
from models.vocabulary import Process


class ParallelProcess(Kept, table=True):
    """A process outside the review that looks at the same events, and what it forbids the review to disclose.

    `not_disclosed_until` is the first day on which what stands in `not_to_disclose` may be disclosed; while it is
    not known, that is when the process has ended.
    """

    __table_args__ = (UniqueConstraint("review_id", "number"),)
    register: ClassVar[str] = "process"

    kind: Process = term(Process)
    their_reference: str | None = Field(default=None, sa_type=Sealed)
    contact: str | None = Field(default=None, sa_type=Sealed)
    began_on: date | None = None
    expected_end: date | None = None
    ended_on: date | None = None
    not_to_disclose: str | None = Field(default=None, sa_type=Sealed)
    not_disclosed_until: date | None = None
