"""Who may do what to an action while it stands how: the whole table, and the buttons that come from it."""

from datetime import date

from casework.actions import action_of
from casework.actions.parts import Part
from casework.actions.table import MOVES, may_do
from casework.people.directory import find_person
from casework.record.act import Act
from casework.record.store import Store
from casework.reviews.case import load
from dashboard.presenters.action_moves import ASKS, TITLES
from models.vocabulary import ActionMove, ActionState
from tests.casework.actions.acting import ASSURED, EVIDENCE, OWNER, SIGNED_OFF, SINGLE, do, planned
from tests.walking import MANAGER, MONITOR, NOW, PANEL

OWNS, MONITORS, MANAGES = Part.OWNER, Part.MONITOR, Part.MANAGER
OPEN, EVIDENCED, CLOSED = ActionState.OPEN, ActionState.EVIDENCED, ActionState.CLOSED


def test_the_table_says_who_does_what_while_an_action_stands_how() -> None:
    assert {kind: (set(spec.who), set(spec.states)) for kind, spec in MOVES.items()} == {
        ActionMove.PROGRESS: ({OWNS, MANAGES}, {OPEN, EVIDENCED}),
        ActionMove.EVIDENCE: ({OWNS, MANAGES}, {OPEN, EVIDENCED}),
        ActionMove.ASSURANCE: ({OWNS}, {OPEN, EVIDENCED}),
        ActionMove.SIGN_OFF: ({MONITORS}, {EVIDENCED}),
        ActionMove.DEADLINE: ({MANAGES}, {OPEN}),
        ActionMove.OVERRIDE: ({MONITORS, MANAGES}, {OPEN, EVIDENCED}),
        ActionMove.LIFT_OVERRIDE: ({MONITORS, MANAGES}, {OPEN, EVIDENCED}),
        ActionMove.IMPACT: ({OWNS, MONITORS, MANAGES}, {EVIDENCED, CLOSED}),
        ActionMove.RE_CHECK_DATE: ({MONITORS, MANAGES}, {CLOSED}),
        ActionMove.RE_CHECK: ({MONITORS}, {CLOSED}),
        ActionMove.REOPEN: ({MONITORS}, {EVIDENCED, CLOSED}),
    }


def test_every_move_can_be_asked_for_and_told() -> None:
    assert (set(MOVES), set(ASKS), set(TITLES)) == (set(ActionMove), set(ActionMove), set(ActionMove))


def offered(store: Store, reference: str, by: str) -> list[str]:
    """What somebody may do to the action now."""
    with store.reading() as session:
        case = load(Act(session, None, NOW, date(2020, 1, 6)), reference, lock=False)
        action = action_of(session, case.id, 1, reference)
        return [kind.value for kind in may_do(case, action, find_person(session, by))]


def test_only_what_can_be_done_now_is_offered(store: Store) -> None:
    reference = planned(store, SINGLE)
    assert offered(store, reference, OWNER) == ["progress", "evidence", "assurance"]
    assert offered(store, reference, MANAGER) == ["progress", "evidence", "deadline", "override"]
    assert offered(store, reference, MONITOR) == ["override"]
    assert offered(store, reference, PANEL) == []
    do(store, reference, ActionMove.EVIDENCE, EVIDENCE)
    assert offered(store, reference, MONITOR) == ["override", "impact", "reopen"]  # the assurance is wanting
    do(store, reference, ActionMove.ASSURANCE, ASSURED)
    assert offered(store, reference, MONITOR) == ["sign-off", "override", "impact", "reopen"]
    do(store, reference, ActionMove.SIGN_OFF, SIGNED_OFF, MONITOR)
    assert offered(store, reference, MONITOR) == ["impact", "re-check-date", "re-check", "reopen"]
    assert offered(store, reference, OWNER) == ["impact"]
