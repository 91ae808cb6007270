"""Who was invited to take part in a review, and what came of it."""

from datetime import date
from typing import ClassVar

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field

from models.encrypted import Sealed
from models.kept import Kept
from models.tables import term
from models.vocabulary import Invitee, Response


class Participant(Kept, table=True):
    """A person, or a group that took part together: never a pass or a fail [S000 2.1.4, 2.1.5].

    `known_as` is how the review refers to them; no name is needed. `attended` lists the events they came to, each
    with its "kind" and the day it was "held_on". `how_many` is more than one for a group.
    """

    __table_args__ = (UniqueConstraint("review_id", "number"),)
    register: ClassVar[str] = "participant"

    who: Invitee = term(Invitee)
    known_as: str = Field(sa_type=Sealed)
    how_many: int = 1
    invited_on: date | None = None
    how: str | None = Field(default=None, sa_type=Sealed)
    invited_by: str | None = Field(default=None, sa_type=Sealed)
    expectations: str | None = Field(default=None, sa_type=Sealed)
    expectations_on: date | None = None
    answer: Response = term(Response, default=Response.WAITING)
    reason: str | None = Field(default=None, sa_type=Sealed)
    attended: list[dict[str, str]] = Field(default_factory=list, sa_type=JSON)
    views: str | None = Field(default=None, sa_type=Sealed)
    feedback_on: date | None = None
    feedback: str | None = Field(default=None, sa_type=Sealed)
