"""What is due first in a review: an open stage, or an open action."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from casework.clock.wording import day
from casework.framework.pipelines import find_stage
from casework.views.review import ReviewView
from models.action import Action
from models.vocabulary import ActionState


@dataclass(frozen=True)
class NextDeadline:
    """What is due, when, owed by whom ("you" for the visitor), where the date comes from; an action by its number."""

    due: date
    title: str
    owner: str
    explanation: str
    action: int | None = None


def next_deadline(seen: ReviewView, person_id: int) -> NextDeadline | None:
    """The earliest deadline of what is open and this person sees; a stage before an action of the same day."""
    return min([*stages(seen, person_id), *actions(seen, person_id)], key=lambda each: each.due, default=None)


def stages(seen: ReviewView, person_id: int) -> Iterator[NextDeadline]:
    """The open stages with a deadline; one that ends automatically has nobody to meet it."""
    for stage in seen.open_stages:
        if stage.due_on and not find_stage(seen.review.type, stage.key).of_itself:
            owner = "you" if stage.owner_id == person_id else stage.owner
            yield NextDeadline(stage.due_on, stage.title, owner, stage.explanation)


def actions(seen: ReviewView, person_id: int) -> Iterator[NextDeadline]:
    """The open actions; those of a review that was withdrawn or goes on as another are owed no more."""
    for action, name in seen.actions if seen.owes_actions else ():
        if action.state is ActionState.OPEN:
            owner = "you" if action.owner_id == person_id else name
            yield NextDeadline(action.due_on, f"Action {action.number}", owner, agreed(action), action.number)


def agreed(action: Action) -> str:
    """Where the date of an action comes from: the plan, or a later move that keeps the first date on record."""
    if action.original_due_on is None:
        return "The date agreed in the action plan."
    return f"The deadline was moved; at first it was {day(action.original_due_on)}."
