"""Reviews that begin with a theme: thematic audits, themed reviews, deep dives, light touch reviews."""

from typing import ClassVar

from pydantic import Field

from models.forms.base import Address, Day, Form, Line, Name, Prose, Row
from models.forms.output import LeadsToChange, Recommendations, WhyNone
from models.vocabulary import LightTouchAnswer, LightTouchMethod, SourceKind, ThemeDecision, ThemeSource


class ThemeProposal(Form):
    """A theme, priority area or question that somebody proposes, with its source and rationale."""

    facts: ClassVar[tuple[str, ...]] = ("proposed_on",)
    done_on: ClassVar[str | None] = "proposed_on"

    proposed_on: Day = Field(title="When was it proposed?")
    theme: Line = Field(title="Theme", description="Such as children missing from home. No name, no single case.")
    source: ThemeSource = Field(title="Where does it come from?")
    proposed_by: Line = Field(title="Which body or meeting proposes it?")
    rationale: Prose = Field(
        title="Why this theme?", description="What is to be learnt, and what suggests that there is something to learn."
    )


class ThemeAgreement(Form):
    """The theme taken up, or not, by the body that the board's framework names."""

    facts: ClassVar[tuple[str, ...]] = ("agreed_on", "theme_decision")
    done_on: ClassVar[str | None] = "agreed_on"

    agreed_on: Day = Field(title="When was it decided?")
    theme_decision: ThemeDecision = Field(title="Is the theme agreed?")
    reasons: Prose = Field(title="Why?")


class Lead(Form):
    """Who leads: a lead reviewer is identified for each audit and review [S001 Implementing the Learning]."""

    lead_name: Name = Field(title="Who leads it?")
    lead_email: Address = Field(title="Their e-mail address")
    lead_organisation: Name = Field(title="Their organisation")


class Source(Row):
    """A source of evidence with its own owner and date."""

    kind: SourceKind = Field(title="Kind")
    name: Name = Field(title="Source", description="Such as “Case files of the hospital”.")
    owner_name: Name = Field(title="Who gathers it")
    owner_email: Address = Field(title="Their e-mail address")
    due_on: Day = Field(title="By when")


class DeepDivePlan(Lead):
    """What the deep dive asks, and from which sources it learns, side by side [S004 2.3]."""

    facts: ClassVar[tuple[str, ...]] = ("planned_on",)
    done_on: ClassVar[str | None] = "planned_on"

    planned_on: Day = Field(title="When was the plan agreed?")
    questions: Prose = Field(title="What must the deep dive answer?")
    sources: list[Source] = Field(min_length=2, title="Sources of evidence")


class EvidenceGathered(Form):
    """What one source shows."""

    done_on: ClassVar[str | None] = "gathered_on"

    gathered_on: Day = Field(title="When was it finished?")
    looked_at: Prose = Field(title="What was looked at?", description="How many, from when, how chosen.")
    shows: Prose = Field(title="What does it show?")
    voice_of_the_child: Prose | None = Field(default=None, title="What do children and young people say in it?")


class DeepDiveReport(LeadsToChange):
    """The sources held against each other."""

    facts: ClassVar[tuple[str, ...]] = ("report_finished_on",)
    done_on: ClassVar[str | None] = "report_finished_on"

    report_finished_on: Day = Field(title="When was the report finished?")
    agree: Prose = Field(title="What do several sources show alike?")
    differ: Prose | None = Field(default=None, title="Where do they contradict each other?")
    strengths: Prose = Field(title="Strengths")
    learning: Prose = Field(title="What must be learnt, and where must practice improve?")
    recommendations: Recommendations
    why_none: WhyNone


class LightTouchPlan(Lead):
    """The one most important question, and how it is to be answered [S004 2.2]."""

    facts: ClassVar[tuple[str, ...]] = ("planned_on", "answer_due")
    done_on: ClassVar[str | None] = "planned_on"

    planned_on: Day = Field(title="When was it planned?")
    question: Line = Field(title="The one most important question")
    method: LightTouchMethod = Field(title="How will you answer it?")
    how: Prose = Field(title="In which two or more agencies, and with whom or what?")
    answer_due: Day | None = Field(default=None, title="When is the answer needed by?")


class LightTouchResult(Form):
    """The answer, and what it leads to: nothing more, specific action, or a deeper investigation [S004 2.2]."""

    facts: ClassVar[tuple[str, ...]] = ("answered_on", "answer")
    done_on: ClassVar[str | None] = "answered_on"

    answered_on: Day = Field(title="When was it answered?")
    found: Prose = Field(title="The answer to the question")
    confidence: Prose = Field(title="How sure is it, and what does it rest on?")
    answer: LightTouchAnswer = Field(title="What does it lead to?")
    reasons: Prose = Field(title="Why?")

    def leads_to(self, type_: str) -> str | None:
        """A deeper investigation is a deep dive."""
        return "deep-dive" if self.answer is LightTouchAnswer.DEEPER and type_ != "deep-dive" else None
