"""What completing a stage changes beside closing it: reviewers, agencies, actions, publication, the end."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlmodel import select

from casework import actions
from casework.clock import deadline
from casework.findings.reporting import (
    leave_without_action,
    record_findings,
    record_modifiable_factors,
    record_plan_answers,
    record_responses,
)
from casework.framework.criteria import screen
from casework.framework.editions import edition
from casework.framework.methodologies import check_choice, method_facts
from casework.framework.principles import PRINCIPLES
from casework.meetings.calling_off import call_off_meetings
from casework.moves.sending_back import check_approval, check_numbers, outcome_of, plan_on_record
from casework.registers.keeping import rows_of
from casework.registers.taking_part import (
    handle_event,
    handle_events,
    handle_family_invitation,
    handle_learning_event,
    handle_people_heard,
)
from casework.reviews.case import Case
from casework.reviews.contributors import (
    check_not_before,
    handle_agencies,
    handle_lead,
    handle_lead_reviewers,
    lead_reviewers,
    name_agencies,
    name_sources,
)
from casework.reviews.ending_stages import take_back
from models.errors import InputError, empty, fault
from models.forms.audit import AuditPlan, AuditReport, PeopleHeard, SingleCaseAuditPlan, ThemedReviewReport
from models.forms.base import Form, field_title
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
from models.forms.learning import (
    ActionPlan,
    BoardApproval,
    BoardResponse,
    Closure,
    Monitoring,
    PublicationRecord,
    ReAudit,
)
from models.forms.method import LearningEvent, RecallSession, WholeSystemSession
from models.forms.notification import LocalReviewDecision
from models.forms.practice import ChildDeathPanel, GoodPracticePlan, GoodPracticeReport, ReflectiveMeeting
from models.forms.referral import Criteria
from models.forms.theme import DeepDivePlan, DeepDiveReport, LightTouchPlan, LightTouchResult
from models.quality import QualityAnswer
from models.review import Publication, Review, Stage
from models.vocabulary import (
    About,
    Decision,
    Known,
    LocalReview,
    Methodology,
    PublishedIn,
    ReviewState,
    Role,
    StageState,
    ThemeDecision,
    WelshForm,
)
from models.wording import Key

Effect = Callable[[Case, Any], dict[str, Any] | None]


def effect_of(case: Case, form: Form) -> dict[str, Any]:
    """Do what completing this form entails; what comes back is recorded beside the form."""
    effect = EFFECTS.get(type(form))
    return (effect(case, form) if effect else None) or {}


def handle_screening(case: Case, form: Screening) -> dict[str, Any]:
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
                "is ‘{about}’, but the answer to “{question}” is ‘{died}’. If a child has died, answer yes there; if "
                "not, say what else is referred.",
                about=form.about,
                question=field_title(Criteria, "child_died"),
                died=form.child_died,
            )
        )
    if form.died_in_custody is Known.YES and form.child_died is Known.NO:
        raise InputError(
            fault(
                "died_in_custody",
                None,
                "is ‘{in_custody}’, but the answer to “{question}” is ‘{died}’. If the child died, answer yes to "
                "both; if not, answer no here.",
                in_custody=form.died_in_custody,
                question=field_title(Criteria, "child_died"),
                died=form.child_died,
            )
        )


def handle_recommendation(case: Case, form: PanelRecommendation) -> None:
    """A panel can recommend only what the board runs."""
    check_runs(case, "recommended", form.recommended)


def handle_decision(case: Case, form: ChairDecision) -> None:
    """A decision against the recommendation needs a reason of its own; it does not come before it."""
    check_runs(case, "decision", form.decision)
    check_not_before(case, "decided_on", form.decided_on, "panel_met_on", "the panel met")
    who, said = who_recommends_what(case)
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


def has_died(case: Case) -> Known:
    """Whether a child has died, by the screening; by the referral where there is none."""
    referral = case.session.exec(select(Review.referral).where(Review.id == case.id)).one()
    screened = outcome_of(case, "criteria-screening")
    return Known((screened or referral).get("child_died", Known.NOT_KNOWN))


def who_recommends_what(case: Case) -> tuple[str, str]:
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
    """Refuse a type that the board's profile does not run, and the review of a child's death where none has died."""
    if chosen is Decision.CHILD_DEATH_REVIEW and has_died(case) is Known.NO:
        raise InputError(
            fault(name, chosen, "is of a child who has died, and by what is on record none has. Choose another answer.")
        )
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


def handle_terms_of_reference(case: Case, form: TermsOfReference) -> None:
    """Check the period under review, and name the agencies that report."""
    if form.period_to < form.period_from:
        raise InputError(
            fault(
                "period_to",
                form.period_to,
                "is before the start of the period, ‘{start}’. Give a later date.",
                start=form.period_from,
            )
        )
    if form.events_due and form.agency_reports_due and form.events_due < form.agency_reports_due:
        raise InputError(
            fault(
                "events_due",
                form.events_due,
                "is before the agency reports are due, on {reports_due}. Practitioner events follow the reports: "
                "give a later date here, or an earlier date for the reports.",
                reports_due=form.agency_reports_due,
            )
        )
    check_choice(form, case.reference, len(case.roles.get(Role.LEAD_REVIEWER, ())))
    check_fits(case, form)
    case.facts |= method_facts(form)
    handle_agencies(case, form)


def check_fits(case: Case, form: MethodChoice) -> None:
    """The methodology must be one by which the board does such reviews."""
    check_welsh(case, form)
    systems = case.kind.systems_approach
    if systems and form.methodology is Methodology.TRADITIONAL:
        raise InputError(
            fault(
                "methodology",
                form.methodology.label,
                "is not how {board} does such a review: {systems} ({cite}). Choose a systems method.",
                board=case.profile.name.value,
                systems=systems.value,
                cite=systems.cite,
            )
        )


def check_welsh(case: Case, form: MethodChoice) -> None:
    """The child practice review of Wales is its own methodology."""
    wanted = Methodology.CHILD_PRACTICE_REVIEW
    if case.pipeline.type == wanted.value and form.methodology is not wanted:
        raise InputError(
            fault(
                "methodology",
                form.methodology.label,
                "is not the methodology of a child practice review. Choose ‘{wanted}’.",
                wanted=wanted.label,
            )
        )
    if form.welsh_form is WelshForm.CONCISE and registered_or_looked_after(case):
        raise InputError(
            fault(
                "welsh_form",
                None,
                "is ‘{concise}’, but the screening says that the child was on the child protection register or "
                "looked after in the six months before. The review must be extended: choose ‘{extended}’.",
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


def handle_audit_plan(case: Case, form: AuditPlan | SingleCaseAuditPlan) -> None:
    """Who leads an audit, and who audits in each agency."""
    handle_lead(case, form)
    name_agencies(case, form.agencies)


def handle_deep_dive_plan(case: Case, form: DeepDivePlan) -> None:
    """Who leads a deep dive, and who gathers from each source by when."""
    handle_lead(case, form)
    for place, source in enumerate(form.sources):
        if source.due_on <= form.planned_on:
            raise InputError(
                fault(
                    ("sources", place, "due_on"),
                    source.due_on,
                    "for ‘{source}’ is not after the day of the plan, ‘{planned_on}’. Give a later date.",
                    source=source.name,
                    planned_on=form.planned_on,
                )
            )
    name_sources(case, form.sources)


def handle_light_touch_result(case: Case, form: LightTouchResult) -> None:
    """An answer that asks for a deeper investigation needs a board that runs deep dives."""
    check_goes_on(case, "answer", form)


def handle_local_review_decision(case: Case, form: LocalReviewDecision) -> None:
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
                "This review would go on as a {another}, which {board} does not run. Choose another answer, or add "
                "the type to the board’s profile.",
                board=case.profile.name.value,
                another=another,
            )
        )


def handle_reflective_meeting(case: Case, form: ReflectiveMeeting) -> None:
    """The meeting was held, somebody leads what is learnt from it, and what it recommends is on record."""
    handle_lead(case, form)
    handle_event(case, form)
    record_findings(case, form)


def handle_national_panel_notice(case: Case, form: NationalPanelNotice) -> dict[str, Any]:
    """The Panel hears the reviewers' names, or why there is no serious case review [S001 Serious Case Reviews]."""
    if case.facts.get("decision") == "serious-case-review":
        return {"lead_reviewers": [person.name for person in lead_reviewers(case)]}
    if not form.justification:
        raise InputError(
            empty(
                "justification",
                "There will be no serious case review: give the information that justifies the decision. The "
                "National Panel must have it.",
            )
        )
    return {}


def handle_initial_meeting(case: Case, form: InitialMeeting) -> None:
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
                "is not after the meeting on ‘{meeting}’. Give the date by which the review must be completed.",
                meeting=form.initial_meeting_on,
            )
        )
    if "completion" in case.kind.clocks and not form.why:
        raise InputError(empty("why", "The framework gives another date: say why this one was agreed."))


def handle_publication(case: Case, form: PublicationRecord) -> None:
    """Keep where it was published, and until when the report stays on the website."""
    check_channel(case, form)
    keep = (
        deadline(case.profile.publishing.keep.value, form.published_on).due
        if "publication-period" in case.kind.clocks
        else None
    )
    case.session.add(
        Publication(
            review_id=case.id,
            published_on=form.published_on,
            address=form.web_address or form.issue or "",
            keep_until=keep if isinstance(keep, date) else None,
        )
    )
    case.session.flush()


def check_channel(case: Case, form: PublicationRecord) -> None:
    """It was published where the board publishes such reviews, and it is said where exactly."""
    channels = [each.value for each in case.kind.channels]
    if form.channel not in channels:
        raise InputError(
            fault(
                "channel",
                form.channel,
                "is not where {board} publishes such a review. Choose: {there}.",
                board=case.profile.name.value,
                there=" or ".join(each.label for each in channels),
            )
        )
    on_website = form.channel is PublishedIn.WEBSITE
    if on_website and not form.web_address:
        raise InputError(empty("web_address", "It was published on the website: give its address there."))
    if not on_website and not form.issue:
        raise InputError(empty("issue", "Say in which issue or communication it was published."))


def handle_action_plan(case: Case, form: ActionPlan) -> None:
    """The plan answers what the report leads to; it goes to whoever approves, with the report or after it."""
    record_plan_answers(case, form)
    if "board-approval" in case.keys_in(StageState.CLOSED):  # begun when reports were approved before their plans
        take_back(case, "board-approval")


def handle_approval(case: Case, form: BoardApproval) -> None:
    """The approved actions are owed from now on."""
    check_approval(case, form)
    plan = plan_on_record(case)
    check_numbers(form, len(plan.actions) if plan else 0)
    if plan is None or actions.actions_of(case.session, case.id):  # begun when plans came last, and were not approved
        return
    refused = {row.number: row.why for row in form.not_approved}
    actions.record_planned_actions(case, plan, left_out=refused)
    answered = {row.answers for number, row in enumerate(plan.actions, 1) if number not in refused}
    why = {plan.actions[number - 1].answers: reason for number, reason in refused.items()}
    leave_without_action(case, {number: said for number, said in why.items() if number and number not in answered})


def was_held(case: Case) -> bool:
    """Whether a review was held at all; it may have been decided that none should be."""
    said = case.facts
    if case.pipeline.type == Decision.LOCAL_REVIEW and said.get("local_review") == LocalReview.NONE:
        return False
    return said.get("decision") != Decision.NO_REVIEW and said.get("theme_decision") != ThemeDecision.NOT_AGREED


def check_principles(case: Case, form: Closure) -> None:
    """A review that was held says how it stands to every principle, or why not [S000 2.1, 2.2; S002 2.1, 2.2]."""
    if not was_held(case):
        return
    answered = {answer.item for answer in rows_of(case.session, case.id, QualityAnswer)}
    left = [f"“{item.heading}”" for item in PRINCIPLES if item.key not in answered]
    if left and not form.principles_unanswered:
        raise InputError(
            empty(
                "principles_unanswered",
                "{count} of the {all} principles are not answered: {left}. Answer them, or say why they are left.",
                count=len(left),
                all=len(PRINCIPLES),
                left=", ".join(left),
            )
        )


def handle_closure(case: Case, form: Closure) -> None:
    """The review is over, and so are its meetings."""
    check_principles(case, form)
    call_off_meetings(case)
    case.state = ReviewState.CLOSED


EFFECTS: dict[type[Form], Effect] = {
    Screening: handle_screening,
    PanelRecommendation: handle_recommendation,
    ChairDecision: handle_decision,
    LeadReviewers: handle_lead_reviewers,
    NationalPanelNotice: handle_national_panel_notice,
    AgenciesAndAuthors: handle_agencies,
    InitialMeeting: handle_initial_meeting,
    TermsOfReference: handle_terms_of_reference,
    FamilyInvitation: handle_family_invitation,
    PractitionerEvents: handle_events,
    PeopleHeard: handle_people_heard,
    LearningEvent: handle_learning_event,
    RecallSession: handle_event,
    WholeSystemSession: handle_event,
    ReflectiveMeeting: handle_reflective_meeting,
    AuditPlan: handle_audit_plan,
    SingleCaseAuditPlan: handle_audit_plan,
    GoodPracticePlan: handle_lead,
    DeepDivePlan: handle_deep_dive_plan,
    LightTouchPlan: handle_lead,
    LightTouchResult: handle_light_touch_result,
    LocalReviewDecision: handle_local_review_decision,
    PublicationRecord: handle_publication,
    Report: record_findings,
    AuditReport: record_findings,
    ThemedReviewReport: record_findings,
    DeepDiveReport: record_findings,
    GoodPracticeReport: record_findings,
    ChildDeathPanel: record_modifiable_factors,
    BoardApproval: handle_approval,
    BoardResponse: record_responses,
    ActionPlan: handle_action_plan,
    Monitoring: actions.sign_off_remaining,
    ReAudit: actions.record_rechecks,
    Closure: handle_closure,
}
