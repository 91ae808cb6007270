"""Actions: planned with an owner and a date, open until there is evidence."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from casework import journal, outbox
from casework.case import Case, check_going, load, store
from casework.opening import ADD_NOTICE, notice_days
from casework.people import person_for
from casework.wording import read
from models.errors import MoveRefused, NotAllowed, NotFound
from models.forms.base import check_days
from models.forms.learning import ActionEvidence, ActionPlan, ActionUpdate, Monitoring
from models.people import Person
from models.review import Action
from models.vocabulary import ActionState, ReviewState, Role, Template


def actions_of(session: Session, review_id: int) -> list[Action]:
    """The actions of a review, by number."""
    return list(session.exec(select(Action).where(Action.review_id == review_id).order_by(col(Action.number))))


def planned(case: Case, form: ActionPlan) -> None:
    """Put the planned actions on record, tell their owners, and plan when they hear of them again."""
    for number, row in enumerate(form.actions, 1):
        owner = person_for(case.session, email=row.owner_email, name=row.owner_name, organisation=row.organisation)
        assert owner.id is not None
        action = Action(
            review_id=case.id, number=number, wording=row.action, organisation=row.organisation, owner_id=owner.id,
            due_on=row.due_on, measure=row.measure,
        )  # fmt: skip
        case.session.add(action)
        case.session.flush()
        plan_notices(case, action)
        outbox.queue(
            case.session, key=f"{Template.ACTION_ASSIGNED}:{case.id}:{number}", template=Template.ACTION_ASSIGNED,
            person_id=owner.id, now=case.now, review_id=case.id,
            details={"number": str(number), "due": row.due_on.isoformat()},
        )  # fmt: skip


def plan_notices(case: Case, action: Action) -> None:
    """Store the days on which the owner is to hear of this action; today, if it is overdue already."""
    ahead = [on for on in notice_days(case.profile.reminders, action.due_on) if on >= case.today]
    days = ahead if action.due_on >= case.today else sorted({case.today, *ahead})
    case.connection.execute(ADD_NOTICE, [{"action_id": action.id, "on_day": on} for on in days])


def monitored(case: Case, form: Monitoring) -> None:
    """Close the actions that evidence was given for; monitoring ends only when none is open."""
    for row in form.actions:
        close_action(case.session, case.id, case.reference, row)
    still = [action.number for action in actions_of(case.session, case.id) if action.state is ActionState.OPEN]
    if still:
        raise MoveRefused(
            f"Monitoring cannot end: of the actions of {case.reference}, {', '.join(map(str, still))} "
            f"{'is' if len(still) == 1 else 'are'} still open. Record the evidence for each, then end it."
        )


def close_action(session: Session, review_id: int, reference: str, evidence: ActionEvidence) -> Action:
    """Close an action with its evidence; raises NotFound, or MoveRefused when it is closed already."""
    found = session.exec(select(Action).where(Action.review_id == review_id, Action.number == evidence.number)).first()
    if found is None:
        raise NotFound(f"{reference} has no action {evidence.number}. Its page lists those it has.")
    if found.state is ActionState.CLOSED:
        raise MoveRefused(
            f"Action {evidence.number} of {reference} was closed on {found.closed_on}; it needs no more evidence."
        )
    found.state, found.evidence, found.closed_on = ActionState.CLOSED, evidence.evidence, evidence.closed_on
    session.add(found)
    session.flush()
    return found


def update(
    session: Session,
    reference: str,
    number: int,
    data: Mapping[str, Any],
    *,
    by: Person,
    now: datetime,
    today: date,
) -> None:
    """Close one action with its evidence, from its own page: by its owner, the monitoring body or the business manager.

    Raises NotFound, NotAllowed, MoveRefused or InputError.
    """
    case = load(session, reference, now=now, today=today)
    check_going(case)
    check_not_withdrawn(case)
    form = read(ActionUpdate, data)
    check_days(form, since=case.notified_on, today=today)
    check_may_close(case, number, by)
    evidence = ActionEvidence(number=number, **form.model_dump())
    close_action(session, case.id, reference, evidence)
    store(case, "action closed", by, detail=closed_detail(case, evidence))


def journal_closed(case: Case, form: Monitoring, by: Person) -> None:
    """Journal each action that the monitoring form has closed; the caller then stores the end of the chain."""
    for evidence in form.actions:
        journal.write(
            case.connection, case.secret, case.chain, review_id=case.id, at=case.now, actor_id=by.id,
            verb="action closed", detail=closed_detail(case, evidence),
        )  # fmt: skip


def closed_detail(case: Case, evidence: ActionEvidence) -> dict[str, Any]:
    """What the journal keeps of a closed action: its number, and the fingerprint of its evidence."""
    fingerprint = journal.evidence_digest(case.secret, evidence.closed_on, evidence.evidence)
    return {"number": evidence.number, "evidence": fingerprint}


def check_not_withdrawn(case: Case) -> None:
    """Nothing is owed any more in a review that was withdrawn."""
    if case.state is ReviewState.WITHDRAWN:
        raise MoveRefused(f"{case.reference} is withdrawn: its actions are not owed any more.")


def check_may_close(case: Case, number: int, by: Person) -> None:
    """An action is closed by its owner, or by those who monitor or steer the review."""
    found = action_of(case.session, case.id, number)
    watching = (Role(case.kind.monitors.value), Role.BUSINESS_MANAGER)
    if (found and found.owner_id == by.id) or any(by.id in case.roles.get(role, ()) for role in watching):
        return
    raise NotAllowed(
        f"Action {number} of {case.reference} is for its owner or the {case.profile.title(watching[0])} to close, "
        f"not for {by.email}. Ask one of them."
    )


def action_of(session: Session, review_id: int, number: int) -> Action | None:
    """One action of a review."""
    return session.exec(select(Action).where(Action.review_id == review_id, Action.number == number)).first()
