"""A review with its actions planned, and people who do things to them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from casework.actions import action_of, move_action, record_of
from casework.people.directory import find_person
from casework.record.act import Act
from casework.record.store import Store
from casework.views.review import find_review
from models.action import Action, ActionEntry
from models.notice import Notice
from models.record import JournalEntry, OutboxMessage
from models.review import Document
from models.tables import id_of, table_of
from models.vocabulary import ActionMove
from tests.walking import (
    ACTION,
    APPROVAL,
    CHAIR,
    MANAGER,
    NOW,
    SERIOUS_CASE_REVIEW,
    TODAY,
    Step,
    launched,
    take,
    walked,
)

OWNER = "olli.owner@police.example"
DUE = "2020-03-02"  # a Monday
SINGLE = ACTION | {"due_on": DUE, "scope": "single-agency", "impact": "quality", "answers": 1}
SEVERAL = ACTION | {"due_on": DUE}
TABLES = [table_of(each) for each in (Action, ActionEntry, JournalEntry, Notice, OutboxMessage, Document)]

EVIDENCE = {"evidenced_on": "2019-12-02", "evidence": "The audit of November."}
ASSURED = {"assured_on": "2019-12-09", "assurance": "The assistant chief constable stands for it."}
SIGNED_OFF = {"signed_off_on": "2019-12-16"}
FAILED = {"rechecked_on": "2020-01-03", "holds": False, "shows": "Half of the files.", "due_on": "2020-06-01"}


def planned(store: Store, *rows: dict[str, Any]) -> str:
    """A review of which monitoring is open, with these actions; without any, one agency's own."""
    reference = launched(store)
    walked(store, reference, SERIOUS_CASE_REVIEW, until="action-plan")
    plan = {"plan_agreed_on": "2014-11-24", "actions": list(rows or [SINGLE])}
    take(store, reference, Step("action-plan", MANAGER, plan))
    take(store, reference, Step("board-approval", CHAIR, APPROVAL))
    return reference


def do(
    store: Store,
    reference: str,
    kind: ActionMove,
    data: Mapping[str, Any],
    by: str = OWNER,
    *,
    number: int = 1,
    today: date = TODAY,
    now: datetime = NOW,
    file: tuple[str, bytes] | None = None,
) -> Action:
    """Do something to an action in a transaction of its own."""
    with store.transaction() as session:
        person = find_person(session, by)
        return move_action(Act(session, person, now, today), reference, number, kind, data, file=file)


def standing(store: Store, reference: str, number: int = 1) -> Action:
    """An action as it stands."""
    with store.reading() as session:
        return action_of(session, id_of(find_review(session, reference)), number, reference)


def record(store: Store, reference: str, number: int = 1) -> list[ActionEntry]:
    """The record of an action."""
    with store.reading() as session:
        action = action_of(session, id_of(find_review(session, reference)), number, reference)
        return record_of(session, action)


def counts(store: Store) -> list[int]:
    """How many rows stand in every table that a move may write."""
    with store.engine.connect() as connection:
        return [connection.execute(select(func.count()).select_from(table)).scalar_one() for table in TABLES]
