"""What is asked whenever something is done to an action."""

from typing import ClassVar

from pydantic import Field

from models.forms.base import SOMETIMES, Day, Form, Prose
from models.vocabulary import Measure, Rag


class Progress(Form):
    """How an action is getting on."""

    done_on: ClassVar[str | None] = "as_of"

    as_of: Day = Field(title="As of which day?")
    progress: Prose = Field(title="How is it getting on?")


class EvidenceGiven(Form):
    """What shows that an action has been done. The date is that of the evidence, not of its upload."""

    done_on: ClassVar[str | None] = "evidenced_on"

    evidenced_on: Day = Field(
        title="Date of the evidence", description="When the change was made or measured, not when you record it."
    )
    evidence: Prose = Field(title="What shows that it has been done?")


class Assurance(Form):
    """What the agency assures the board of [S004 2.7]."""

    done_on: ClassVar[str | None] = "assured_on"

    assured_on: Day = Field(title="When was the assurance given?")
    assurance: Prose = Field(title="What does the agency assure the board of, and who stands for it?")


class SignOff(Form):
    """The monitoring body is satisfied with the evidence."""

    done_on: ClassVar[str | None] = "signed_off_on"

    signed_off_on: Day = Field(title="When was it signed off?")
    grounds: Prose | None = Field(default=None, title="What persuaded the monitoring body?")
    recheck_on: Day | None = Field(
        default=None, title="When will it be re-checked?", description="Whether the improvement has held."
    )


class DeadlineMoved(Form):
    """Another date by which an action is due, and why."""

    due_on: Day = Field(title="New deadline")
    reason: Prose = Field(title="Why does the deadline move?")


class Override(Form):
    """A colour that a person sets, and why the computed one misleads."""

    colour: Rag = Field(title="Which colour?")
    reason: Prose = Field(title="Why not the computed colour?")


class OverrideLifted(Form):
    """Why the computed colour is right again."""

    reason: Prose = Field(title="Why go back to the computed colour?")


class ImpactMeasured(Form):
    """What one of the three kinds of information shows of the impact [S004 2.5]."""

    done_on: ClassVar[str | None] = "measured_on"

    measured_on: Day = Field(title="When was it measured?")
    measure: Measure = Field(title="Which kind of information?")
    shows: Prose = Field(title="What does it show?")


class ReCheckDate(Form):
    """When an action that was signed off is to be re-checked."""

    recheck_on: Day = Field(title="When will it be re-checked?")


class ReCheck(Form):
    """Whether the improvement has held; if not, the action is reopened [S004 3.6]."""

    done_on: ClassVar[str | None] = "rechecked_on"

    rechecked_on: Day = Field(title="When was it re-checked?")
    holds: bool = Field(title="Does the improvement hold?")
    shows: Prose = Field(title="What does the re-check show?")
    due_on: Day | None = Field(default=None, title="If it does not hold, the new deadline", json_schema_extra=SOMETIMES)


class Reopening(Form):
    """Why an action is owed again, and by when."""

    due_on: Day = Field(title="New deadline")
    reason: Prose = Field(title="Why is it reopened?")
