"""Opening a stage: its owner, its deadline, the days on which its owner hears of it, and the event for Prefect."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update

from casework.clock import deadline, england_and_wales
from casework.framework.pipelines.table import StageSpec, own_cites
from casework.framework.reminder_schedule import notice_rows
from casework.outbox.queueing import queue_letter
from casework.outbox.retracting import OCCASION, retract
from casework.record.prepared import Prepared
from casework.reviews.case import AGENCY, STAGE, Case
from models.errors import MoveRefused
from models.notice import Notice
from models.profile import BoardProfile, Clock
from models.record import OutboxMessage
from models.remedies import AppointToBoard
from models.stage_name import StageName
from models.tables import table_of
from models.vocabulary import LIVE, TO_BE_SENT, Basis, ReviewEvent, Role, StageState, Template

ADD_STAGE = Prepared(insert(STAGE).returning(STAGE.c.id))
ADD_NOTICE = Prepared(insert(table_of(Notice)))
LETTER = table_of(OutboxMessage)
OPEN_AGAIN = update(STAGE).where(STAGE.c.id == bindparam("stage"))
FIND_DEADLINE = select(STAGE).where(STAGE.c.id == bindparam("stage"))
DROP_NOTICES = delete(table_of(Notice)).where(table_of(Notice).c.stage_id == bindparam("stage"))
DROP_LETTERS = delete(LETTER).where(  # a reminder stays: of what no longer holds it says nothing
    LETTER.c.stage_id == bindparam("stage"), LETTER.c.state.in_(TO_BE_SENT), LETTER.c.template != Template.REMINDERS
)
FIND_AGENCIES = select(AGENCY).where(AGENCY.c.review_id == bindparam("review_id")).order_by(AGENCY.c.id)
AGREED = "date agreed in the review"


@dataclass(frozen=True, slots=True)
class Due:
    """A stage's deadline and where it comes from, as the stage's row keeps it."""

    due_on: date
    last_safe_on: date
    trigger: str
    trigger_on: date
    rule: str
    basis: Basis
    cites: str


NO_DEADLINE: dict[str, Any] = dict.fromkeys(Due.__slots__)


def due_as_row(found: Due | None) -> dict[str, Any]:
    """A deadline as the columns of a stage's row."""
    return NO_DEADLINE if found is None else {part: getattr(found, part) for part in Due.__slots__}


def due(spec: StageSpec, profile: BoardProfile, clock: Clock | None, facts: dict[str, str]) -> Due | None:
    """When a stage is due: on the date agreed for it, or by the profile's clock; None where both leave it open."""
    if spec.agreed and spec.agreed in facts:
        return agreed_due(spec.agreed, date.fromisoformat(facts[spec.agreed]), "; ".join(own_cites(spec, profile)))
    if clock is None or clock.trigger not in facts:
        return None
    return due_by_clock(clock, date.fromisoformat(facts[clock.trigger]))


@lru_cache(maxsize=4096)  # boards have few clocks, and many reviews whose clocks start on the same day
def due_by_clock(clock: Clock, started: date) -> Due:
    """When a stage is due by a clock of the profile that starts on this day."""
    found = deadline(clock.period, started)
    assert isinstance(found.due, date)
    assert found.last_safe_working_day is not None
    return Due(
        found.due,
        found.last_safe_working_day,
        clock.trigger,
        started,
        str(found.rule),
        clock.basis,
        clock.cite,
    )


def agreed_due(trigger: str, on: date, cites: str) -> Due:
    """A deadline that people agreed on rather than counted."""
    return Due(on, england_and_wales().on_or_before(on), trigger, on, AGREED, Basis.AGREED, cites)


def open_what_follows(case: Case, *, duties_only: bool = False) -> None:
    """Open every stage that can open now; nothing new opens in a review that has ended.

    `duties_only`: only stages with a deadline of the framework, in a review that goes on as another.
    """
    if case.state not in LIVE:
        return
    finished = case.finished_keys()
    already = (case.keys_in(StageState.OPEN) | finished) - case.keys_in(StageState.ENDED)
    for spec in case.pipeline.stages_to_open(finished, already, case.all_facts):
        if duties_only and spec.clock not in case.kind.clocks:
            continue
        for agency in agencies(case) if spec.per_agency else (None,):
            open_stage(case, spec, agency)


def agencies(case: Case) -> list[Any]:
    """The agencies under review; raises MoveRefused where none is named."""
    found = list(case.connection.execute(FIND_AGENCIES, {"review_id": case.id}))
    if not found:
        raise MoveRefused(f"No agency is named for {case.reference}. Name those that report in the terms of reference.")
    return found


def open_stage(case: Case, spec: StageSpec, agency: Any = None) -> None:
    """Open one stage, for one agency where it is its own; or open it again, if it was ended before it was done."""
    named = StageName(spec.key, agency.slug if agency else None)
    name = str(named)
    before = next((stage for stage in case.stages if stage.name == name), None)
    if before is not None and before.state not in (StageState.ENDED, StageState.COMING):
        return
    again = before is not None and before.state is StageState.ENDED
    owner_id = agency.author_id if agency else owner(case, spec)
    found = first_due(case, spec, agency)
    row = {
        "review_id": case.id,
        "board": case.board,
        "type": case.pipeline.type,
        "name": name,
        "key": spec.key,
        "agency_id": agency and agency.id,
        "state": StageState.OPEN,
        "owner_id": owner_id,
        "opened_on": case.today,
        **due_as_row(found),
    }
    connection = case.connection
    if before is None:
        stage_id = int(ADD_STAGE.rows(connection, row)[0].id)
    else:
        stage_id = before.id
        connection.execute(DROP_LETTERS, {"stage": stage_id})  # that it had ended is no news any more
        row |= set_by_hand(case, before, found) if again else {}
        connection.execute(OPEN_AGAIN, {**row, "stage": stage_id})
    case.opened.append(named)
    is_planned = before is not None and before.state is StageState.COMING and before.due_on == row["due_on"]
    if row["due_on"] is not None and not spec.of_itself and not is_planned:
        connection.execute(DROP_NOTICES, {"stage": stage_id})
        plan_notices(case, stage_id, spec.key, row["due_on"])
    if not spec.of_itself:
        tell_owner(case, stage_id, owner_id, again=again)
    case.note_event(ReviewEvent.REOPENED if again else ReviewEvent.OPENED, stage_id)


def first_due(case: Case, spec: StageSpec, agency: Any) -> Due | None:
    """When a stage is due as it opens: the day agreed with the agency whose own it is, else by its clock."""
    if agency and agency.due_on:
        return agreed_due("agreed", agency.due_on, "; ".join(own_cites(spec, case.profile)))
    return due(spec, case.profile, spec.clock_in(case.kind.clocks), case.facts)


def set_by_hand(case: Case, before: Row[Any], found: Due | None) -> dict[str, Any]:
    """The deadline that an ended stage had been given or extended to, which it keeps; empty where it had none such."""
    kept = case.connection.execute(FIND_DEADLINE, {"stage": before.id}).one()
    was_set = kept.original_due_on is not None or (found is None and kept.due_on is not None)
    return {part: getattr(kept, part) for part in Due.__slots__} if was_set else {}


def tell_owner(case: Case, stage_id: int, owner_id: int, *, again: bool) -> None:
    """Put the e-mail about the opened stage into the outbox; one that is opened again is an occasion of its own."""
    occasion = f":{case.chain.length}" if again else ""
    queue_letter(
        case.session,
        key=f"{Template.STAGE_OPENED}:{stage_id}{occasion}",
        template=Template.STAGE_OPENED,
        person_id=owner_id,
        now=case.now,
        review_id=case.id,
        stage_id=stage_id,
    )


def owner(case: Case, spec: StageSpec) -> int:
    """Who owes a stage: the holder of its role, or the business manager while there is none."""
    found = case.holder(case.role_of(spec)) or case.holder(Role.BUSINESS_MANAGER)
    if found is None:
        raise MoveRefused(
            f"Nobody is {case.profile.title(Role.BUSINESS_MANAGER)}, so ‘{spec.title}’ would have no owner. Appoint "
            "one.",
            remedy=AppointToBoard(case.board, Role.BUSINESS_MANAGER),
        )
    return found


def plan_notices(case: Case, stage_id: int, key: str, due_on: date) -> None:
    """Store the days on which people are to hear of this deadline; its owner today, if it has passed already."""
    rows = notice_rows(case.profile.reminders.of(key), due_on, case.today, stage_id=stage_id)
    ADD_NOTICE.run_each(case.connection, rows)


def replan_notices(case: Case, stage_id: int, key: str, due_on: date) -> None:
    """Retract what no longer holds after a deadline has moved, and plan what now does."""
    case.connection.execute(DROP_NOTICES, {"stage": stage_id})
    retract(case.connection, OCCASION.c.stage_id == stage_id)
    plan_notices(case, stage_id, key, due_on)
