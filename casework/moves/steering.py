"""Steering a review that is under way: hold and resume it, extend a deadline, withdraw it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from casework.meetings.calling_off import call_off_meetings
from casework.outbox.payloads import MovedDeadline, Payload
from casework.outbox.queueing import queue_letter
from casework.outbox.retracting import of_review, say_later
from casework.record import journal
from casework.record.act import Act
from casework.registers.parallel import process_numbered
from casework.reviews.case import STAGE, Case, Moved, check_live, load, store
from casework.reviews.finding_stages import check_is_somebodys, find_open
from casework.reviews.opening_stages import AGREED, DROP_NOTICES, agreed_due, replan_notices
from casework.reviews.permissions import check_may_steer
from models.errors import InputError, MoveRefused, empty, fault
from models.forms.base import countable
from models.parallel import ParallelProcess
from models.review import Hold, Stage
from models.vocabulary import ReviewEvent, ReviewState, StageState, Template


def hold(act: Act, reference: str, *, reason: str, until: date | None, process: int | None = None) -> Moved:
    """Put a review on hold: why, and until when if that is known. Its deadlines stay where they are.

    `process` is the number of the parallel process that it waits for; the hold lasts until that is expected to end,
    unless `until` says otherwise.
    """
    case = steered_case(act, reference, reason)
    if case.state is ReviewState.HELD:
        raise MoveRefused(f"{reference} is already on hold. Resume it before you put it on hold for another reason.")
    if until is not None:
        check_day("until", until)
    if until is not None and until <= act.today:
        raise InputError(
            fault(
                "until",
                until,
                "is not after today, {today}. Give a later date, or leave it empty if you do not know.",
                today=act.today,
            )
        )
    waits_for = process_numbered(case, process)
    until = until or expected_end(waits_for, act.today)
    keep_hold(
        case,
        Hold(
            review_id=case.id,
            reason=reason,
            held_on=act.today,
            expected_until=until,
            process_id=waits_for.id if waits_for else None,
        ),
    )
    case.state = ReviewState.HELD
    case.note_event(ReviewEvent.HELD)
    say_later(case.connection, of_review(case.id))
    tell_owners(case, Template.REVIEW_HELD)
    detail = {"until": until.isoformat() if until else None} | ({"process": process} if process else {})
    store(case, "held", act.person, detail=detail, note=reason)
    return Moved(reference, case.state, ())


def expected_end(process: ParallelProcess | None, today: date) -> date | None:
    """When a process is expected to end, where that is known and still to come."""
    if process is None or process.expected_end is None or process.expected_end <= today:
        return None
    return process.expected_end


def resume(act: Act, reference: str) -> Moved:
    """Go on with a review that is on hold; its deadlines are what they were."""
    case = load(act, reference)
    check_may_steer(case, act.person)
    if case.state is not ReviewState.HELD:
        raise MoveRefused(f"{reference} is not on hold: it is {case.state}. There is nothing to resume.")
    held_on = end_hold(case)
    case.state = ReviewState.OPEN
    case.note_event(ReviewEvent.RESUMED)
    tell_owners(case, Template.REVIEW_RESUMED)
    store(case, "resumed", act.person, detail={"held_on": held_on and held_on.isoformat()})
    return Moved(reference, case.state, ())


def end_hold(case: Case) -> date | None:
    """End the hold that a review is on, if it is; gives the day on which it began."""
    holding = case.session.exec(select(Hold).where(Hold.review_id == case.id, col(Hold.resumed_on).is_(None))).first()
    if holding is None:
        return None
    holding.resumed_on = case.today
    keep_hold(case, holding)
    return holding.held_on


def keep_hold(case: Case, holding: Hold) -> None:
    """Write a hold; its fingerprint goes into this move's entry in the journal."""
    case.session.add(holding)
    case.session.flush()
    case.kept |= journal.hold_kept(case.secret, holding)


def extend(act: Act, reference: str, name: str, *, to: date, reason: str) -> Moved:
    """Move the deadline of an open stage to a later date, or give it one; the first date stays on record."""
    case = steered_case(act, reference, reason)
    stage = find_open(case, name, act.person)
    spec = case.pipeline.by_key[stage.key]
    check_is_somebodys(case, spec)
    check_day("to", to)
    if to < act.today or (stage.due_on and to <= stage.due_on):
        latest = max(act.today, stage.due_on) if stage.due_on else act.today
        raise InputError(
            fault(
                "to",
                to,
                "is not later than {latest}. Give a later deadline for ‘{stage}’.",
                latest=latest,
                stage=spec.title,
            )
        )
    found = agreed_due("agreed", to, "")
    changed: dict[str, Any] = {"due_on": found.due_on, "last_safe_on": found.last_safe_on}
    if stage.due_on is None:
        changed |= {"rule": AGREED, "basis": found.basis, "trigger": None, "trigger_on": None, "cites": None}
    else:
        changed["original_due_on"] = first_due_on(act.session, stage.id) or stage.due_on
    act.session.connection().execute(STAGE.update().where(STAGE.c.id == stage.id).values(changed))
    replan_notices(case, stage.id, stage.key, to)
    case.note_event(ReviewEvent.DEADLINE_MOVED, stage.id)
    before = stage.due_on.isoformat() if stage.due_on else None
    moved = MovedDeadline(moved_from=stage.due_on)
    queue_steering_letter(case, stage.id, stage.owner_id, Template.DEADLINE_MOVED, moved)
    detail = {"from": before, "to": to.isoformat()}
    store(case, "deadline extended", act.person, stage=stage.name, detail=detail, note=reason)
    return Moved(reference, case.state, ())


def check_day(field: str, day: date) -> None:
    """Refuse a year that the clock cannot count in, in a sentence."""
    try:
        countable(day)
    except ValueError as wrong:
        raise InputError(fault(field, day, "{wrong}.", wrong=wrong)) from wrong


def first_due_on(session: Session, stage_id: int) -> date | None:
    """The date a stage was due on before it was ever extended, if it was."""
    stage = session.get(Stage, stage_id)
    return stage.original_due_on if stage else None


def withdraw(act: Act, reference: str, *, reason: str) -> Moved:
    """End a review before it is done, with the reason; everything recorded is kept."""
    case = steered_case(act, reference, reason)
    end_hold(case)
    tell_owners(case, Template.REVIEW_WITHDRAWN)
    connection = act.session.connection()
    for stage in case.open_stages():
        connection.execute(STAGE.update().where(STAGE.c.id == stage.id).values(state=StageState.ENDED))
        connection.execute(DROP_NOTICES, {"stage": stage.id})
        case.note_event(ReviewEvent.ENDED, stage.id)
    call_off_meetings(case)
    case.state = ReviewState.WITHDRAWN
    store(case, "withdrawn", act.person, note=reason)
    return Moved(reference, case.state, ())


def steered_case(act: Act, reference: str, reason: str) -> Case:
    """The case, once it is clear that this person may steer it and has said why."""
    case = load(act, reference)
    check_live(case)
    check_may_steer(case, act.person)
    if not reason.strip():
        raise InputError(empty("reason", "Say why. Your reason goes into the review’s history."))
    return case


def tell_owners(case: Case, template: Template) -> None:
    """Tell everybody who owes something, once each."""
    for person_id in each_once(stage.owner_id for stage in case.open_stages()):
        queue_steering_letter(case, None, person_id, template, None)


def queue_steering_letter(
    case: Case, stage_id: int | None, person_id: int, template: Template, payload: Payload | None
) -> None:
    """Put an e-mail about this move into the outbox; its occasion is the next entry of the journal."""
    occasion = f"{template}:{case.id}:{case.chain.length + 1}:{person_id}"
    queue_letter(
        case.session,
        key=occasion,
        template=template,
        person_id=person_id,
        now=case.now,
        review_id=case.id,
        stage_id=stage_id,
        payload=payload,
    )


def each_once(ids: Iterable[int]) -> list[int]:
    """Each once, in order."""
    return list(dict.fromkeys(ids))
