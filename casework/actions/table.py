"""What may be done to an action: who may, while it stands how, and what is asked. The buttons come from here too."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from casework.actions import doing
from casework.actions.parts import Part, parts_of
from casework.reviews.case import Case
from models.action import Action
from models.forms import action as forms
from models.forms.base import Form
from models.people import Person
from models.vocabulary import ActionMove, ActionScope, ActionState, ReviewState

OWNER, MONITOR, MANAGER = Part.OWNER, Part.MONITOR, Part.MANAGER
OPEN, EVIDENCED, CLOSED = ActionState.OPEN, ActionState.EVIDENCED, ActionState.CLOSED


@dataclass(frozen=True, slots=True)
class MoveSpec:
    """One move. `what` names it in a refusal, `needs` ends the refusal of one that comes at the wrong time.

    `verb` is what the journal calls it.
    """

    what: str
    verb: str
    form: type[Form]
    who: tuple[Part, ...]
    states: tuple[ActionState, ...]
    needs: str
    do: Callable[[Case, Action, Any], None]


class Ownership(Protocol):
    """Whose an action is, and whether its agency stands for it."""

    @property
    def scope(self) -> ActionScope: ...
    @property
    def assured_on(self) -> date | None: ...


MOVES: Mapping[ActionMove, MoveSpec] = {
    ActionMove.PROGRESS: MoveSpec(
        "Recording the progress of",
        "action progress",
        forms.Progress,
        (OWNER, MANAGER),
        (OPEN, EVIDENCED),
        "There is no more progress to record.",
        doing.note_progress,
    ),
    ActionMove.EVIDENCE: MoveSpec(
        "Giving evidence for",
        "action evidenced",
        forms.EvidenceGiven,
        (OWNER, MANAGER),
        (OPEN, EVIDENCED),
        "It needs no more evidence.",
        doing.take_evidence,
    ),
    ActionMove.ASSURANCE: MoveSpec(
        "Giving the agency’s assurance of",
        "action assured",
        forms.Assurance,
        (OWNER,),
        (OPEN, EVIDENCED),
        "It needs no more assurance.",
        doing.take_assurance,
    ),
    ActionMove.SIGN_OFF: MoveSpec(
        "Signing off",
        "action signed off",
        forms.SignOff,
        (MONITOR,),
        (EVIDENCED,),
        "An action is signed off once, on its evidence.",
        doing.sign_off,
    ),
    ActionMove.DEADLINE: MoveSpec(
        "Moving the deadline of",
        "action deadline moved",
        forms.DeadlineMoved,
        (MANAGER,),
        (OPEN,),
        "You can move its deadline only until its evidence is given.",
        doing.move_deadline,
    ),
    ActionMove.OVERRIDE: MoveSpec(
        "Setting the colour of",
        "action colour set",
        forms.Override,
        (MONITOR, MANAGER),
        (OPEN, EVIDENCED),
        "Its colour is settled.",
        doing.set_colour,
    ),
    ActionMove.LIFT_OVERRIDE: MoveSpec(
        "Lifting the colour set for",
        "action colour lifted",
        forms.OverrideLifted,
        (MONITOR, MANAGER),
        (OPEN, EVIDENCED),
        "Its colour is settled.",
        doing.lift_override,
    ),
    ActionMove.IMPACT: MoveSpec(
        "Recording the impact of",
        "action impact measured",
        forms.ImpactMeasured,
        (OWNER, MONITOR, MANAGER),
        (EVIDENCED, CLOSED),
        "You can record its impact once there is evidence that it is done.",
        doing.note_impact,
    ),
    ActionMove.RE_CHECK_DATE: MoveSpec(
        "Planning the re-check of",
        "action re-check planned",
        forms.ReCheckDate,
        (MONITOR, MANAGER),
        (CLOSED,),
        "You can re-check an action once it is signed off.",
        doing.recheck_date,
    ),
    ActionMove.RE_CHECK: MoveSpec(
        "Re-checking",
        "action re-checked",
        forms.ReCheck,
        (MONITOR,),
        (CLOSED,),
        "You can re-check an action once it is signed off.",
        doing.note_recheck,
    ),
    ActionMove.REOPEN: MoveSpec(
        "Reopening",
        "action reopened",
        forms.Reopening,
        (MONITOR,),
        (EVIDENCED, CLOSED),
        "There is nothing to reopen.",
        doing.reopen_action,
    ),
}


def may_do(case: Case, action: Action, by: Person) -> tuple[ActionMove, ...]:
    """What somebody may do to an action now, in the order of the table; nothing while its review is on hold."""
    if case.state is ReviewState.HELD or case.state is ReviewState.WITHDRAWN:
        return ()
    parts = parts_of(case, action, by)
    return tuple(
        kind
        for kind, spec in MOVES.items()
        if action.state in spec.states and not parts.isdisjoint(spec.who) and has_what_it_needs(action, kind)
    )


def has_what_it_needs(action: Action, kind: ActionMove) -> bool:
    """Whether a move has what it needs: a colour to lift, the assurance of an agency whose own action it is."""
    if kind is ActionMove.LIFT_OVERRIDE:
        return action.override is not None
    return kind is not ActionMove.SIGN_OFF or not wants_assurance(action)


def wants_assurance(action: Ownership) -> bool:
    """Whether an agency has still to assure the board of its own action."""
    return action.scope is ActionScope.SINGLE_AGENCY and action.assured_on is None
