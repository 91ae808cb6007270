"""Reviews to make documents of: rows as the moves leave them, everything in them invented."""

from datetime import UTC, date, datetime
from typing import Any

from sqlmodel import Session, select

from casework.documents import prepare_document
from casework.pipelines import find_stage
from casework.settings import Settings
from casework.store import Store
from models.people import Appointment, Person
from models.record import Work
from models.review import Agency, Document, Involvement, Review, Stage
from models.vocabulary import Basis, Preparation, Role, StageState

NOW = datetime(2014, 6, 30, 23, 30, tzinfo=UTC)  # it is already Tuesday 1 July in London
TYPED = "a < b & c, {{ 7 * 7 }} {% raw %} {_{ and ‘x’"

REFERRAL: dict[str, Any] = {
    "abuse_or_neglect": "yes", "child_died": "no", "seriously_harmed": "yes", "died_in_custody": "no",
    "concern_about_working_together": "not-known", "notified_on": "2014-05-06", "incident_on": "2014-04-28",
    "referred_by": "ward@hospital.example",
    "circumstances": "The child, aged two, was brought to hospital with injuries.\n\nFour agencies knew the family.",
    "reasons": "Concerns had been raised three times in a year, and no agency saw the whole.",
    "agencies": [
        {"name": "Midshire Police", "author_name": "Avery Constable", "author_email": "avery@police.example"},
        {"name": "Midshire Children’s Services", "author_name": "Sam Social", "author_email": "sam@council.example"},
    ],
}  # fmt: skip
DECISION = {"decided_on": "2014-06-03", "decision": "serious-case-review", "reasons": "The criteria are met."}
TERMS = {
    "methodology": "significant-incident-learning-process", "why_methodology": "It brings practitioners in.",
    "period_from": "2013-01-01", "period_to": "2014-04-28", "questions": "Was the child seen?\nWas the child heard?",
    "agencies": REFERRAL["agencies"], "agency_reports_due": "2014-08-29",
}  # fmt: skip
FAMILY = {
    "invitations": [{"who": "parent", "invited_on": "2014-07-02", "how": "By a visit", "answer": "accepted"}],
    "expectations": "Explained at the visit.", "views": "They wanted somebody to ring back.",
}  # fmt: skip
EVENTS = {
    "events": [{"kind": "learning-event", "held_on": "2014-09-10", "attended": 23}],
    "heard": "Managers were hard to reach out of hours.",
}
REPORT = {
    "report_finished_on": "2014-11-20", "what_happened": "Three referrals were each closed.",
    "why": "Each referral was looked at by itself.",
    "findings": "Agencies need to see referrals together.\nPractitioners need to reach a manager out of hours.",
}  # fmt: skip
APPROVAL = {"approved_on": "2014-12-01", "approved_by": "LSCB meeting", "response": "The board accepts both findings."}
POLICE = {
    "finished_on": "2014-08-20", "involvement": "Officers attended twice.", "learning": "Record who was in the house.",
    "agency_actions": "A new form since July.",
}  # fmt: skip
COUNCIL = {
    "finished_on": "2014-08-25",
    "involvement": "Two assessments were made.",
    "learning": "Ask what the child sees.",
}


def person(session: Session, email: str, name: str, organisation: str = "") -> int:
    """A person's id, put on record if they are new."""
    found = session.exec(select(Person).where(Person.email == email)).first()
    found = found or Person(email=email, name=name, organisation=organisation)
    session.add(found)
    session.flush()
    assert found.id is not None
    return found.id


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
        reference="LSCBN-SCR-2014-001", board=board, type=type_, edition="WT2013", launched_on=date(2014, 5, 6),
        facts={"notified_on": "2014-05-06", "incident_on": "2014-04-28"}, referral=REFERRAL | referral,
    )  # fmt: skip
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
    session: Session, review: Review, name: str, *, outcome: dict[str, Any] | None = None, agency: Agency | None = None,
    due_on: date | None = None,
) -> int:  # fmt: skip
    """A stage's id: closed with its outcome, or open."""
    assert review.id is not None
    stage = Stage(
        review_id=review.id, board=review.board, type=review.type, name=name,
        key=name.partition(":")[0], agency_id=agency.id if agency else None,
        outcome=outcome,
        state=StageState.OPEN if outcome is None else StageState.CLOSED, opened_on=date(2014, 6, 3), due_on=due_on,
        owner_id=person(session, "business-manager@board.example", "Jo Manager"),
        rule="date agreed in the review" if agency else None, basis=Basis.AGREED if agency else None,
    )  # fmt: skip
    session.add(stage)
    session.flush()
    assert stage.id is not None
    return stage.id


def lead_reviewer(session: Session, review: Review) -> None:
    """Somebody independent leads the review."""
    assert review.id is not None
    who = person(session, "lee@reviewer.example", "Lee Reviewer", "Independent consultant")
    session.add(Involvement(review_id=review.id, person_id=who, role=Role.LEAD_REVIEWER))
    session.flush()


def agencies(session: Session, review: Review, *reports: dict[str, Any] | None) -> list[int]:
    """The ids of the stages of both agencies: closed where there is a report, else open."""
    assert review.id is not None
    stages = []
    for row, report in zip(REFERRAL["agencies"], reports, strict=True):
        slug = "midshire-police" if "Police" in row["name"] else "midshire-children-s-services"
        author = person(session, row["author_email"], row["author_name"], row["name"])
        agency = Agency(review_id=review.id, slug=slug, name=row["name"], author_id=author)
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
        "chair-decision": DECISION, "terms-of-reference": TERMS, "family-invitation": FAMILY,
        "practitioner-events": EVENTS, "report": REPORT, "board-approval": APPROVAL,
    }  # fmt: skip
    recorded(session, made, {key: outcome for key, outcome in outcomes.items() if key != but})
    agencies(session, made, POLICE, COUNCIL)
    return made


def prepare(session: Session, review: Review, kind: Preparation, stage_id: int, settings: Settings) -> Document:
    """Prepare a document as the worker would, and give the one row that is stored."""
    assert review.id is not None
    work = Work(key=f"{kind}:{stage_id}", review_id=review.id, stage_id=stage_id, kind=kind.value, queued_at=NOW)
    session.add(prepare_document(session, work, settings, NOW))
    session.flush()
    return session.exec(select(Document).where(Document.stage_id == stage_id, Document.kind == kind.value)).one()


def document_for(store: Store, settings: Settings, kind: Preparation, stage: str, **referral: Any) -> Document:
    """The document of this kind, made for an open stage of a full review."""
    with store.transaction() as session:
        made = full_review(session, but=stage, **referral)
        return prepare(session, made, kind, add_stage(session, made, stage), settings)
