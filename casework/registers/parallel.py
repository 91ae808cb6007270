"""What runs beside a review: linked to it, kept up to date, ended; and what may not be disclosed meanwhile."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from casework.registers.keeping import next_number, record, row_of, rows_of, to_record_in
from casework.reviews.case import Case
from casework.validation.reading import read
from models.errors import InputError, MoveRefused
from models.forms.base import check_days
from models.forms.parallel import Ended, Linked
from models.parallel import ParallelProcess
from models.people import Person
from models.review import Hold

# the stages in which the review tells others something, or hears those who may be witnesses
TELLING = frozenset(
    {
        "family-invitation",
        "practitioner-events",
        "practitioners-and-families",
        "learning-event",
        "recall-session",
        "whole-system-session",
        "conversations",
        "joint-meetings",
        "reflective-meeting",
        "draft-report",
        "report",
        "learning-summary",
        "publication",
        "dissemination",
    }
)


def processes_of(session: Session, review_id: int) -> list[ParallelProcess]:
    """Everything that runs or ran beside a review, in the order in which it was linked."""
    return rows_of(session, review_id, ParallelProcess)


def link_process(
    session: Session, reference: str, data: Mapping[str, Any], *, by: Person, now: datetime, today: date
) -> ParallelProcess:
    """Link a process to a review; `data` is what `Linked` asks for.

    Raises NotFound, NotAllowed, MoveRefused or InputError.
    """
    case = to_record_in(session, reference, by=by, now=now, today=today)
    found = ParallelProcess(
        review_id=case.id, number=next_number(case, ParallelProcess), **checked_dates(case, data).model_dump()
    )
    record(case, found, "process linked", by)
    return found


def update_process(
    session: Session, reference: str, number: int, data: Mapping[str, Any], *, by: Person, now: datetime, today: date
) -> ParallelProcess:
    """Record what is known now of a process, in place of what was. Raises as `link_process` does."""
    case = to_record_in(session, reference, by=by, now=now, today=today)
    found = row_of(case, ParallelProcess, number)
    found.sqlmodel_update(checked_dates(case, data).model_dump())
    record(case, found, "process updated", by)
    return found


def end_process(
    session: Session, reference: str, number: int, data: Mapping[str, Any], *, by: Person, now: datetime, today: date
) -> bool:
    """Record that a process is over. Gives whether the review is on hold for it, and so should now be resumed."""
    case = to_record_in(session, reference, by=by, now=now, today=today)
    form = read(Ended, data)
    check_days(form, since=None, today=today)
    found = row_of(case, ParallelProcess, number)
    if found.ended_on is not None:
        raise MoveRefused(f"Process {number} of {reference} ended on {found.ended_on} already. There is nothing to do.")
    if found.began_on is not None and form.ended_on < found.began_on:
        raise InputError(f"ended_on: ‘{form.ended_on}’ lies before it began, on {found.began_on}. Give the later day.")
    found.ended_on = form.ended_on
    record(case, found, "process ended", by)
    return holds_up(case, found)


def checked_dates(case: Case, data: Mapping[str, Any]) -> Linked:
    """What was typed, once its days make sense together."""
    form = read(Linked, data)
    if form.began_on and form.began_on > case.today:
        raise InputError(f"began_on: ‘{form.began_on}’ lies in the future. Link the process once it has begun.")
    if form.began_on and form.expected_end and form.expected_end < form.began_on:
        raise InputError(
            f"expected_end: ‘{form.expected_end}’ lies before it began, on {form.began_on}. Give a later day."
        )
    if form.not_disclosed_until and not form.not_to_disclose:
        raise InputError("not_to_disclose: is empty. Say what may not be disclosed until then.")
    return form


def holds_up(case: Case, found: ParallelProcess) -> bool:
    """Whether the review is on hold now because of a process."""
    open_hold = select(Hold.id).where(
        Hold.review_id == case.id, Hold.process_id == found.id, col(Hold.resumed_on).is_(None)
    )
    return case.session.exec(open_hold).first() is not None


def process_numbered(case: Case, number: int | None) -> ParallelProcess | None:
    """The process that a hold is for; raises NotFound, or MoveRefused for one that is over."""
    if number is None:
        return None
    found = row_of(case, ParallelProcess, number)
    if found.ended_on is not None:
        raise MoveRefused(
            f"Process {number} of {case.reference} ended on {found.ended_on}: there is nothing to wait for. "
            "Hold the review for another reason, or not at all."
        )
    return found


def not_to_disclose(processes: Iterable[ParallelProcess], today: date) -> list[ParallelProcess]:
    """The processes because of which something may still not be disclosed."""
    return [each for each in processes if each.not_to_disclose and is_silent(each, today)]


def is_silent(found: ParallelProcess, today: date) -> bool:
    """Until the day that is known, or else until the process has ended."""
    if found.not_disclosed_until is not None:
        return today < found.not_disclosed_until
    return found.ended_on is None or today < found.ended_on
