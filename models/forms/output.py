"""What a report leads to: recommendations made SMART, or findings put to the board as challenges [S004 3.5]."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from models.errors import Place
from models.forms.base import SOMETIMES, Day, Form, Line, Name, Prose, Row
from models.vocabulary import ActionScope


class RecommendedAction(Row):
    """What one organisation is to change, by when, and how it will be known."""

    wording: Prose = Field(title="What must change?", description="Specific: one change that can be checked.")
    organisation: Name = Field(title="Which organisation will do it?")
    responsible: Line | None = Field(default=None, title="Who is responsible there?", description="A person or a post.")
    due_on: Day = Field(title="By when")
    measure: Line = Field(title="How will it be measured?")


class Recommendation(RecommendedAction):
    """A recommendation, with whose action it asks for."""

    scope: ActionScope = Field(title="Whose action is it?")


class FindingRow(Row):
    """A finding about the safeguarding system, and what it challenges the board to consider."""

    finding: Prose = Field(title="Finding", description="What underlies the practice seen, here and beyond this case.")
    matters: Prose | None = Field(default=None, title="Why does it matter, and how widespread is it?")
    challenge: Prose = Field(title="Challenge to the board", description="What the board is asked to respond to.")


Recommendations = Annotated[
    list[Recommendation],
    Field(
        default_factory=list,
        title="Recommendations",
        description="Few, each with an owner, a date and a measure. They become the action plan.",
        json_schema_extra=SOMETIMES,
    ),
]
Challenges = Annotated[
    list[FindingRow],
    Field(
        default_factory=list,
        title="Findings, and the challenge that each puts to the board",
        description="Needed if the review leads to findings. The board responds to each in writing.",
        json_schema_extra=SOMETIMES,
    ),
]
WhyNone = Annotated[
    Prose | None,
    Field(
        default=None,
        title="If nothing is recommended, why?",
        description="One sentence will do.",
        json_schema_extra=SOMETIMES,
    ),
]


class LeadsToChange(Form):
    """A report, or a meeting in its place, out of which recommendations come.

    `recommends` names the fields that hold them, each with the scope of those in it; None where each row says its own.
    """

    recommends: ClassVar[dict[str, ActionScope | None]] = {"recommendations": None}

    def recommended(self) -> Iterator[tuple[Place, ActionScope, RecommendedAction]]:
        """Each recommendation with its place, ("recommendations", 0), and its scope, in the order of the report."""
        for name, scope in self.recommends.items():
            for place, row in enumerate(getattr(self, name)):
                yield (name, place), scope or row.scope, row

    def challenged(self) -> tuple[FindingRow, ...]:
        """The findings put to the board, where the form has any."""
        return tuple(getattr(self, "challenges", ()))
