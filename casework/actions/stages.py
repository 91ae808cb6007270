"""What the stages do to actions: monitoring signs off those that are left, a re-audit looks at them again."""

from casework.actions import doing
from casework.actions.lookup import action_of, actions_of
from casework.actions.moving import check_state, verb_of
from casework.actions.parts import Part, check_part
from casework.actions.table import MOVES
from casework.record import journal
from casework.reviews.case import Case
from models.action import Action
from models.errors import InputError, MoveRefused, empty
from models.forms import action as forms
from models.forms.learning import ActionEvidence, Monitoring, ReAudit, ReAudited
from models.vocabulary import ActionMove, ActionState


def sign_off_remaining(case: Case, form: Monitoring) -> None:
    """Sign off the actions named; monitoring ends only when none is left."""
    for place, row in enumerate(form.actions):
        sign_off(case, action_of(case.session, case.id, row.number, case.reference), row, place)
    still = [action.number for action in actions_of(case.session, case.id) if action.state is not ActionState.CLOSED]
    if still:
        which = f"action {still[0]}" if len(still) == 1 else f"actions {', '.join(map(str, still))}"
        raise MoveRefused(
            f"Monitoring cannot end: {which} of {case.reference} {'is' if len(still) == 1 else 'are'} not signed off "
            "yet. Sign off each on its evidence, then end it."
        )


def sign_off(case: Case, action: Action, row: ActionEvidence, place: int) -> None:
    """Sign off one action with its row of the monitoring form, which gives the evidence where none is on record."""
    if case.by is not None:
        check_part(case, action, case.by, (Part.MONITOR,), MOVES[ActionMove.SIGN_OFF].what)
    if row.evidence is not None:
        check_state(case, action, MOVES[ActionMove.EVIDENCE])
        doing.take_evidence(case, action, forms.EvidenceGiven(evidenced_on=row.closed_on, evidence=row.evidence))
    elif action.state is ActionState.OPEN:
        raise InputError(
            empty(("actions", place, "evidence"), "No evidence is on record: say what shows that the action is done.")
        )
    move_in_stage(case, action, ActionMove.SIGN_OFF, forms.SignOff(signed_off_on=row.closed_on))


def record_rechecks(case: Case, form: ReAudit) -> None:
    """Record what the re-audit found of each action; those that do not hold are owed again."""
    for place, row in enumerate(form.actions):
        check_deadline(row, place)
        found = row.model_dump(exclude={"number"})
        action = action_of(case.session, case.id, row.number, case.reference)
        move_in_stage(case, action, ActionMove.RE_CHECK, forms.ReCheck(**found))


def check_deadline(row: ReAudited, place: int) -> None:
    """An action that does not hold needs a new deadline."""
    if not row.holds and row.due_on is None:
        raise InputError(
            empty(("actions", place, "due_on"), "The improvement has not held: give the action a new deadline.")
        )


def move_in_stage(case: Case, action: Action, kind: ActionMove, form: forms.SignOff | forms.ReCheck) -> None:
    """Make a move that is part of completing a stage, with a line of its own in the history."""
    spec, before = MOVES[kind], action.state
    check_state(case, action, spec)
    spec.do(case, action, form)
    journal.write(
        case.connection,
        case.secret,
        case.chain,
        review_id=case.id,
        at=case.now,
        actor_id=case.by.id if case.by else None,
        verb=verb_of(spec, before, action),
        detail={"number": action.number},
    )
