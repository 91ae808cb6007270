"""Reviews to make documents of: rows as the moves leave them, everything in them invented."""

from datetime import UTC, date, datetime
from typing import Any

from sqlmodel import Session, select

from casework.documents.preparing import ToMake, prepare_document
from casework.framework.pipelines import find_stage
from casework.record.settings import Settings
from casework.record.store import Store
from models.forms.learning import ActionPlan
from models.people import Appointment, Person
from models.review import Action, Agency, Document, Involvement, Review, Stage
from models.tables import id_of
from models.vocabulary import Basis, Preparation, Role, StageState

NOW = datetime(2014, 6, 30, 23, 30, tzinfo=UTC)  # it is already Tuesday 1 July in London
TYPED = "a < b & c, {{ 7 * 7 }} {% raw %} {_{ and ‘x’"

REFERRAL: dict[str, Any] = {
    "abuse_or_neglect": "yes",
    "child_died": "no",
    "seriously_harmed": "yes",
    "died_in_custody": "no",
    "concern_about_working_together": "not-known",
    "notified_on": "2014-05-06",
    "incident_on": "2014-04-28",
    "referred_by": "ward@hospital.example",
    "circumstances": "The child, aged two, was brought to hospital with injuries.\n\nFour agencies knew the family.",
    "reasons": "Concerns had been raised three times in a year, and no agency saw the whole.",
    "agencies": [
        {"name": "Midshire Police", "author_name": "Avery Constable", "author_email": "avery@police.example"},
        {"name": "Midshire Children’s Services", "author_name": "Sam Social", "author_email": "sam@council.example"},
    ],
}
DECISION = {"decided_on": "2014-06-03", "decision": "serious-case-review", "reasons": "The criteria are met."}
TERMS = {
    "methodology": "significant-incident-learning-process",
    "why_methodology": "It brings practitioners in.",
    "period_from": "2013-01-01",
    "period_to": "2014-04-28",
    "questions": "Was the child seen?\nWas the child heard?",
    "agencies": REFERRAL["agencies"],
    "agency_reports_due": "2014-08-29",
    "agreement": "Circulated to the panel, which agreed it by e-mail.",
}
FAMILY = {
    "invitations": [{"who": "parent", "invited_on": "2014-07-02", "how": "By a visit", "answer": "accepted"}],
    "expectations": "Explained at the visit.",
    "views": "They wanted somebody to ring back.",
}
EVENTS = {
    "events": [{"kind": "learning-event", "held_on": "2014-09-10", "attended": 23}],
    "heard": "Managers were hard to reach out of hours.",
}
REPORT = {
    "report_finished_on": "2014-11-20",
    "principles": "It was led from outside and looked at the view at the time.",
    "what_happened": "Three referrals were each closed.",
    "why": "Each referral was looked at by itself.",
    "findings": "Agencies need to see referrals together.\nPractitioners need to reach a manager out of hours.",
}
APPROVAL = {"approved_on": "2014-12-01", "approved_by": "LSCB meeting", "response": "The board accepts both findings."}
POLICE = {
    "finished_on": "2014-08-20",
    "involvement": "Officers attended twice.",
    "learning": "Record who was in the house.",
    "agency_actions": "A new form since July.",
}
COUNCIL = {
    "finished_on": "2014-08-25",
    "involvement": "Two assessments were made.",
    "learning": "Ask what the child sees.",
}
SCREENING = {
    "abuse_or_neglect": "yes",
    "child_died": "no",
    "seriously_harmed": "yes",
    "died_in_custody": "no",
    "concern_about_working_together": "no",
    "comments": "The police have spoken to the ward.",
}
PANEL = {"panel_met_on": "2014-05-20", "recommended": "serious-case-review", "reasons": "Serious harm."}
SUMMARY = {
    "summary_completed_on": "2014-11-25",
    "type_and_purpose": "A serious case review, to learn.",
    "incident_month": "April 2014",
    "learnt_about_the_case": "Referrals were seen one by one.",
    "learnt_about_the_method": "The events brought people in.",
    "single_agency_learning": "Record who is in the house.",
    "multi_agency_learning": "See referrals together.\nReach a manager at night.",
    "changes": "The police train their officers.",
    "impact_audit": "An audit of thirty referrals in a year.",
    "other_comments": "Begin the events sooner.",
    "slides_for_workshop": "Ask twice.\nWrite it down.",
}
PLAN = {
    "plan_agreed_on": "2014-12-15",
    "actions": [
        {
            "action": "Officers record who is in the house.",
            "organisation": "Midshire Police",
            "owner_name": "Pat Owner",
            "owner_email": "pat@police.example",
            "due_on": "2015-03-31",
            "measure": "An audit of fifty records",
        }
    ],
}
CLOSED_ON = date(2014, 6, 27)


def person(session: Session, email: str, name: str, organisation: str = "") -> int:
    """A person's id, put on record if they are new."""
    found = session.exec(select(Person).where(Person.email == email)).first()
    found = found or Person(email=email, name=name, organisation=organisation)
    session.add(found)
    session.flush()
    return id_of(found)


def review(
    session: Session, type_: str = "serious-case-review", board: str = "northamptonshire", **referral: Any
) -> Review:
    """A review with its referral recorded, on a board that has a chair, a monitoring chair and a business manager."""
    held = {
        Role.INDEPENDENT_CHAIR: "Robin Chair",
        Role.MONITORING_CHAIR: "Kim Monitor",
        Role.BUSINESS_MANAGER: "Jo Manager",
    }
    for role, name in held.items():
        holder = person(session, f"{role}@board.example", name)
        session.add(Appointment(board=board, role=role, person_id=holder, since=date(2014, 1, 1)))
    made = Review(
        reference="LSCBN-SCR-2014-001",
        board=board,
        type=type_,
        edition="WT2013",
        launched_on=date(2014, 5, 6),
        facts={"notified_on": "2014-05-06", "incident_on": "2014-04-28"},
        referral=REFERRAL | referral,
    )
    session.add(made)
    session.flush()
    return made


def recorded(session: Session, review: Review, outcomes: dict[str, dict[str, Any]]) -> None:
    """Close these stages with these outcomes, and keep what the pipeline counts from."""
    facts = dict(review.facts)
    for key, outcome in outcomes.items():
        add_stage(session, review, key, outcome=outcome)
        facts |= find_stage(review.type, key).form.model_validate(outcome).facts_recorded()
    review.facts = facts
    session.add(review)
    session.flush()


def add_stage(
    session: Session,
    review: Review,
    name: str,
    *,
    outcome: dict[str, Any] | None = None,
    agency: Agency | None = None,
    due_on: date | None = None,
) -> int:
    """A stage's id: closed with its outcome, or open."""
    stage = Stage(
        review_id=id_of(review),
        board=review.board,
        type=review.type,
        name=name,
        key=name.partition(":")[0],
        agency_id=agency.id if agency else None,
        outcome=outcome,
        state=StageState.OPEN if outcome is None else StageState.CLOSED,
        opened_on=date(2014, 6, 3),
        due_on=due_on,
        owner_id=person(session, "business-manager@board.example", "Jo Manager"),
        closed_on=None if outcome is None else CLOSED_ON,
        rule="date agreed in the review" if agency else None,
        basis=Basis.AGREED if agency else None,
    )
    session.add(stage)
    session.flush()
    return id_of(stage)


def lead_reviewer(session: Session, review: Review) -> None:
    """Somebody independent leads the review."""
    who = person(session, "lee@reviewer.example", "Lee Reviewer", "Independent consultant")
    session.add(Involvement(review_id=id_of(review), person_id=who, role=Role.LEAD_REVIEWER))
    session.flush()


def agencies(session: Session, review: Review, *reports: dict[str, Any] | None) -> list[int]:
    """The ids of the stages of both agencies: closed where there is a report, else open."""
    stages = []
    for row, report in zip(REFERRAL["agencies"], reports, strict=True):
        slug = "midshire-police" if "Police" in row["name"] else "midshire-children-s-services"
        author = person(session, row["author_email"], row["author_name"], row["name"])
        agency = Agency(review_id=id_of(review), slug=slug, name=row["name"], author_id=author)
        session.add(agency)
        session.flush()
        stages.append(
            add_stage(session, review, f"agency-report:{slug}", outcome=report, agency=agency, due_on=date(2014, 8, 29))
        )
    return stages


def full_review(session: Session, *, but: str = "", **referral: Any) -> Review:
    """A serious case review that has come as far as the board's approval; the stage `but` is left out."""
    made = review(session, **referral)
    lead_reviewer(session, made)
    outcomes = {
        "chair-decision": DECISION,
        "terms-of-reference": TERMS,
        "family-invitation": FAMILY,
        "practitioner-events": EVENTS,
        "report": REPORT,
        "board-approval": APPROVAL,
    }
    recorded(session, made, {key: outcome for key, outcome in outcomes.items() if key != but})
    agencies(session, made, POLICE, COUNCIL)
    return made


def undertaken(session: Session, review: Review) -> None:
    """Keep the actions of the plan as completing its stage does."""
    for number, row in enumerate(ActionPlan.model_validate(PLAN).actions, 1):
        owner = person(session, row.owner_email, row.owner_name, row.organisation)
        session.add(
            Action(
                review_id=id_of(review),
                number=number,
                wording=row.action,
                organisation=row.organisation,
                owner_id=owner,
                due_on=row.due_on,
                measure=row.measure,
            )
        )
    session.flush()


def prepare(
    session: Session,
    review: Review,
    kind: Preparation,
    stage_id: int,
    settings: Settings,
    *,
    for_the_record: bool = False,
) -> Document:
    """Prepare a document as the worker would, and give the one row that is stored.

    `for_the_record` is of what is made again when its stage closes.
    """
    stage = session.get_one(Stage, stage_id)
    assert stage.review_id == id_of(review)
    made = prepare_document(session, stage, ToMake(kind, for_the_record), settings, NOW)
    session.add(made)
    session.flush()
    return session.exec(select(Document).where(Document.id == made.id)).one()


def document_for(store: Store, settings: Settings, kind: Preparation, stage: str, **referral: Any) -> Document:
    """The document of this kind, made for an open stage of a full review."""
    with store.transaction() as session:
        made = full_review(session, but=stage, **referral)
        return prepare(session, made, kind, add_stage(session, made, stage), settings)


def document_on_record(
    store: Store, settings: Settings, kind: Preparation, stage: str, outcome: dict[str, Any]
) -> Document:
    """The document of this kind, made when the stage closes with this outcome."""
    with store.transaction() as session:
        held = full_review(session, but=stage)
        if stage == "action-plan":
            undertaken(session, held)
        recorded(session, held, {stage: outcome})
        closed = session.exec(select(Stage.id).where(Stage.review_id == held.id, Stage.name == stage)).one()
        assert closed is not None
        return prepare(session, held, kind, closed, settings, for_the_record=True)
