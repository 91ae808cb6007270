"""How a review stands, in words: its state, its deadline and its open work are said from here, so that they agree."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlmodel import Session

from casework.views.overview import ACTION, REVIEW
from models.tables import literally
from models.vocabulary import LIVE, OWES_ACTIONS, ActionState, ReviewState


def state_in_words(state: ReviewState, actions: int = 0) -> str:
    """How a review stands: "Open", "On hold", "Closed, 1 action open". `actions` is how many of them are owed."""
    said = "On hold" if state is ReviewState.HELD else state.label
    return said if state in LIVE or not actions else f"{said}, {in_number(actions)} open"


def open_work(stages: int, actions: int) -> str:
    """What is open where no stage is listed; nothing where one is."""
    if stages:
        return ""
    if not actions:
        return "Nothing is open."
    return f"No stage is open. {in_number(actions)} {'is' if actions == 1 else 'are'} still open."


def in_number(actions: int) -> str:
    """So many actions, in words."""
    return "1 action" if actions == 1 else f"{actions} actions"


def actions_owed(session: Session, references: Iterable[str]) -> dict[str, int]:
    """How many actions of these reviews are not signed off, by reference; without those that have none.

    A review that was withdrawn owes none.
    """
    asked = select(REVIEW.c.reference, func.count()).join(ACTION, ACTION.c.review_id == REVIEW.c.id)
    owed = asked.where(
        ~literally(ACTION.c.state, ActionState.CLOSED),
        REVIEW.c.state.in_(OWES_ACTIONS),
        REVIEW.c.reference.in_(list(references)),
    )
    return dict(session.connection().execute(owed.group_by(REVIEW.c.reference)).tuples().all())
