"""What a person may do to a review now: the same checks that a move makes, asked beforehand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from casework.actions import actions_of
from casework.actions.table import may_do
from casework.clock import london_day
from casework.record.act import Act
from casework.registers.keeping import OVER
from casework.reviews.case import Case, load
from casework.reviews.glimpses import Glimpse
from casework.reviews.permissions import check_may_complete, check_may_record, check_may_steer
from models.errors import NotAllowed
from models.people import Person
from models.review import Review
from models.vocabulary import LIVE, ActionMove


@dataclass(frozen=True)
class AllowedMoves:
    """What somebody may do: the open stages they may complete, what to which action, and to steer.

    `records` says that they may record in the registers: who took part, the principles, what runs beside the review.
    """

    completes: frozenset[str]
    acts: Mapping[int, tuple[ActionMove, ...]]
    steers: bool
    records: bool = False


def allowed_moves(session: Session, review: Review | Glimpse, person: Person, *, now: datetime) -> AllowedMoves:
    """What this person may do to this review."""
    case = load(Act(session, None, now, london_day(now)), review.reference, lock=False)
    return AllowedMoves(
        completes=frozenset(stage.name for stage in case.open_stages() if may_complete(case, stage, person)),
        acts={action.number: may_do(case, action, person) for action in actions_of(session, case.id)},
        steers=review.state in LIVE and passes(check_may_steer, case, person),
        records=review.state not in OVER and passes(check_may_record, case, person),
    )


def may_complete(case: Case, stage: Any, person: Person) -> bool:
    """Whether this person may complete an open stage; nobody completes one that the calendar ends."""
    spec = case.pipeline.by_key[stage.key]
    return not spec.of_itself and passes(check_may_complete, case, stage, spec, person)


def passes(check: Callable[..., None], *about: object) -> bool:
    """Whether a check lets this pass."""
    try:
        check(*about)
    except NotAllowed:
        return False
    return True
