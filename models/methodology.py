"""What became of the methodology that a review was given in its terms of reference."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from models.encrypted import SealedRecord
from models.kept import Kept
from models.tables import term
from models.vocabulary import Methodology


class MethodologyChange(Kept, table=True):
    """A change of methodology while the review was under way: from which, to which, and everything said of the new."""

    __table_args__ = (UniqueConstraint("review_id", "number"),)
    register: ClassVar[str] = "change of methodology"

    changed_on: date
    before: Methodology = term(Methodology)
    after: Methodology = term(Methodology)
    choice: dict[str, Any] = Field(sa_type=SealedRecord)
