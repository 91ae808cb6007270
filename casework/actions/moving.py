"""Doing something to an action: each is one transaction's work, and says what it refuses and what to do instead."""

from collections.abc import Mapping
from typing import Any

from casework.actions import doing
from casework.actions.lookup import action_of
from casework.actions.parts import check_part
from casework.actions.table import MOVES, MoveSpec
from casework.record.act import Act
from casework.reviews import files
from casework.reviews.case import Case, check_going, load, store
from casework.validation.reading import read
from models.action import Action
from models.errors import MoveRefused
from models.forms.action import EvidenceGiven
from models.forms.base import check_days
from models.people import Person
from models.review import Document
from models.vocabulary import ActionMove, ActionState, ReviewState
from models.wording import Sentence


def move_action(
    act: Act,
    reference: str,
    number: int,
    kind: ActionMove,
    data: Mapping[str, Any],
    *,
    file: tuple[str, bytes] | None = None,
) -> Action:
    """Do something to an action: check, change, enter it into its record, journal, letters and reminders.

    `data` is what the move's form asks for; `file` the name and content of a file that is the evidence. Raises
    NotFound, NotAllowed, MoveRefused or InputError.
    """
    case = load(act, reference)
    spec = MOVES[kind]
    action = action_of(act.session, case.id, number, reference)
    check_part(case, action, act.person, spec.who, spec.what)
    check_owed(case)
    check_state(case, action, spec)
    form = read(spec.form, data)
    check_days(form, since=case.began_on, today=act.today)
    before, detail = action.state, dict[str, Any](number=number)
    if file is not None and isinstance(form, EvidenceGiven):
        kept = add_file(case, act.person, file)
        doing.take_evidence(case, action, form, kept)
        detail |= {"fingerprint": files.fingerprint(case, kept)}
    else:
        spec.do(case, action, form)
    store(case, verb_of(spec, before, action), act.person, detail=detail)
    return action


def verb_of(spec: MoveSpec, before: ActionState, action: Action) -> str:
    """What the journal calls a move: a re-check that fails has reopened the action."""
    reopened = before is ActionState.CLOSED and action.state is ActionState.OPEN
    return MOVES[ActionMove.REOPEN].verb if reopened else spec.verb


def check_owed(case: Case) -> None:
    """Nothing is done to the actions of a review that is on hold, or was withdrawn."""
    check_going(case)
    if case.state is ReviewState.WITHDRAWN:
        raise MoveRefused(f"{case.reference} is withdrawn, so its actions are no longer owed.")


def check_state(case: Case, action: Action, spec: MoveSpec) -> None:
    """Refuse a move that comes at the wrong time."""
    if action.state not in spec.states:
        raise MoveRefused(
            Sentence(
                "Action {number} of {reference} {state}. {needs}",
                number=action.number,
                reference=case.reference,
                state=state_in_words(action),
                needs=spec.needs,
            )
        )


def state_in_words(action: Action) -> Sentence | str:
    """How an action stands, in words."""
    if action.closed_on is not None:
        return Sentence("was signed off on {day}", day=action.closed_on)
    return "waits for sign-off" if action.state is ActionState.EVIDENCED else "is open, without evidence yet"


def add_file(case: Case, by: Person, file: tuple[str, bytes]) -> Document:
    """Keep a file as evidence, with the stage that planned the actions."""
    plans = [stage.id for stage in case.stages if "actions" in case.pipeline.by_key[stage.key].form.model_fields]
    return files.keep_file(case, min(plans or [stage.id for stage in case.stages]), *file, by=by)
