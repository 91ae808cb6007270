"""The review proper: terms of reference, people, reports."""

from datetime import date
from typing import ClassVar

from pydantic import Field
from pydantic.config import JsonDict

from models.errors import Place
from models.forms.base import SOMETIMES, Day, Form, Line, Name, Prose, Row
from models.forms.output import Challenges, LeadsToChange, Recommendations, WhyNone
from models.forms.referral import ReferredAgency
from models.vocabulary import (
    EventKind,
    FamilyMember,
    LearningTogether,
    Methodology,
    MethodStep,
    OutputModel,
    Response,
    WelshForm,
)


class AgenciesAndAuthors(Form):
    """The agencies identified and the authors advised to the panel [S003 Appendix B]."""

    agencies: list[ReferredAgency] = Field(min_length=1, title="Agencies, and who writes each report")


class InitialMeeting(Form):
    """The initial review meeting, at which the timescale is agreed [S003 Appendix B, Timescale]."""

    facts: ClassVar[tuple[str, ...]] = ("initial_meeting_on", "completion_due")
    done_on: ClassVar[str | None] = "initial_meeting_on"

    initial_meeting_on: Day = Field(title="When was the initial review meeting?")
    completion_due: Day | None = Field(
        default=None,
        title="When must the review be completed by?",
        description="Needed unless the framework gives a length of time and nothing else was agreed.",
        json_schema_extra=SOMETIMES,
    )
    why: Prose | None = Field(
        default=None,
        title="Why was another date agreed?",
        description="Needed if it is not the date that the framework gives.",
        json_schema_extra=SOMETIMES,
    )


def only_for(*methodologies: Methodology) -> JsonDict:
    """The mark of a question that matters under these methodologies alone: a page asks it only then."""
    return {"only": {"methodology": [each.value for each in methodologies]}}


class MethodChoice(Form):
    """The methodology chosen, why, and what it costs and takes [S000 7.8.2, S002 Appendix 2]."""

    facts: ClassVar[tuple[str, ...]] = ("methodology", "output_model")

    methodology: Methodology = Field(title="Methodology")
    why_methodology: Prose = Field(
        title="Why this methodology?",
        description="How it is proportionate to the scale and complexity of the issues.",
    )
    learning_together: LearningTogether | None = Field(
        default=None,
        title="Which variant of Learning Together?",
        description="Only for SCIE Learning Together.",
        json_schema_extra=only_for(Methodology.LEARNING_TOGETHER),
    )
    welsh_form: WelshForm | None = Field(
        default=None,
        title="Concise or extended?",
        description="Only for a child practice review.",
        json_schema_extra=only_for(Methodology.CHILD_PRACTICE_REVIEW),
    )
    steps: list[MethodStep] = Field(
        default_factory=list,
        title="Which steps does the hybrid take?",
        description="Only for a hybrid.",
        json_schema_extra=only_for(Methodology.HYBRID),
    )
    output_model: OutputModel | None = Field(
        default=None,
        title="What does the report lead to?",
        description="If you leave it empty: findings for SCIE Learning Together, recommendations for the others.",
    )
    costs: Prose | None = Field(
        default=None,
        title="What does the methodology cost, and who pays?",
        description="Needed for SCIE Learning Together and SILP, whose use costs money.",
        json_schema_extra=SOMETIMES,
    )
    accreditation: Prose | None = Field(
        default=None,
        title="How was the lead reviewers’ accreditation checked?",
        description="Needed for SCIE Learning Together: SCIE accredits its lead reviewers.",
        json_schema_extra=only_for(Methodology.LEARNING_TOGETHER, Methodology.SIGNIFICANT_INCIDENT, Methodology.HYBRID),
    )
    overview_author: Line | None = Field(
        default=None,
        title="Who writes the overview report?",
        description="Only for the traditional methodology, where it is not the lead reviewer.",
        json_schema_extra=only_for(Methodology.TRADITIONAL),
    )


class TermsOfReference(MethodChoice):
    """What the review asks, how, of whom and by when."""

    facts: ClassVar[tuple[str, ...]] = (*MethodChoice.facts, "agency_reports_due", "events_due")

    period_from: Day = Field(title="Period under review: from")
    period_to: Day = Field(title="Period under review: to")
    questions: Prose = Field(title="What must the review answer?")
    agencies: list[ReferredAgency] = Field(min_length=1, title="Agencies that report, and who writes each report")
    agreement: Prose = Field(title="To whom were they circulated, and how did they agree?")
    agency_reports_due: Day | None = Field(default=None, title="Agency reports are due on")
    events_due: Day | None = Field(default=None, title="Practitioner events are to be held by")


class Invitation(Row):
    """An invitation to a member of the family."""

    who: FamilyMember = Field(title="Who")
    known_as: Name | None = Field(
        default=None,
        title="How the review refers to them",
        description="Such as “the mother”. No name is needed.",
    )
    invited_on: Day | None = Field(default=None, title="Invited on")
    how: Line | None = Field(default=None, title="How")
    invited_by: Line | None = Field(default=None, title="By whom")
    answer: Response = Field(title="Answer")
    reason: Line | None = Field(default=None, title="Reason given")


class FamilyInvitation(Form):
    """How the family was invited and what it answered: never a pass or a fail [S000 2.1.5]."""

    invitations: list[Invitation] = Field(min_length=1, title="Invitations")
    expectations: Prose = Field(title="How was it explained how they would be involved, and what they may expect?")
    views: Prose | None = Field(default=None, title="What did they want the review to hear?")


class AgencyReport(Form):
    """One agency's report on its own part."""

    facts: ClassVar[tuple[str, ...]] = ()
    done_on: ClassVar[str | None] = "finished_on"

    finished_on: Day = Field(title="When was the report signed off in the agency?")
    involvement: Prose = Field(title="What did the agency do, and why?")
    learning: Prose = Field(title="What has the agency learnt?")
    agency_actions: Prose | None = Field(default=None, title="What has it already changed?")


class PractitionerEvent(Row):
    """An event with the practitioners of the case."""

    kind: EventKind = Field(title="Kind")
    held_on: Day = Field(title="Held on")
    attended: int = Field(ge=0, le=10_000, title="How many took part")


class PractitionerEvents(Form):
    """Professionals fully involved, without fear of blame [S000 2.1.4]."""

    events: list[PractitionerEvent] = Field(min_length=1, title="Events")
    heard: Prose = Field(title="What did practitioners and first-line managers say?")

    def days_recorded(self) -> list[tuple[Place, date]]:
        """Every event must have been held."""
        return [(("events", number, "held_on"), event.held_on) for number, event in enumerate(self.events)]


class Meeting(Row):
    """A meeting of the panel."""

    held_on: Day = Field(title="Held on")
    decided: Line | None = Field(default=None, title="What was decided")


class UpdateMeetings(Form):
    """The regular update meetings, which the business manager arranges [S003 Appendix B, Meetings]."""

    meetings: list[Meeting] = Field(min_length=1, title="Meetings held")


class Report(LeadsToChange):
    """What happened, why, and what will be done to learn from it, by whom [S003 Methodology]."""

    facts: ClassVar[tuple[str, ...]] = ("report_finished_on",)
    done_on: ClassVar[str | None] = "report_finished_on"

    report_finished_on: Day = Field(title="When was the report finished?")
    what_happened: Prose = Field(title="What happened")
    why: Prose = Field(title="Why it happened")
    findings: Prose = Field(title="What was found", description="In the report’s own words.")
    principles: Prose = Field(
        title="How does the review hold to the five principles?",
        description="Complex circumstances; who did what, and why; the view at the time, not hindsight; openness about "
        "how information was gathered; research and case evidence.",
    )
    recommendations: Recommendations
    challenges: Challenges
    why_none: WhyNone


class LearningSummary(Form):
    """The eleven fields of the learning summary [S001 Appendix 1]."""

    facts: ClassVar[tuple[str, ...]] = ()
    done_on: ClassVar[str | None] = "summary_completed_on"

    summary_completed_on: Day = Field(title="Date learning summary completed")
    type_and_purpose: Prose = Field(
        title="Type of review conducted and overall purpose",
        description="Methodology, chairing and authoring, how the case was selected.",
    )
    incident_month: Line = Field(
        title="Month and year of incident", description="Of an audit of a theme: the time from which its cases are."
    )
    learnt_about_the_case: Prose = Field(
        title="What you learnt about the case: key themes, early learning",
        description="Specific issues, or general areas of concern or good practice.",
    )
    learnt_about_the_method: Prose = Field(
        title="What you learnt about the review and its methodology",
        description="What worked, what did not, who was involved, who chaired and wrote, how long it took.",
    )
    single_agency_learning: Prose = Field(
        title="Key learning points: single agency",
        description="Learning that others can use, not every recommendation.",
    )
    multi_agency_learning: Prose = Field(
        title="Key learning points: multi-agency", description="Learning that others can use, not every recommendation."
    )
    changes: Prose = Field(title="How do you intend to make changes? Who is doing what?")
    impact_audit: Prose = Field(
        title="How will you audit the impact?", description="How will you know that anything has changed?"
    )
    other_comments: Prose | None = Field(
        default=None,
        title="Any other comments, advice or suggestions",
        description="About the case, the method, embedding change or evidencing impact.",
    )
    slides_for_workshop: Prose | None = Field(
        default=None,
        title="Slides for a practitioners’ learning workshop: the messages",
        description="For a serious case review. One a line: each becomes a slide.",
    )
