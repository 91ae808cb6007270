"""Moving a review: each function is one transaction's work, and says what it refuses and what to do instead."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from casework.moves.conversion import go_on_as
from casework.moves.sending_back import send_back, with_earlier
from casework.moves.stage_effects import effect_of
from casework.record import journal
from casework.record.act import Act
from casework.record.prepared import Prepared
from casework.reviews.case import STAGE, Case, ClosedStage, Moved, check_going, load, store
from casework.reviews.finding_stages import check_is_somebodys, find_open
from casework.reviews.opening_stages import open_what_follows
from casework.reviews.outer_dates import watch_outer_dates
from casework.reviews.permissions import check_may_complete
from casework.validation.reading import read
from models.forms.base import Form, check_days
from models.forms.learning import BoardApproval
from models.people import Person
from models.vocabulary import LIVE, ReviewEvent, StageState

CLOSE_STAGE = Prepared(
    update(STAGE)
    .where(STAGE.c.id == bindparam("stage_id"))
    .values({name: bindparam(name) for name in ("state", "closed_on", "closed_by", "outcome")})
)


def complete_stage(act: Act, reference: str, name: str, data: Mapping[str, Any]) -> Moved:
    """Complete an open stage: check, record, close, open what follows, journal, e-mails and work, all or nothing.

    `name` is a stage's key, or "key:agency" for an agency's own; the key alone will do for the author of one.
    `data` is what the stage's form asks for. Raises NotFound, NotAllowed, MoveRefused or InputError.
    """
    case = load(act, reference)
    stage = find_open(case, name, act.person)
    spec = case.pipeline.by_key[stage.key]
    check_going(case)
    check_is_somebodys(case, spec)
    check_may_complete(case, stage, spec, act.person)
    form = read(spec.form, data)
    check_days(form, since=case.began_on, today=act.today)
    if isinstance(form, BoardApproval) and form.sends_back():
        return send_back(case, stage, form, act.person)
    if spec.recurs_until and spec.recurs_until not in case.finished_keys():
        return record_round(case, stage, form, act.person)
    said = form.model_dump(mode="json", exclude_none=True) | effect_of(case, form)
    if spec.recurs_until:
        said = with_rounds(case, stage.id, said)
    outcome = with_earlier(case, stage.id, said)
    case.facts |= form.facts_recorded()
    close(case, stage, outcome, act.person)
    # one that has gone on already may still owe its decision, but goes on once
    another = form.leads_to(case.pipeline.type) if case.state in LIVE else None
    open_what_follows(case, duties_only=another is not None)
    if another is None:
        watch_outer_dates(case)
    detail = {"outcome": journal.digest(case.secret, outcome), "opened": case.names_opened}
    store(case, "stage completed", act.person, stage=stage.name, detail=detail)
    if another:
        return go_on_as(case, another, reason=f"Decided in ‘{spec.title}’.", by=act.person)
    return Moved(reference, case.state, tuple(case.names_opened))


def record_round(case: Case, stage: Row[Any], form: Form, by: Person) -> Moved:
    """Record what was done once more in a stage that recurs; it stays open, for what it serves is not done."""
    said = with_rounds(case, stage.id, form.model_dump(mode="json", exclude_none=True))
    case.connection.execute(update(STAGE).where(STAGE.c.id == stage.id).values(outcome=said))
    store(case, "round recorded", by, stage=stage.name, detail={"said": journal.digest(case.secret, said)})
    return Moved(case.reference, case.state, ())


def with_rounds(case: Case, stage_id: int, said: Mapping[str, Any]) -> dict[str, Any]:
    """What is recorded now, its rows after those of earlier rounds; a row that is there already is not doubled."""
    before = case.connection.execute(select(STAGE.c.outcome).where(STAGE.c.id == stage_id)).scalar_one() or {}

    def joined(name: str, value: Any) -> Any:
        earlier = before.get(name, ())
        return [*earlier, *(row for row in value if row not in earlier)] if isinstance(value, list) else value

    return {name: joined(name, value) for name, value in said.items()}


def close(case: Case, stage: Row[Any], outcome: Mapping[str, Any], by: Person | None) -> None:
    """Close a stage with its outcome. Notices planned for it ring for open stages only; the sweep clears them away."""
    CLOSE_STAGE.run(
        case.connection,
        {
            "stage_id": stage.id,
            "state": StageState.CLOSED,
            "closed_on": case.today,
            "closed_by": by.id if by else None,
            "outcome": dict(outcome),
        },
    )
    case.note_event(ReviewEvent.CLOSED, stage.id)
    closed = ClosedStage(stage.id, stage.name, stage.key, stage.agency_id, StageState.CLOSED, stage.owner_id)
    case.stages = [other for other in case.stages if other.id != stage.id] + [closed]  # type: ignore[list-item]
