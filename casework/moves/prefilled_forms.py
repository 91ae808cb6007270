"""What a stage's form asks, with what is known already filled in: nothing is typed twice."""

from typing import Any

from sqlmodel import Session, select

from casework.actions import actions_of
from casework.findings.outputs import actions_to_plan, responses_to_give
from casework.framework.pipelines import find_named_stage
from casework.moves.sending_back import SENT_BACK
from casework.registers import taking_part
from casework.registers.participation import participants_of
from casework.requests import draft_terms
from models.forms.audit import PeopleHeard, SingleCaseAuditPlan
from models.forms.decision import Screening
from models.forms.inquiry import AgenciesAndAuthors, FamilyInvitation, PractitionerEvents, TermsOfReference
from models.forms.learning import ActionPlan, BoardResponse, Monitoring, ReAudit
from models.forms.referral import Criteria
from models.people import Person
from models.review import Agency, Review, Stage
from models.tables import id_of
from models.vocabulary import ActionState, StageState


def known_already(session: Session, review: Review, stage: str) -> dict[str, Any]:
    """The fields of a stage's form that earlier stages have answered, to be confirmed or changed."""
    form = find_named_stage(review.type, stage).form
    if said := said_before(session, review, stage):
        return {name: said[name] for name in form.model_fields if name in said}
    if form is Screening:
        return {name: review.referral[name] for name in Criteria.model_fields if name in review.referral}
    if form is TermsOfReference:
        agreed = draft_terms.agreement_so_far(session, id_of(review))
        return {"agencies": agencies(session, review)} | ({"agreement": agreed} if agreed else {})
    if form in (AgenciesAndAuthors, SingleCaseAuditPlan):
        return {"agencies": agencies(session, review)}
    if form is FamilyInvitation:
        return taking_part.invitations(participants_of(session, id_of(review)))
    if form in (PractitionerEvents, PeopleHeard):
        return taking_part.events(participants_of(session, id_of(review)))
    if form is ActionPlan:
        return {"actions": actions_to_plan(session, id_of(review))}
    if form is BoardResponse:
        return {"responses": responses_to_give(session, id_of(review))}
    if form is Monitoring:
        return {"actions": actions_in(session, review, ActionState.EVIDENCED)}
    if form is ReAudit:
        return {"actions": actions_in(session, review, ActionState.CLOSED)}
    return {}


def said_before(session: Session, review: Review, stage: str) -> dict[str, Any] | None:
    """What a stage recorded before it was sent back, or in earlier rounds; not of the decision that sends back."""
    spec = find_named_stage(review.type, stage)
    if not spec.recurs_until and (SENT_BACK not in review.facts or spec.decides):
        return None
    waits = (Stage.review_id == review.id, Stage.name == stage, Stage.state == StageState.OPEN)
    said = session.exec(select(Stage.outcome).where(*waits)).first()
    return dict(said) if said else None


def actions_in(session: Session, review: Review, state: ActionState) -> list[dict[str, Any]]:
    """The numbers of a review's actions in a state, a row each; what is asked of them is left to be typed."""
    return [{"number": action.number} for action in actions_of(session, id_of(review)) if action.state is state]


def agencies(session: Session, review: Review) -> list[dict[str, str]]:
    """The agencies named so far: those on record, or those of the referral."""
    found = session.exec(
        select(Agency.name, Person.name, Person.email).join(Person).where(Agency.review_id == review.id).order_by("id")
    ).all()
    named = [{"name": name, "author_name": author, "author_email": email} for name, author, email in found]
    return named or list(review.referral.get("agencies", []))
