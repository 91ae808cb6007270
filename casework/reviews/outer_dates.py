"""The outer dates: a framework's deadline of a stage that is not open yet is watched, whoever owes what before it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Row, delete, insert, select

from casework.framework.pipelines.table import StageSpec, needed, possible
from casework.outbox.retracting import OCCASION
from casework.record.prepared import Prepared
from casework.reviews.case import STAGE, Case
from casework.reviews.opening_stages import DROP_NOTICES, Due, due_as_row, due_by_clock, owner, plan_notices
from models.vocabulary import LIVE, OF_THE_FRAMEWORK, StageState

ADD_COMING = Prepared(insert(STAGE).returning(STAGE.c.id))
DATED = select(*STAGE.c["key", "due_on"]).where(STAGE.c.due_on.is_not(None))


def watch_outer_dates(case: Case) -> None:
    """Give every outer date that no open stage carries a row of its own, and drop those of what is not needed.

    While a stage is open that has to be done by the very date, its own reminders and ladder are those of the date.
    """
    case.reload_stages()
    for stage in coming(case):
        if case.state not in LIVE or not possible(case.pipeline.by_key[stage.key], case.all_facts):
            stop_watching(case, stage)
    if case.state in LIVE:
        for spec, found in outer_dates(case):
            if not is_watched(case, spec, found.due_on):
                watch(case, spec, found)


def coming(case: Case) -> list[Row[Any]]:
    """The outer dates that have a row of their own."""
    return [stage for stage in case.stages if stage.state is StageState.COMING]


def outer_dates(case: Case) -> Iterator[tuple[StageSpec, Due]]:
    """The framework's deadlines that run already, of stages that are not open yet, in the order of the table."""
    opened = {stage.key for stage in case.stages if stage.state is not StageState.COMING}
    facts = case.all_facts
    for spec in case.pipeline.stages[1:]:
        clock = case.kind.clocks.get(spec.clock or "")
        if clock is None or clock.basis not in OF_THE_FRAMEWORK or clock.trigger not in facts:
            continue
        is_its_own = not (spec.per_agency or spec.of_itself or (spec.agreed and spec.agreed in facts))
        if is_its_own and spec.key not in opened and needed(spec, facts):
            yield spec, due_by_clock(clock, date.fromisoformat(facts[clock.trigger]))


def is_watched(case: Case, spec: StageSpec, due_on: date) -> bool:
    """Whether a row carries an outer date: one of its own, or an open stage that has to be done by then."""
    if any(stage.key == spec.key for stage in coming(case)):
        return True
    inside = {each.key for each in case.pipeline.stages if each.within == spec.clock}
    return any(stage.key in inside and stage.due_on == due_on for stage in case.open_stages())


def watch(case: Case, spec: StageSpec, found: Due) -> None:
    """Give an outer date its row, with the reminders and the ladder of its stage."""
    row = {
        "review_id": case.id,
        "board": case.board,
        "type": case.pipeline.type,
        "name": spec.key,
        "key": spec.key,
        "agency_id": None,
        "state": StageState.COMING,
        "owner_id": owner(case, spec),
        "opened_on": case.today,
        **due_as_row(found),
    }
    plan_notices(case, int(ADD_COMING.rows(case.connection, row)[0].id), spec.key, found.due_on)


def stop_watching(case: Case, stage: Row[Any]) -> None:
    """Drop the row of an outer date; where somebody has been reminded of it, it stays on record as ended."""
    case.connection.execute(DROP_NOTICES, {"stage": stage.id})
    told = select(OCCASION.c.id).where(OCCASION.c.stage_id == stage.id).exists()
    case.connection.execute(delete(STAGE).where(STAGE.c.id == stage.id, ~told))
    case.connection.execute(STAGE.update().where(STAGE.c.id == stage.id).values(state=StageState.ENDED))
    case.reload_stages()


def passed_by(case: Case, spec: StageSpec, to: date) -> list[tuple[StageSpec, Due]]:
    """The outer dates that a stage before them would pass if it ended on a day."""
    later = ((outer, found) for outer, found in outer_dates(case) if found.due_on < to)
    return [(outer, found) for outer, found in later if spec.key in before(case, outer)]


def before(case: Case, spec: StageSpec) -> set[str]:
    """The keys of everything that comes before a stage, near and far."""
    found: set[str] = set()
    keys = list(spec.after)
    while keys:
        key = keys.pop()
        if key not in found:
            found.add(key)
            keys += case.pipeline.by_key[key].after
    return found
