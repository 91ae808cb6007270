"""A meeting is arranged, moved or called off: in one transaction with the journal and a letter to each invited."""

from collections.abc import Mapping
from datetime import UTC
from typing import Any
from uuid import uuid4

from casework.clock.london import clock_change, london_moment
from casework.clock.wording import clock_time
from casework.meetings.announcing import announce, take_back
from casework.meetings.answering import tell_record
from casework.meetings.inviting import count_up, invite_everybody, to_invite
from casework.meetings.lookup import attendances, meeting_of, starts_at
from casework.record.act import Act
from casework.registers.keeping import keep, next_number
from casework.reminders import answer_reminders
from casework.reviews.case import Case, check_live, load, store
from casework.reviews.permissions import check_may_record
from casework.validation.reading import read
from models.errors import InputError, MoveRefused, empty, fault
from models.forms.meeting import Arranged, CalledOff, When
from models.meeting import Attendance, Meeting
from models.tables import id_of
from models.vocabulary import MEETS_FOR, MeetingKind, Response, TaskKind, Template
from models.wording import Sentence

NOBODY = empty("people", "Choose at least one person from the review, or name a practitioner.")


def arrange_meeting(act: Act, reference: str, data: Mapping[str, Any]) -> Meeting:
    """Arrange a meeting and invite people to it; `data` is what `Arranged` asks for.

    Raises NotFound, NotAllowed, MoveRefused or InputError.
    """
    case = to_arrange_in(act, reference)
    form = read(Arranged, data)
    check_when(case, form)
    people = to_invite(case, form)
    if not people:
        raise InputError(NOBODY)
    found = Meeting(
        review_id=case.id,
        number=next_number(case, Meeting),
        kind=form.kind,
        stage=stage_for(case, form.kind),
        uid=str(uuid4()),
        changed_at=case.now.astimezone(UTC),
        **form.model_dump(include=set(When.model_fields)),
    )
    keep(case, found)
    count = invite_everybody(case, found, people)
    store(case, "meeting arranged", act.person, detail=meeting_in_words(found) | {"invited": count})
    return found


def move_meeting(act: Act, reference: str, number: int, data: Mapping[str, Any]) -> Meeting:
    """Give a meeting another time or place; `data` is what `When` asks for. Everybody invited is told.

    A new time needs a new answer, a new place does not. Raises as `arrange_meeting` does.
    """
    case = to_arrange_in(act, reference)
    found = still_to_come(case, number)
    form = read(When, data)
    check_when(case, form)
    before = found.on_day, found.begins, found.ends
    if (*before, found.place, found.joining_link) == tuple(form.model_dump().values()):
        raise MoveRefused(
            f"Meeting {number} of {reference} already has that time and place. Give another time or place."
        )
    found.sqlmodel_update(form.model_dump())
    count_up(case, found)
    for each in attendances(case, found):
        if before != (found.on_day, found.begins, found.ends):
            ask_again(case, each)
            answer_reminders.plan_answer_reminders(case, TaskKind.INVITATION, id_of(each), found.on_day)
        heard = take_back(case, each)
        announce(case, found, each, Template.MEETING_MOVED if heard else Template.MEETING_INVITED)
        keep(case, each)
    store(case, "meeting moved", act.person, detail=meeting_in_words(found))
    return found


def ask_again(case: Case, attendance: Attendance) -> None:
    """What somebody answered was to another time; the record of who takes part learns of it, if they had answered."""
    answered = attendance.response is not Response.WAITING
    attendance.response, attendance.reason, attendance.answered_at = Response.WAITING, None, None
    if answered:
        case.session.flush()
        tell_record(case, attendance)


def cancel_meeting(act: Act, reference: str, number: int, data: Mapping[str, Any]) -> Meeting:
    """Call a meeting off, with the reason, which is not sent. All invited hear. Raises as `arrange_meeting` does."""
    case = to_arrange_in(act, reference)
    found = still_to_come(case, number)
    call_off(case, found, read(CalledOff, data).why)
    store(case, "meeting cancelled", act.person, detail={"number": found.number}, note=found.why_cancelled)
    return found


def call_off(case: Case, meeting: Meeting, why: str | None) -> None:
    """Cancel a meeting in the move that is being made, and tell everybody who has heard of it."""
    meeting.cancelled_on, meeting.why_cancelled = case.today, why
    count_up(case, meeting)
    for each in attendances(case, meeting):
        part_with(case, meeting, each, Template.MEETING_CANCELLED)


def part_with(case: Case, meeting: Meeting, attendance: Attendance, template: Template) -> None:
    """Tell somebody that they need not come, if they have heard of the meeting at all."""
    if take_back(case, attendance):
        announce(case, meeting, attendance, template)
    keep(case, attendance)


def to_arrange_in(act: Act, reference: str) -> Case:
    """The case, once it is clear that it goes on and that this person may arrange meetings in it; on hold it may."""
    case = load(act, reference)
    check_live(case)
    check_may_record(case, act.person)
    return case


def still_to_come(case: Case, number: int) -> Meeting:
    """A meeting that has not begun and is not cancelled; raises NotFound or MoveRefused."""
    found = meeting_of(case, number)
    if found.cancelled_on is not None:
        raise MoveRefused(
            Sentence(
                "Meeting {number} of {reference} was cancelled on {day}. Arrange a new one instead.",
                number=number,
                reference=case.reference,
                day=found.cancelled_on,
            )
        )
    if starts_at(found) <= case.now:
        raise MoveRefused(
            Sentence(
                "Meeting {number} of {reference} began on {day}, so you can no longer change that.",
                number=number,
                reference=case.reference,
                day=found.on_day,
            )
        )
    return found


def check_when(case: Case, form: When) -> None:
    """Refuse a time that does not come, or came already, and an end before the beginning."""
    begins = london_moment(form.on_day, form.begins)
    if form.ends <= form.begins:
        raise InputError(
            fault(
                "ends",
                clock_time(form.ends),
                "is not after the start, ‘{begins}’. Give a later time.",
                begins=clock_time(form.begins),
            )
        )
    if begins <= case.now:
        raise InputError(
            fault(
                "on_day",
                form.on_day,
                "at {begins} has passed. Give a time in the future.",
                begins=clock_time(form.begins),
            )
        )
    for name, at in (("begins", form.begins), ("ends", form.ends)):
        if clock_change(london_moment(form.on_day, at)):
            raise InputError(
                fault(
                    name,
                    clock_time(at),
                    "comes twice or not at all on {day}, when the clocks change in London. Give another time.",
                    day=form.on_day,
                )
            )


def stage_for(case: Case, kind: MeetingKind) -> str | None:
    """The stage that a meeting of a kind belongs to: one that is open, or else one that is still to come."""
    possible = [key for key in MEETS_FOR[kind] if key in case.pipeline.by_key and key not in case.finished_keys()]
    now_open = {stage.key for stage in case.open_stages()}
    return next((key for key in possible if key in now_open), next(iter(possible), None))


def meeting_in_words(meeting: Meeting) -> dict[str, Any]:
    """What the history says of a meeting: which, of what kind, on which day."""
    return {"number": meeting.number, "kind": meeting.kind.value, "on": meeting.on_day.isoformat()}
