"""What a person may do to a review now: the same checks that a move makes, asked beforehand."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from casework.actions import actions_of, check_may_close
from casework.case import Case, load
from casework.clock import london_day
from casework.permissions import check_may_complete, check_may_steer
from models.errors import NotAllowed
from models.people import Person
from models.review import Review
from models.vocabulary import LIVE, ActionState


@dataclass(frozen=True)
class Powers:
    """What somebody may do: the open stages they may complete, the open actions they may close, and to steer."""

    completes: frozenset[str]
    closes: frozenset[int]
    steers: bool


def powers(session: Session, review: Review, person: Person, *, now: datetime) -> Powers:
    """What this person may do to this review."""
    case = load(session, review.reference, now=now, today=london_day(now), lock=False)
    return Powers(
        completes=frozenset(stage.name for stage in case.open_stages() if may_complete(case, stage, person)),
        closes=frozenset(
            action.number
            for action in actions_of(session, case.id)
            if action.state is ActionState.OPEN and allowed(check_may_close, case, action.number, person)
        ),
        steers=review.state in LIVE and allowed(check_may_steer, case, person),
    )


def may_complete(case: Case, stage: Any, person: Person) -> bool:
    """Whether this person may complete an open stage; nobody completes one that the calendar ends."""
    spec = case.pipeline.by_key[stage.key]
    return not spec.of_itself and allowed(check_may_complete, case, stage, spec, person)


def allowed(check: Callable[..., None], *about: object) -> bool:
    """Whether a check lets this pass."""
    try:
        check(*about)
    except NotAllowed:
        return False
    return True
