"""What completing a stage changes beside closing it: reviewers, agencies, actions, publication, the end."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlmodel import select

from casework import actions
from casework.clock import deadline
from casework.findings.reporting import answered_by_plan, death_reviewed, reported, responded
from casework.framework.criteria import screen
from casework.framework.editions import edition
from casework.framework.methodologies import check_choice, method_facts
from casework.meetings.calling_off import call_off_meetings
from casework.registers.taking_part import event_held, events_held, family_invited, learning_event_held, people_heard
from casework.reviews.case import Case
from casework.reviews.contributors import (
    agencies_identified,
    check_not_before,
    lead,
    lead_reviewers,
    name_agencies,
    name_sources,
    reviewers_appointed,
)
from models.errors import InputError, empty, fault
from models.forms.audit import AuditPlan, AuditReport, PeopleHeard, SingleCaseAuditPlan, ThemedReviewReport
from models.forms.base import Form
from models.forms.decision import ChairDecision, LeadReviewers, NationalPanelNotice, PanelRecommendation, Screening
from models.forms.inquiry import (
    AgenciesAndAuthors,
    FamilyInvitation,
    InitialMeeting,
    MethodChoice,
    PractitionerEvents,
    Report,
    TermsOfReference,
)
from models.forms.learning import ActionPlan, BoardResponse, Closure, Monitoring, PublicationRecord, ReAudit
from models.forms.method import LearningEvent, RecallSession, WholeSystemSession
from models.forms.notification import LocalReviewDecision
from models.forms.practice import ChildDeathPanel, GoodPracticePlan, GoodPracticeReport, ReflectiveMeeting
from models.forms.referral import Criteria
from models.forms.theme import DeepDivePlan, DeepDiveReport, LightTouchPlan, LightTouchResult
from models.review import Publication, Review, Stage
from models.vocabulary import About, Decision, Known, Methodology, ReviewState, Role, WelshForm
from models.wording import Key

Effect = Callable[[Case, Any], dict[str, Any] | None]


def effect_of(case: Case, form: Form) -> dict[str, Any]:
    """Do what completing this form entails; what comes back is recorded beside the form."""
    effect = EFFECTS.get(type(form))
    return (effect(case, form) if effect else None) or {}


def screened(case: Case, form: Screening) -> dict[str, Any]:
    """Record what the criteria recommend, under the board's framework and the edition that the review keeps."""
    check_consistent(form)
    found = screen(form, case.profile, edition(case.edition))
    return {
        "recommendation": found.recommendation,
        "suits": found.suits.value,
        "because": found.because,
        "cites": found.cites,
    }


def check_consistent(form: Criteria) -> None:
    """Refuse a death, in custody or otherwise, of a child who has not died."""
    if form.about is About.CHILD_DEATH and form.child_died is Known.NO:
        raise InputError(
            fault(
                "about",
                None,
                "is ‘{about}’, but child_died is ‘{died}’. If a child has died, answer that with yes; if not, say "
                "what else is referred.",
                about=form.about,
                died=form.child_died,
            )
        )
    if form.died_in_custody is Known.YES and form.child_died is Known.NO:
        raise InputError(
            fault(
                "died_in_custody",
                None,
                "is ‘{in_custody}’, but child_died is ‘{died}’. If the child died, answer both with yes; if not, "
                "this with no.",
                in_custody=form.died_in_custody,
                died=form.child_died,
            )
        )


def recommended(case: Case, form: PanelRecommendation) -> None:
    """A panel can recommend only what the board runs."""
    check_runs(case, "recommended", form.recommended)


def decided(case: Case, form: ChairDecision) -> None:
    """A decision against the recommendation needs a reason of its own; it does not come before it."""
    check_runs(case, "decision", form.decision)
    check_not_before(case, "decided_on", form.decided_on, "panel_met_on", "the panel met")
    who, said = advice(case)
    if said != form.decision.value and not form.reasons_against_recommendation:
        raise InputError(
            empty(
                "reasons_against_recommendation",
                "{who} ‘{said}’ and the decision is ‘{decision}’: say why it differs.",
                who=who,
                said=Key(said),
                decision=form.decision,
            )
        )


def advice(case: Case) -> tuple[str, str]:
    """Who recommends what: the panel; or, where the board has none recommend, the criteria."""
    if said := case.facts.get("recommended"):
        return "The panel recommended", said
    known = case.session.exec(select(Review.referral).where(Review.id == case.id)).one()
    found = screen(
        Criteria.model_validate({name: known[name] for name in Criteria.model_fields if name in known}),
        case.profile,
        edition(case.edition),
    )
    return "The criteria recommend", found.recommendation


def check_runs(case: Case, name: str, chosen: Decision) -> None:
    """Refuse a type that the board's profile does not run."""
    if chosen is not Decision.NO_REVIEW and chosen.value not in case.profile.reviews:
        there = ", ".join([*case.profile.reviews, Decision.NO_REVIEW.value])
        raise InputError(
            fault(
                name,
                chosen,
                "is not a review that {board} runs. Choose one of: {there}.",
                board=case.profile.name.value,
                there=there,
            )
        )


def terms_agreed(case: Case, form: TermsOfReference) -> None:
    """Check the period under review, and name the agencies that report."""
    if form.period_to < form.period_from:
        raise InputError(
            fault(
                "period_to",
                form.period_to,
                "lies before the beginning of the period, ‘{start}’. Give the later date as the end.",
                start=form.period_from,
            )
        )
    if form.events_due and form.agency_reports_due and form.events_due < form.agency_reports_due:
        raise InputError(
            fault(
                "events_due",
                form.events_due,
                "lies before the agency reports are due, on {reports_due}. Practitioner events follow the reports: "
                "give a later date, or an earlier one for the reports.",
                reports_due=form.agency_reports_due,
            )
        )
    check_choice(form, case.reference, len(case.roles.get(Role.LEAD_REVIEWER, ())))
    check_welsh(case, form)
    case.facts |= method_facts(form)
    agencies_identified(case, form)


def check_welsh(case: Case, form: MethodChoice) -> None:
    """The child practice review of Wales is its own methodology."""
    wanted = Methodology.CHILD_PRACTICE_REVIEW
    if case.pipeline.type == wanted.value and form.methodology is not wanted:
        raise InputError(
            fault(
                "methodology",
                form.methodology.label,
                "is not how a child practice review is done. Choose ‘{wanted}’.",
                wanted=wanted.label,
            )
        )
    if form.welsh_form is WelshForm.CONCISE and registered_or_looked_after(case):
        raise InputError(
            fault(
                "welsh_form",
                None,
                "is ‘{concise}’, but by the screening the child was on the child protection register or looked "
                "after within the six months before. The review must then be extended: choose ‘{extended}’.",
                concise=WelshForm.CONCISE,
                extended=WelshForm.EXTENDED,
            )
        )


def registered_or_looked_after(case: Case) -> bool:
    """Whether the screening found that the child was either in those six months [SI 2012/1712 regulation 3]."""
    screening = select(Stage.outcome).where(Stage.review_id == case.id, Stage.key == "criteria-screening")
    return any(
        (outcome or {}).get("registered_or_looked_after") == Known.YES for outcome in case.session.exec(screening)
    )


def planned(case: Case, form: AuditPlan | SingleCaseAuditPlan) -> None:
    """Who leads an audit, and who audits in each agency."""
    lead(case, form)
    name_agencies(case, form.agencies)


def deep_dive_planned(case: Case, form: DeepDivePlan) -> None:
    """Who leads a deep dive, and who gathers from each source by when."""
    lead(case, form)
    for place, source in enumerate(form.sources):
        if source.due_on <= form.planned_on:
            raise InputError(
                fault(
                    ("sources", place, "due_on"),
                    source.due_on,
                    "of ‘{source}’ does not lie after the day of the plan, ‘{planned_on}’. Give the date by which "
                    "it is to be gathered.",
                    source=source.name,
                    planned_on=form.planned_on,
                )
            )
    name_sources(case, form.sources)


def answered(case: Case, form: LightTouchResult) -> None:
    """An answer that asks for a deeper investigation needs a board that runs deep dives."""
    check_goes_on(case, "answer", form)


def local_review_decided(case: Case, form: LocalReviewDecision) -> None:
    """A decision against what the criteria suggest is the partners' own; the board must run such reviews."""
    check_not_before(case, "decided_on", form.decided_on, "rapid_review_met_on", "the rapid review meeting")
    check_goes_on(case, "local_review", form)


def check_goes_on(case: Case, name: str, form: Form) -> None:
    """Refuse an answer that would make the review go on as a type that the board does not run."""
    another = form.leads_to(case.pipeline.type)
    if another and another not in case.profile.reviews:
        raise InputError(
            fault(
                name,
                None,
                "{board} runs no {another}, as which this review would go on. Choose another answer, or add the "
                "type to the board’s profile.",
                board=case.profile.name.value,
                another=another,
            )
        )


def reflected(case: Case, form: ReflectiveMeeting) -> None:
    """The meeting was held, somebody leads what is learnt from it, and what it recommends is on record."""
    lead(case, form)
    event_held(case, form)
    reported(case, form)


def panel_told(case: Case, form: NationalPanelNotice) -> dict[str, Any]:
    """The Panel hears the reviewers' names, or why there is no serious case review [S001 Serious Case Reviews]."""
    if case.facts.get("decision") == "serious-case-review":
        return {"lead_reviewers": [person.name for person in lead_reviewers(case)]}
    if not form.justification:
        raise InputError(
            empty(
                "justification",
                "No serious case review is to be held, so the National Panel must be given the information that "
                "justifies the decision.",
            )
        )
    return {}


def timescale_agreed(case: Case, form: InitialMeeting) -> None:
    """The review's timescale is set at the initial meeting; another than the framework's needs a reason."""
    if form.completion_due is None:
        if "completion" not in case.kind.clocks:
            raise InputError(empty("completion_due", "The framework gives no length of time: give the date agreed."))
        return
    if form.completion_due <= form.initial_meeting_on:
        raise InputError(
            fault(
                "completion_due",
                form.completion_due,
                "does not lie after the meeting of ‘{meeting}’. Give the date by which the review is to be completed.",
                meeting=form.initial_meeting_on,
            )
        )
    if "completion" in case.kind.clocks and not form.why:
        raise InputError(empty("why", "Another date than the framework envisages was agreed: say why."))


def published(case: Case, form: PublicationRecord) -> None:
    """Keep until when the report stays on the website."""
    keep = (
        deadline(case.profile.publishing.keep.value, form.published_on).due
        if "publication-period" in case.kind.clocks
        else None
    )
    case.session.add(
        Publication(
            review_id=case.id,
            published_on=form.published_on,
            address=form.web_address,
            keep_until=keep if isinstance(keep, date) else None,
        )
    )
    case.session.flush()


def plan_agreed(case: Case, form: ActionPlan) -> None:
    """The plan answers what the report leads to, and its actions are owed from now on."""
    answered_by_plan(case, form)
    actions.planned(case, form)


def closed(case: Case, _: Closure) -> None:
    """The review is over, and so are its meetings."""
    call_off_meetings(case)
    case.state = ReviewState.CLOSED


EFFECTS: dict[type[Form], Effect] = {
    Screening: screened,
    PanelRecommendation: recommended,
    ChairDecision: decided,
    LeadReviewers: reviewers_appointed,
    NationalPanelNotice: panel_told,
    AgenciesAndAuthors: agencies_identified,
    InitialMeeting: timescale_agreed,
    TermsOfReference: terms_agreed,
    FamilyInvitation: family_invited,
    PractitionerEvents: events_held,
    PeopleHeard: people_heard,
    LearningEvent: learning_event_held,
    RecallSession: event_held,
    WholeSystemSession: event_held,
    ReflectiveMeeting: reflected,
    AuditPlan: planned,
    SingleCaseAuditPlan: planned,
    GoodPracticePlan: lead,
    DeepDivePlan: deep_dive_planned,
    LightTouchPlan: lead,
    LightTouchResult: answered,
    LocalReviewDecision: local_review_decided,
    PublicationRecord: published,
    Report: reported,
    AuditReport: reported,
    ThemedReviewReport: reported,
    DeepDiveReport: reported,
    GoodPracticeReport: reported,
    ChildDeathPanel: death_reviewed,
    BoardResponse: responded,
    ActionPlan: plan_agreed,
    Monitoring: actions.monitored,
    ReAudit: actions.rechecked,
    Closure: closed,
}
