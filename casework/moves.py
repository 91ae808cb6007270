"""Moving a review: each function is one transaction's work, and says what it refuses and what to do instead."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, update
from sqlmodel import Session

from casework import journal
from casework.actions import journal_closed
from casework.case import STAGE, Case, check_going, load, store
from casework.effects import effect_of
from casework.opening import ADD_WORK, open_what_follows, work_row
from casework.permissions import check_may_complete
from casework.pipelines.table import StageSpec
from casework.wording import read
from models.errors import MoveRefused, NotFound
from models.forms.base import check_days
from models.forms.learning import Monitoring
from models.people import Person
from models.vocabulary import RECORDED, ReviewState, StageState

CLOSE_STAGE = (
    update(STAGE)
    .where(STAGE.c.id == bindparam("stage_id"))
    .values({name: bindparam(name) for name in ("state", "closed_on", "closed_by", "outcome")})
)


@dataclass(frozen=True, slots=True)
class Moved:
    """What a move did: which review, where it stands now, and the stages it opened."""

    reference: str
    state: ReviewState
    opened: tuple[str, ...]


def complete_stage(
    session: Session,
    reference: str,
    name: str,
    data: Mapping[str, Any],
    *,
    by: Person,
    now: datetime,
    today: date,
) -> Moved:
    """Complete an open stage: check, record, close, open what follows, journal, e-mails and work, all or nothing.

    `name` is a stage's key, or "key:agency" for an agency's own; the key alone will do for the author of one.
    `data` is what the stage's form asks for. Raises NotFound, NotAllowed, MoveRefused or InputError.
    """
    case = load(session, reference, now=now, today=today)
    stage = find_open(case, name, by)
    spec = case.pipeline.by_key[stage.key]
    check_going(case)
    check_is_somebodys(case, spec)
    check_may_complete(case, stage, spec, by)
    form = read(spec.form, data)
    check_days(form, since=case.notified_on, today=today)
    outcome = form.model_dump(mode="json", exclude_none=True) | effect_of(case, form)
    case.facts |= form.facts_recorded()
    close(case, stage, outcome, by)
    open_what_follows(case)
    if isinstance(form, Monitoring):
        journal_closed(case, form, by)
    detail = {"outcome": journal.digest(case.secret, outcome), "opened": case.opened}
    store(case, "stage completed", by, stage=stage.name, detail=detail)
    return Moved(reference, case.state, tuple(case.opened))


def find_open(case: Case, name: str, by: Person) -> Row[Any]:
    """The open stage of this name; raises NotFound for an unknown one, MoveRefused for one that is not open."""
    exact = [stage for stage in case.stages if stage.name == name]
    own = [stage for stage in case.open_stages() if stage.key == name and stage.owner_id == by.id]
    if not exact and len(own) > 1:
        names = ", ".join(sorted(stage.name for stage in own))
        raise MoveRefused(f"‘{name}’ of {case.reference} is yours more than once. Name the one you mean: {names}.")
    for stage in exact or own:
        if stage.state is StageState.OPEN:
            return stage
        ended = f"was completed on {stage.closed_on}" if stage.closed_on else "ended with the review"
        raise MoveRefused(f"‘{name}’ of {case.reference} {ended}. {what_is_open(case)}")
    if name.partition(":")[0] not in case.pipeline.by_key:
        raise NotFound(f"‘{name}’ is not a stage of {case.reference}. {what_is_open(case)}")
    raise MoveRefused(f"‘{name}’ of {case.reference} is not open yet. {what_is_open(case)}")


def check_is_somebodys(case: Case, spec: StageSpec) -> None:
    """Refuse to complete or move what the calendar ends."""
    if spec.of_itself:
        raise MoveRefused(f"‘{spec.title}’ of {case.reference} ends of itself on its last day. There is nothing to do.")


def what_is_open(case: Case) -> str:
    """The next step, for the end of a refusal."""
    names = ", ".join(stage.name for stage in case.open_stages())
    return f"Open now: {names}." if names else "Nothing is open: it has ended."


def close(case: Case, stage: Row[Any], outcome: Mapping[str, Any], by: Person | None) -> None:
    """Close a stage with its outcome. Notices planned for it ring for open stages only; the sweep clears them away."""
    case.connection.execute(CLOSE_STAGE, {
        "stage_id": stage.id, "state": StageState.CLOSED, "closed_on": case.today, "closed_by": by.id if by else None,
        "outcome": dict(outcome),
    })  # fmt: skip
    if work := recordings(case, stage):
        case.connection.execute(ADD_WORK, work)
    case.stages = [other for other in case.stages if other.id != stage.id] + [closed_copy(stage)]


def recordings(case: Case, stage: Row[Any]) -> list[dict[str, Any]]:
    """The documents to be made from what a stage has recorded."""
    kinds = case.pipeline.by_key[stage.key].records
    return [work_row(case, f"{RECORDED}{kind}:{stage.id}", stage.id, kind) for kind in kinds]


def closed_copy(stage: Row[Any]) -> Any:
    """The stage as it is after closing, for what this move still has to look at."""
    return ClosedStage(stage.id, stage.name, stage.key, stage.agency_id, StageState.CLOSED, stage.owner_id)


@dataclass(frozen=True, slots=True)
class ClosedStage:
    """A stage that this very move has closed."""

    id: int
    name: str
    key: str
    agency_id: int | None
    state: StageState
    owner_id: int
