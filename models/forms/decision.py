"""From screening to the reviewers: what is recorded before the review proper begins."""

from typing import ClassVar

from pydantic import Field

from models.forms.base import SOMETIMES, Address, Day, Form, Line, Name, Prose, Row
from models.forms.referral import Criteria
from models.vocabulary import Decision


class Screening(Criteria):
    """The criteria as they stand when the case is screened. The answer is a recommendation, never a decision."""

    comments: Prose | None = Field(default=None, title="What else should the panel know?")


class PanelRecommendation(Form):
    """What the panel recommends to the chair, and why."""

    facts: ClassVar[tuple[str, ...]] = ("panel_met_on", "recommended")
    done_on: ClassVar[str | None] = "panel_met_on"

    panel_met_on: Day = Field(title="When did the panel meet?")
    recommended: Decision = Field(title="What does the panel recommend?")
    reasons: Prose = Field(title="Why?")


class ChairDecision(Form):
    """The chair's decision with its reasons [S001 Serious Case Reviews, S003 Appendix B]."""

    facts: ClassVar[tuple[str, ...]] = ("decided_on", "decision")
    done_on: ClassVar[str | None] = "decided_on"

    decided_on: Day = Field(title="When was it decided?")
    decision: Decision = Field(title="What was decided?")
    reasons: Prose = Field(title="Why?")
    reasons_against_recommendation: Prose | None = Field(
        default=None, title="If it differs from what was recommended: why?", json_schema_extra=SOMETIMES
    )

    def leads_to(self, type_: str) -> str | None:
        """A decision for another type of review ends this one there."""
        return self.decision.value if self.decision.value not in (type_, Decision.NO_REVIEW.value) else None


class PartnersAgreement(Form):
    """The agreement of the strategic partners, with which the review begins [S003 Appendix B]."""

    facts: ClassVar[tuple[str, ...]] = ("partners_agreed_on",)
    done_on: ClassVar[str | None] = "partners_agreed_on"

    partners_agreed_on: Day = Field(title="When did the strategic partners agree?")
    partners: Prose = Field(title="Which partners agreed, and how?")


class Reviewer(Row):
    """Somebody proposed to lead the review."""

    name: Name = Field(title="Name")
    email: Address = Field(title="E-mail address")
    organisation: Name = Field(title="Employer, or “Independent consultant”")


class LeadReviewers(Form):
    """The independent lead reviewers: none may work for an agency under review [S000 2.1.3]."""

    facts: ClassVar[tuple[str, ...]] = ("appointed_on",)
    done_on: ClassVar[str | None] = "appointed_on"

    appointed_on: Day = Field(title="When were they appointed?")
    reviewers: list[Reviewer] = Field(min_length=1, title="Who leads the review?")
    independence: Prose = Field(title="How was their independence checked?")


class NationalPanelNotice(Form):
    """What the National Panel was told [S001 Serious Case Reviews, paragraphs 1 and 2]."""

    facts: ClassVar[tuple[str, ...]] = ("panel_told_on",)
    done_on: ClassVar[str | None] = "panel_told_on"

    panel_told_on: Day = Field(title="When was the National Panel told?")
    justification: Prose | None = Field(
        default=None,
        title="Justification of the decision",
        description="Needed if there is no serious case review.",
        json_schema_extra=SOMETIMES,
    )
    reference_given: Line | None = Field(default=None, title="The Panel’s own reference, if it gave one")
