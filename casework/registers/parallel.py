"""What runs beside a review: linked to it, kept up to date, ended; and what may not be disclosed meanwhile."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from casework.record.act import Act
from casework.registers.keeping import next_number, record, row_of, rows_of, to_record_in
from casework.reviews.case import Case
from casework.validation.reading import read
from models.errors import InputError, MoveRefused, empty, fault
from models.forms.base import check_days
from models.forms.parallel import Ended, Linked
from models.parallel import ParallelProcess
from models.review import Hold
from models.wording import Sentence

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


def link_process(act: Act, reference: str, data: Mapping[str, Any]) -> ParallelProcess:
    """Link a process to a review; `data` is what `Linked` asks for.

    Raises NotFound, NotAllowed, MoveRefused or InputError.
    """
    case = to_record_in(act, reference)
    found = ParallelProcess(
        review_id=case.id, number=next_number(case, ParallelProcess), **checked_dates(case, data).model_dump()
    )
    record(case, found, "process linked", act.person)
    return found


def update_process(act: Act, reference: str, number: int, data: Mapping[str, Any]) -> ParallelProcess:
    """Record what is known now of a process, in place of what was. Raises as `link_process` does."""
    case = to_record_in(act, reference)
    found = row_of(case, ParallelProcess, number)
    found.sqlmodel_update(checked_dates(case, data).model_dump())
    record(case, found, "process updated", act.person)
    return found


def end_process(act: Act, reference: str, number: int, data: Mapping[str, Any]) -> bool:
    """Record that a process is over. Gives whether the review is on hold for it, and so should now be resumed."""
    case = to_record_in(act, reference)
    form = read(Ended, data)
    check_days(form, since=None, today=act.today)
    found = row_of(case, ParallelProcess, number)
    if found.ended_on is not None:
        raise MoveRefused(
            Sentence(
                "Process {number} of {reference} already ended on {day}. You do not need to do anything.",
                number=number,
                reference=reference,
                day=found.ended_on,
            )
        )
    if found.began_on is not None and form.ended_on < found.began_on:
        raise InputError(
            fault(
                "ended_on",
                form.ended_on,
                "is before it began, on {began_on}. Give a later day.",
                began_on=found.began_on,
            )
        )
    found.ended_on = form.ended_on
    record(case, found, "process ended", act.person)
    return holds_up(case, found)


def checked_dates(case: Case, data: Mapping[str, Any]) -> Linked:
    """What was typed, once its days make sense together."""
    form = read(Linked, data)
    if form.began_on and form.began_on > case.today:
        raise InputError(fault("began_on", form.began_on, "is in the future. Link the process once it has begun."))
    if form.began_on and form.expected_end and form.expected_end < form.began_on:
        raise InputError(
            fault(
                "expected_end",
                form.expected_end,
                "is before it began, on {began_on}. Give a later day.",
                began_on=form.began_on,
            )
        )
    if form.not_disclosed_until and not form.not_to_disclose:
        raise InputError(empty("not_to_disclose", "Say what may not be disclosed until then."))
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
            Sentence(
                "Process {number} of {reference} ended on {day}, so the review does not need to wait for it. Give "
                "another reason for the hold, or do not put the review on hold.",
                number=number,
                reference=case.reference,
                day=found.ended_on,
            )
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
