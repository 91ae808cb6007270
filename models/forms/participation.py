"""Taking part in a review: each form records one thing about one person or group, and none is a test to pass."""

from typing import ClassVar

from pydantic import Field

from models.forms.base import Day, Form, Line, Name, Prose
from models.vocabulary import EventKind, Invitee, Response


class Invited(Form):
    """Whom the review invites: how, when and by whom."""

    done_on: ClassVar[str | None] = "invited_on"

    who: Invitee = Field(title="Who")
    known_as: Name = Field(
        title="How the review refers to them",
        description="Such as “the mother” or “social worker A”. No name is needed.",
    )
    how_many: int = Field(default=1, ge=1, le=10_000, title="How many people, if they are a group")
    invited_on: Day | None = Field(default=None, title="When were they invited?")
    how: Line | None = Field(default=None, title="How were they invited?")
    invited_by: Line | None = Field(default=None, title="By whom?")


class Expectations(Form):
    """They understand how they will be involved, and what they may expect [S000 2.1.5]."""

    done_on: ClassVar[str | None] = "expectations_on"

    expectations: Prose = Field(title="How was it explained how they would be involved, and what they may expect?")
    expectations_on: Day = Field(title="When was it explained?")


class Answered(Form):
    """What they answered; they may decline without giving a reason."""

    answer: Response = Field(title="What did they answer?")
    reason: Line | None = Field(default=None, title="Reason given")


class Attended(Form):
    """An event that they came to."""

    done_on: ClassVar[str | None] = "held_on"

    kind: EventKind = Field(title="What did they take part in?")
    held_on: Day = Field(title="When was it?")


class Heard(Form):
    """What they wanted the review to hear."""

    views: Prose = Field(title="What did they want the review to hear?")


class FedBack(Form):
    """What the review told them of its outcome."""

    done_on: ClassVar[str | None] = "feedback_on"

    feedback_on: Day = Field(title="When were they told?")
    feedback: Prose = Field(title="What were they told of the outcome, and how?")
