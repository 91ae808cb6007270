"""What a report leads to, each numbered: its recommendations, or its findings with the board's response."""

from datetime import date
from typing import ClassVar

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from models.encrypted import Sealed
from models.kept import Kept
from models.tables import term
from models.vocabulary import ActionScope, OutputModel


class Finding(Kept, table=True):
    """A recommendation, or a finding that puts a challenge to the board; `model` says which.

    A recommendation has organisation, date, measure and scope, and may name who is `responsible` there. A finding has
    a `challenge`, may say why it `matters`, and has the board's `response` once there is one. `no_action` says why no
    action of the plan answers it, where none does.
    """

    __table_args__ = (UniqueConstraint("review_id", "number"),)
    register: ClassVar[str] = "finding"

    model: OutputModel = term(OutputModel)
    wording: str = Field(sa_type=Sealed)
    organisation: str | None = Field(default=None, max_length=200)
    responsible: str | None = Field(default=None, sa_type=Sealed)
    due_on: date | None = None
    measure: str | None = Field(default=None, sa_type=Sealed)
    scope: ActionScope | None = term(ActionScope, default=None, nullable=True)
    matters: str | None = Field(default=None, sa_type=Sealed)
    challenge: str | None = Field(default=None, sa_type=Sealed)
    response: str | None = Field(default=None, sa_type=Sealed)
    responded_on: date | None = None
    no_action: str | None = Field(default=None, sa_type=Sealed)

    @property
    def called(self) -> str:
        """How people name it: "Recommendation 3"."""
        kind = "Recommendation" if self.model is OutputModel.RECOMMENDATIONS else "Finding"
        return f"{kind} {self.number}"
