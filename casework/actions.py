"""Actions: planned with an owner and a date, open until there is evidence."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from casework import journal, outbox
from casework.case import Case, load, store
from casework.people import person_for
from casework.wording import read
from models.errors import MoveRefused, NotAllowed, NotFound
from models.forms.base import check_days
from models.forms.learning import ActionEvidence, ActionPlan, ActionUpdate, Monitoring
from models.people import Person
from models.review import Action
from models.vocabulary import ActionState, Role, Template


def actions_of(session: Session, review_id: int) -> list[Action]:
    """The actions of a review, by number."""
    return list(session.exec(select(Action).where(Action.review_id == review_id).order_by(col(Action.number))))


def planned(case: Case, form: ActionPlan) -> None:
    """Put the planned actions on record and tell their owners."""
    for number, row in enumerate(form.actions, 1):
        owner = person_for(case.session, email=row.owner_email, name=row.owner_name, organisation=row.organisation)
        assert owner.id is not None
        case.session.add(
            Action(
                review_id=case.id, number=number, wording=row.action, organisation=row.organisation, owner_id=owner.id,
                due_on=row.due_on, measure=row.measure,
            )
        )  # fmt: skip
        outbox.queue(
            case.session, key=f"{Template.ACTION_ASSIGNED}:{case.id}:{number}", template=Template.ACTION_ASSIGNED,
            person_id=owner.id, now=case.now, review_id=case.id,
            details={"number": str(number), "due": row.due_on.isoformat()},
        )  # fmt: skip
    case.session.flush()


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
    form = read(ActionUpdate, data)
    check_days(form, since=case.notified_on, today=today)
    check_may_close(case, number, by)
    evidence = ActionEvidence(number=number, **form.model_dump())
    close_action(session, case.id, reference, evidence)
    store(
        case,
        "action closed",
        by,
        detail={"number": number, "evidence": journal.digest(form.model_dump(mode="json"))},
    )


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
