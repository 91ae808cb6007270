"""Audits of case files: of a theme, and of a single case."""

from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field

from models.errors import Place
from models.forms.base import SOMETIMES, Day, Form, Line, Name, Prose
from models.forms.inquiry import PractitionerEvent
from models.forms.output import LeadsToChange, Recommendations, RecommendedAction, WhyNone
from models.forms.referral import ReferredAgency
from models.forms.theme import Lead
from models.vocabulary import ActionScope


class AuditPlan(Lead):
    """Audit pool, sample and tool: the terms of reference of an audit [S001 Multi Agency Audits, S001 Appendix 2]."""

    facts: ClassVar[tuple[str, ...]] = ("planned_on", "file_audits_due", "events_due")
    done_on: ClassVar[str | None] = "planned_on"

    planned_on: Day = Field(title="When were the terms of reference agreed?")
    outcome_sought: Prose = Field(title="What is to be learnt?")
    sample_size: int = Field(ge=1, le=100_000, title="How many cases")
    sample: Prose = Field(title="How are the cases chosen?")
    tool: Line = Field(title="Audit tool", description="Which one, and which steps of safeguarding it covers.")
    agencies: list[ReferredAgency] = Field(min_length=1, title="Audit pool: agencies, and who audits in each")
    file_audits_due: Day | None = Field(default=None, title="File audits are due on")
    events_due: Day | None = Field(default=None, title="Practitioners and families are to be heard by")


class FileAudit(Form):
    """One agency's audit of its own files."""

    done_on: ClassVar[str | None] = "finished_on"

    finished_on: Day = Field(title="When was the audit finished?")
    audited: int = Field(ge=0, le=100_000, title="How many files were audited")
    strengths: Prose = Field(title="Good practice found")
    improve: Prose = Field(title="Practice that must improve")
    agency_actions: Prose | None = Field(default=None, title="What has the agency already done about it?")


class PeopleHeard(Form):
    """Practitioners met where appropriate [S000 7.7.1], in focus groups, and service users beside them [S002 5.6]."""

    events: list[PractitionerEvent] = Field(
        default_factory=list,
        title="Events",
        description="Reflective practice meetings, focus groups of professionals, meetings with service users. "
        "Needed unless you say below why nobody was met.",
        json_schema_extra=SOMETIMES,
    )
    heard: Prose | None = Field(
        default=None,
        title="What did they say?",
        description="Needed if there was an event.",
        json_schema_extra=SOMETIMES,
    )
    why_nobody: Prose | None = Field(
        default=None, title="If nobody was met, why was it not appropriate?", json_schema_extra=SOMETIMES
    )

    def days_recorded(self) -> list[tuple[Place, date]]:
        """Every event must have been held."""
        return [(("events", number, "held_on"), event.held_on) for number, event in enumerate(self.events)]


class AuditMeeting(Form):
    """The meeting of the audit team."""

    facts: ClassVar[tuple[str, ...]] = ("audit_meeting_on",)
    done_on: ClassVar[str | None] = "audit_meeting_on"

    audit_meeting_on: Day = Field(title="When was the audit meeting?")
    attended: int = Field(ge=1, le=10_000, title="How many took part")
    agreed: Prose = Field(title="What was agreed on the cases together?")


class AuditReport(LeadsToChange):
    """The five parts of an audit meeting's report [S001 Appendix 2]."""

    facts: ClassVar[tuple[str, ...]] = ("report_finished_on",)
    done_on: ClassVar[str | None] = "report_finished_on"
    recommends: ClassVar[dict[str, ActionScope | None]] = {
        "agency_recommendations": ActionScope.SINGLE_AGENCY,
        "multi_agency_action": ActionScope.MULTI_AGENCY,
    }

    report_finished_on: Day = Field(title="When was the report finished?")
    case_summaries: Prose = Field(
        title="Very brief anonymised summaries of the cases", description="Nobody may be recognised from them."
    )
    audit_process: Prose = Field(title="Comments on the audit process")
    learning_points: Prose = Field(title="Key learning points")
    agency_recommendations: Annotated[
        list[RecommendedAction], Field(default_factory=list, title="Recommended actions for individual agencies")
    ]
    multi_agency_action: Annotated[
        list[RecommendedAction], Field(default_factory=list, title="Proposed multi-agency action")
    ]
    why_none: WhyNone


class ThemedReviewReport(LeadsToChange):
    """What a sample of cases has in common [S004 Appendix One]."""

    facts: ClassVar[tuple[str, ...]] = ("report_finished_on",)
    done_on: ClassVar[str | None] = "report_finished_on"

    report_finished_on: Day = Field(title="When was the report finished?")
    common_theme: Prose = Field(title="What makes these children or young people vulnerable alike?")
    good_practice: Prose = Field(title="Common areas of good practice")
    improvement: Prose = Field(title="Areas for improvement in professional practice")
    recommendations: Recommendations
    why_none: WhyNone


class SingleCaseAuditPlan(Lead):
    """An in-depth audit of one case that came in by referral [S001 Appendix 2, last paragraph]."""

    facts: ClassVar[tuple[str, ...]] = ("planned_on", "file_audits_due")
    done_on: ClassVar[str | None] = "planned_on"

    planned_on: Day = Field(title="When were the terms of reference agreed?")
    questions: Prose = Field(title="What must the audit answer?")
    tool: Name = Field(title="Audit tool")
    agencies: list[ReferredAgency] = Field(min_length=1, title="Agencies, and who audits in each")
    file_audits_due: Day | None = Field(default=None, title="File audits are due on")
