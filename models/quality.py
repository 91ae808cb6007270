"""How a review meets the principles and the quality markers."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from models.encrypted import Sealed
from models.kept import Kept
from models.tables import term
from models.vocabulary import Standing


class QualityAnswer(Kept, table=True):
    """One answer about one principle or marker (`item`); never changed, the last one counts.

    `stage` is the stage whose exit question it answers, by name; none when it was given for the review as a whole.
    """

    __table_args__ = (UniqueConstraint("review_id", "number"),)
    register: ClassVar[str] = "answer"

    item: str = Field(max_length=60)
    stage: str | None = Field(default=None, max_length=140)
    standing: Standing = term(Standing)
    note: str | None = Field(default=None, sa_type=Sealed)
    by: int = Field(foreign_key="person.id")
    at: datetime
