"""What each document says beyond the dossier itself: the variables of its template, by the names the template uses."""

from collections.abc import Callable, Mapping

from casework.clock.wording import day, month
from casework.documents.audits import audit_report
from casework.documents.dossier import Dossier
from casework.documents.parts import Undertaking
from casework.documents.steps import steps_taken
from casework.documents.template_variables import (
    ActionPlanVariables,
    AgencyReportRequestVariables,
    LearningSummaryVariables,
    PanelNotificationVariables,
    ReportVariables,
    ScreeningRecordVariables,
    TermsOfReferenceVariables,
)
from casework.documents.wording import joined, listed, paragraphs
from casework.framework.criteria import screen
from casework.framework.methodologies import leads_to, steps_of
from models.finding import Finding
from models.forms.base import field_title
from models.forms.decision import ChairDecision, Screening
from models.forms.inquiry import FamilyInvitation, LearningSummary, PractitionerEvents, Report, TermsOfReference
from models.forms.learning import ActionPlan, BoardApproval
from models.forms.referral import Criteria
from models.forms.theme import ThemeProposal
from models.vocabulary import Decision, Methodology, MethodStep, OutputModel, Preparation

ROWS_TO_FILL = 5


def screening_record(review: Dossier) -> ScreeningRecordVariables:
    """The criteria as screened, until then as referred, and what the decision tree makes of them."""
    screening = review.outcome(Screening)
    criteria = screening or review.referral
    assert criteria is not None  # what is screened was referred
    found = screen(criteria, review.profile, review.edition)
    asked = [(field_title(Criteria, name), getattr(criteria, name)) for name in Criteria.model_fields]
    return {
        "criteria": [{"question": question, "answer": answer} for question, answer in asked if answer is not None],
        "screened": screening is not None,
        "comments": screening.comments if screening else None,
        "found": found,
        "recommended": review.called(Decision(found.recommendation)),
        "decision": review.milestone("chair-decision"),
    }


def panel_notification(review: Dossier) -> PanelNotificationVariables:
    """The decision that the National Panel hears of, with the names that go with it."""
    decision = review.outcome(ChairDecision)
    return {
        "decision": decision,
        "initiated": decision is not None and decision.decision is Decision.SERIOUS_CASE_REVIEW,
        "decided": review.called(decision.decision) if decision else None,
    }


def terms_of_reference(review: Dossier) -> TermsOfReferenceVariables:
    """The terms once they are recorded, until then the menu of methods; and the stages that are still ahead."""
    return {
        "terms": review.outcome(TermsOfReference),
        "methods": [method.label for method in Methodology],
        "decision": review.outcome(ChairDecision),
        "timetable": [found for found in review.milestones if not found.done],
    }


def agency_report_request(review: Dossier) -> AgencyReportRequestVariables:
    """The terms that the agency reports under."""
    return {"agency": review.agency, "terms": review.outcome(TermsOfReference)}


def report_skeleton(review: Dossier) -> ReportVariables:
    """What the review has gathered for its report, and the report itself once it is recorded."""
    terms = review.outcome(TermsOfReference)
    return {
        "report": review.outcome(Report),
        "to_findings": terms is not None and leads_to(terms) is OutputModel.FINDINGS,
        "decision": review.outcome(ChairDecision),
        "terms": terms,
        "family": review.outcome(FamilyInvitation),
        "events": review.outcome(PractitionerEvents),
        "agencies_report": terms is None or MethodStep.AGENCY_REPORT in steps_of(terms),
        "steps": steps_taken(review),
        "rows": [""] * ROWS_TO_FILL,
    }


def learning_summary(review: Dossier) -> LearningSummaryVariables:
    """The eleven fields of the learning summary [S001 Appendix 1], by the names of the form that records them."""
    recorded = review.outcome(LearningSummary)
    summary = recorded.model_dump() if recorded else dict.fromkeys(LearningSummary.model_fields) | gathered(review)
    return {
        "summary": summary,
        "recorded": recorded is not None,
        "messages": paragraphs(summary["slides_for_workshop"] or ""),
        "has_slides": review.has_slides,
    }


def gathered(review: Dossier) -> dict[str, str | None]:
    """What the review can already say for the fields of its learning summary."""
    report, events = review.outcome(Report), review.outcome(PractitionerEvents)
    incident = review.referral.incident_on if review.referral else None
    return {
        "type_and_purpose": type_and_purpose(review),
        "incident_month": month(incident) if incident else None,
        "learnt_about_the_case": joined(report.why if report else None, events.heard if events else None),
        "learnt_about_the_method": the_method(review),
        "single_agency_learning": by_agency(review, "learning"),
        "multi_agency_learning": report.findings if report else None,
        "changes": joined(by_agency(review, "agency_actions"), recommended(review)),
    }


def type_and_purpose(review: Dossier) -> str | None:
    """Field 2: type, method, who led it, how the case was selected."""
    terms, theme = review.outcome(TermsOfReference), review.outcome(ThemeProposal)
    selected = review.referral.reasons if review.referral else None
    method = f"Methodology: {terms.methodology.label}. {terms.why_methodology}" if terms else None
    return joined(
        f"{review.name}.",
        method,
        f"Led by {review.reviewers_named}." if review.lead_reviewers else None,
        f"How the case was selected: {selected}" if selected else None,
        f"Theme: {theme.theme}. {theme.rationale}" if theme else None,
    )


def the_method(review: Dossier) -> str | None:
    """Field 5: who took part, in what, and how long it took."""
    held, decision, report = (
        review.outcome(PractitionerEvents),
        review.outcome(ChairDecision),
        review.outcome(Report),
    )
    events = [
        f"{event.kind.label}, {day(event.held_on)}: {event.attended} took part."
        for event in (held.events if held else ())
    ]
    reported = listed(part.name for part in review.agencies if part.report)
    lasted = (
        f"Decided on {day(decision.decided_on)}; report finished on {day(report.report_finished_on)}."
        if decision and report
        else None
    )
    return joined("\n".join(events), f"Agencies that reported: {reported}." if reported else None, lasted)


def by_agency(review: Dossier, field: str) -> str | None:
    """One field of every agency's report, each under its agency's name."""
    said = [(part.name, getattr(part.report, field)) for part in review.agencies if part.report]
    return joined(*(f"{name}: {words}" for name, words in said if words))


def recommended(review: Dossier) -> str | None:
    """What the report recommends, to whom and by when."""
    asked = (each.finding for each in review.outputs)
    return joined(*(f"{row.organisation}: {row.wording} (by {day(row.due_on)})" for row in asked if row.due_on))


def action_plan(review: Dossier) -> ActionPlanVariables:
    """What the report leads to, and the actions; until they are recorded, what it asks for and some rows to fill.

    A report that was finished before its recommendations were put on record one by one shows its own words.
    """
    report = review.outcome(Report)
    put = [output.finding for output in review.outputs]
    return {
        "recommendations": [each for each in put if each.model is OutputModel.RECOMMENDATIONS],
        "findings": [each for each in put if each.model is OutputModel.FINDINGS],
        "unanswered": [each for each in put if each.no_action],
        "in_words": paragraphs(report.findings) if report and not put else [],
        "approval": review.outcome(BoardApproval),
        "plan": review.outcome(ActionPlan),
        "actions": review.undertakings or planned(review) or rows_to_fill(review),
    }


def planned(review: Dossier) -> tuple[Undertaking, ...]:
    """The actions of the plan while it waits for its approval."""
    plan = review.outcome(ActionPlan)
    return tuple(
        Undertaking(place, row.organisation, row.action, row.owner_name, row.due_on, row.measure, row.answers)
        for place, row in enumerate(plan.actions if plan else (), 1)
    )


def rows_to_fill(review: Dossier) -> tuple[Undertaking, ...]:
    """A row for each recommendation or finding, or for each agency where there are none; and some that are free."""
    put = [output.finding for output in review.outputs]
    asked = [suggested(place, each) for place, each in enumerate(put, 1)]
    named = asked or [Undertaking(place, part.name) for place, part in enumerate(review.agencies, 1)]
    return (*named, *(Undertaking(len(named) + place) for place in range(1, ROWS_TO_FILL + 1)))


def suggested(place: int, asked: Finding) -> Undertaking:
    """What the plan is to say about a recommendation or finding, as far as the report has said it."""
    if asked.model is OutputModel.FINDINGS:
        return Undertaking(place, answers=asked.number)
    return Undertaking(
        place,
        asked.organisation or "",
        asked.wording,
        asked.responsible or "",
        asked.due_on,
        asked.measure or "",
        asked.number,
    )


CONTENTS: dict[Preparation, Callable[[Dossier], Mapping[str, object]]] = {
    Preparation.SCREENING_RECORD: screening_record,
    Preparation.PANEL_NOTIFICATION: panel_notification,
    Preparation.TERMS_OF_REFERENCE: terms_of_reference,
    Preparation.AGENCY_REPORT_REQUEST: agency_report_request,
    Preparation.REPORT_SKELETON: report_skeleton,
    Preparation.AUDIT_REPORT: audit_report,
    Preparation.LEARNING_SUMMARY: learning_summary,
    Preparation.ACTION_PLAN: action_plan,
}
