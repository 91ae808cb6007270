"""What each Word template may name between its curly brackets, beside `review`, which is the dossier."""

from typing import Annotated, Any, TypedDict

from casework.documents.milestones import Milestone
from casework.documents.parts import AgencyPart, Undertaking
from casework.documents.steps import StepsTaken
from casework.framework.criteria import ScreeningResult
from models.finding import Finding
from models.forms.decision import ChairDecision
from models.forms.inquiry import FamilyInvitation, LearningSummary, PractitionerEvents, Report, TermsOfReference
from models.forms.learning import ActionPlan, BoardApproval
from models.vocabulary import Term


class CriterionAnswered(TypedDict):
    """A criterion as it was asked, and the answer to it."""

    question: str
    answer: Term


class ScreeningRecordVariables(TypedDict):
    """`screened` says whether the panel's screening is recorded; until then the answers are those of the referral."""

    criteria: list[CriterionAnswered]
    screened: bool
    comments: str | None
    found: ScreeningResult
    recommended: str
    decision: Milestone | None


class PanelNotificationVariables(TypedDict):
    """`decided` is what the board calls the review that was decided on."""

    decision: ChairDecision | None
    initiated: bool
    decided: str | None


class TermsOfReferenceVariables(TypedDict):
    """`timetable` holds the stages that are still ahead."""

    terms: TermsOfReference | None
    methods: list[str]
    decision: ChairDecision | None
    timetable: list[Milestone]


class AgencyReportRequestVariables(TypedDict):
    """`agency` is the one that is asked."""

    agency: AgencyPart | None
    terms: TermsOfReference | None


class ReportVariables(TypedDict):
    """`to_findings` says that the methodology ends in findings instead of recommendations; `rows` are free to fill."""

    report: Report | None
    to_findings: bool
    decision: ChairDecision | None
    terms: TermsOfReference | None
    family: FamilyInvitation | None
    events: PractitionerEvents | None
    agencies_report: bool
    steps: StepsTaken
    rows: list[str]


class LearningSummaryVariables(TypedDict):
    """`summary` has the fields of its form; until it is recorded, what the review can already say for each, or None."""

    summary: Annotated[dict[str, Any], LearningSummary]
    recorded: bool
    messages: list[str]
    has_slides: bool


class ActionPlanVariables(TypedDict):
    """`in_words` are the findings of a report that put none on record one by one."""

    recommendations: list[Finding]
    findings: list[Finding]
    unanswered: list[Finding]
    in_words: list[str]
    approval: BoardApproval | None
    plan: ActionPlan | None
    actions: tuple[Undertaking, ...]
