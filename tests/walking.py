"""Taking a review along its pipeline in tests: who completes what with what, on invented people and cases."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlmodel import Session

from casework.moves.completing import complete_stage
from casework.moves.launching import launch_file
from casework.moves.prefilled_forms import known_already
from casework.people.directory import find_person
from casework.record.act import Act
from casework.record.store import Store
from casework.reviews.case import Moved
from casework.views.review import find_review

TODAY = date(2020, 1, 6)  # a Monday, long after everything that the walks say has happened
NOW = datetime(2020, 1, 6, 9, 30, tzinfo=UTC)

MANAGER = "business-manager@board.example"
CHAIR = "independent-chair@board.example"
PANEL = "panel-chair@board.example"
PARTNERS = "strategic-partners@board.example"
MONITOR = "monitoring-chair@board.example"
REVIEWER = "lena.reviewer@independent.example"
SOCIAL_CARE, POLICE = "alex.author@social-care.example", "pat.author@police.example"

ROLES = {
    "business-manager": MANAGER,
    "independent-chair": CHAIR,
    "panel-chair": PANEL,
    "strategic-partners": PARTNERS,
    "monitoring-chair": MONITOR,
}
AGENCIES = [
    {"name": "Example Children's Social Care", "author_name": "Alex Author", "author_email": SOCIAL_CARE},
    {"name": "Example Police", "author_name": "Pat Author", "author_email": POLICE},
]


@dataclass(frozen=True)
class Step:
    """One completion: which stage, by whom, with what."""

    stage: str
    by: str
    data: Mapping[str, Any]


def referral(**changes: Any) -> dict[str, Any]:
    """A referral notified on Tuesday 6 May 2014, as it would be typed."""
    return {
        "notified_on": "2014-05-06",
        "incident_on": "2014-05-02",
        "referred_by": "duty.manager@social-care.example",
        "abuse_or_neglect": "yes",
        "child_died": "no",
        "seriously_harmed": "yes",
        "concern_about_working_together": "not-known",
        "died_in_custody": "no",
        "circumstances": "A child was seriously harmed.",
        "reasons": "Several agencies knew the family.",
        "agencies": AGENCIES,
    } | changes


def launch_data(type_: str = "serious-case-review", board: str = "northamptonshire", **changes: Any) -> dict[str, Any]:
    """A launch file's content."""
    held = {role: {"name": role.replace("-", " ").title(), "email": email} for role, email in ROLES.items()}
    return {"board": board, "type": type_, "referral": referral(**changes), "people": held}


def launched(
    store: Store,
    type_: str = "serious-case-review",
    board: str = "northamptonshire",
    *,
    today: date = TODAY,
    **changes: Any,
) -> str:
    """Launch a review and give its reference."""
    with store.transaction() as session:
        return launch_file(Act(session, None, NOW, today), launch_data(type_, board, **changes)).reference


def take(store: Store, reference: str, step: Step, *, today: date = TODAY) -> Moved:
    """One step in a transaction of its own."""
    with store.transaction() as session:
        return take_in(session, reference, step, today)


def take_in(session: Session, reference: str, step: Step, today: date = TODAY) -> Moved:
    """One step in the caller's transaction, with what is known already filled in as a page would."""
    known = known_already(session, find_review(session, reference), step.stage)
    person = find_person(session, step.by)
    return complete_stage(Act(session, person, NOW, today), reference, step.stage, known | dict(step.data))


def walk(store: Store, reference: str, steps: tuple[Step, ...], *, until: str | None = None) -> Iterator[Moved]:
    """Take the steps one after the other, up to but not including the stage `until`."""
    for step in steps:
        if step.stage == until:
            return
        yield take(store, reference, step)


def walked(store: Store, reference: str, steps: tuple[Step, ...], *, until: str | None = None) -> list[Moved]:
    """All the steps of `walk`."""
    return list(walk(store, reference, steps, until=until))


DECISION = {"decided_on": "2014-06-02", "decision": "serious-case-review", "reasons": "The criteria are met."}
REVIEWERS = [{"name": "Lena Reviewer", "email": REVIEWER, "organisation": "Independent consultant"}]
APPOINTMENT = {"appointed_on": "2014-06-03", "reviewers": REVIEWERS, "independence": "References taken up."}
TERMS = {
    "methodology": "traditional",
    "why_methodology": "It fits the scale of the case.",
    "period_from": "2013-01-01",
    "period_to": "2014-05-02",
    "questions": "What was known, and when?",
    "agreement": "To all members; agreed at the meeting.",
    "agency_reports_due": "2014-09-01",
    "events_due": "2014-10-01",
}
AGENCY_REPORT = {"finished_on": "2014-08-01", "involvement": "What was done.", "learning": "What was learnt."}
CHRONOLOGY = {"combined_on": "2014-08-20", "key_episodes": "Four of them."}
FAMILY = {"invitations": [{"who": "parent", "answer": "accepted"}], "expectations": "In a conversation."}
EVENTS = {"events": [{"kind": "learning-event", "held_on": "2014-09-09", "attended": 12}], "heard": "Their view."}
RECOMMENDATION = {
    "wording": "Keep one chronology.",
    "organisation": "Example Police",
    "responsible": "Olli Owner",
    "due_on": "2015-03-01",
    "measure": "An audit",
    "scope": "multi-agency",
}
REPORT = {
    "report_finished_on": "2014-11-20",
    "what_happened": "This.",
    "why": "Because.",
    "findings": "Learn.",
    "principles": "Held to.",
    "recommendations": [RECOMMENDATION],
}
SUMMARY = {
    "summary_completed_on": "2014-11-21",
    "type_and_purpose": "A review.",
    "incident_month": "May 2014",
    "learnt_about_the_case": "This.",
    "learnt_about_the_method": "That.",
    "single_agency_learning": "One.",
    "multi_agency_learning": "Two.",
    "changes": "Three.",
    "impact_audit": "Four.",
    "slides_for_workshop": "Read chronologies together\nAsk about the child's day",
}
APPROVAL = {"approved_on": "2014-11-25", "approved_by": "The board", "response": "Accepted."}
PUBLICATION = {"published_on": "2014-12-01", "web_address": "https://board.example/report", "checked": "The lawyer"}
ACTION: dict[str, Any] = {
    "action": "Keep one chronology.",
    "organisation": "Example Police",
    "owner_name": "Olli Owner",
    "owner_email": "olli.owner@police.example",
    "due_on": "2015-03-01",
    "measure": "An audit",
    "answers": 1,
}
PLAN = {"plan_agreed_on": "2014-11-24", "actions": [ACTION]}
DISSEMINATION = {"rounds": [{"channel": "training", "on": "2015-01-12", "audience": "All agencies"}]}
MONITORING = {"actions": [{"number": 1, "closed_on": "2015-02-02", "evidence": "Audit"}], "comments": "Done."}
IMPACT = {"evidence": [{"kind": "quality", "source": "Audit", "shows": "Better"}], "conclusion": "Safer."}
CLOSURE = {
    "review_closed_on": "2015-06-01",
    "for_the_annual_report": "What changed.",
    "principles_unanswered": "They are answered in the report.",
}

FROM_TERMS = (
    Step("agency-report:example-children-s-social-care", SOCIAL_CARE, AGENCY_REPORT),
    Step("agency-report", POLICE, AGENCY_REPORT),
    Step("family-invitation", REVIEWER, FAMILY),
    Step("combined-chronology", REVIEWER, CHRONOLOGY),
    Step("practitioner-events", REVIEWER, EVENTS),
)
FROM_PLAN = (
    Step("action-plan", MANAGER, PLAN),
    Step("board-approval", CHAIR, APPROVAL),
    Step("publication", MANAGER, PUBLICATION),
    Step("dissemination", MANAGER, DISSEMINATION),
    Step("monitoring", MONITOR, MONITORING),
    Step("impact", MONITOR, IMPACT),
    Step("closure", MANAGER, CLOSURE),
)
SERIOUS_CASE_REVIEW = (
    Step("criteria-screening", MANAGER, {}),
    Step(
        "panel-recommendation",
        PANEL,
        {"panel_met_on": "2014-05-20", "recommended": "serious-case-review", "reasons": "The criteria are met."},
    ),
    Step("chair-decision", CHAIR, DECISION),
    Step("lead-reviewer", CHAIR, APPOINTMENT),
    Step("national-panel", MANAGER, {"panel_told_on": "2014-06-05"}),
    Step("terms-of-reference", REVIEWER, TERMS),
    *FROM_TERMS,
    Step("report", REVIEWER, REPORT),
    Step("learning-summary", REVIEWER, SUMMARY),
    *FROM_PLAN,
)
PRACTICE_LEARNING_REVIEW = (
    Step(
        "panel-recommendation",
        PANEL,
        {"panel_met_on": "2014-05-20", "recommended": "practice-learning-review", "reasons": "Below the threshold."},
    ),
    Step("chair-decision", CHAIR, DECISION | {"decision": "practice-learning-review"}),
    Step("partners-agreement", PARTNERS, {"partners_agreed_on": "2014-06-03", "partners": "All of them."}),
    Step("lead-reviewer", CHAIR, APPOINTMENT),
    Step("agencies-and-authors", MANAGER, {}),
    Step("initial-meeting", PANEL, {"initial_meeting_on": "2014-06-10"}),
    Step("terms-of-reference", PANEL, TERMS),
    *FROM_TERMS,
    Step("report", REVIEWER, REPORT),
    Step("update-meetings", MANAGER, {"meetings": [{"held_on": "2014-07-01"}]}),
    Step("learning-summary", REVIEWER, SUMMARY),
    *FROM_PLAN,
)
