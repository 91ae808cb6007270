"""The letters about meetings: each with its calendar entry, once for every person and every change."""

from sqlalchemy import or_, select, update

from casework.outbox.payloads import MeetingLetter
from casework.outbox.queueing import MESSAGE, OUTBOX, queue_letter
from casework.reviews.case import Case
from models.meeting import Attendance, Meeting
from models.tables import id_of
from models.vocabulary import STOPPED, TO_BE_SENT, MessageState, Template


def announce(case: Case, meeting: Meeting, attendance: Attendance, template: Template) -> None:
    """Put the letter about the newest change of a meeting into the outbox, for one person.

    What it says is what the meeting is now, whenever it leaves: it lies in the letter's own details.
    """
    queue_letter(
        case.session,
        key=f"meeting:{meeting.id}:{attendance.person_id}:{meeting.sequence}",
        template=template,
        person_id=attendance.person_id,
        now=case.now,
        review_id=case.id,
        attendance_id=id_of(attendance),
        payload=meeting_letter(meeting, attendance),
    )
    attendance.told_sequence = meeting.sequence


def meeting_letter(meeting: Meeting, attendance: Attendance) -> MeetingLetter:
    """What the letter and its calendar entry say of a meeting."""
    return MeetingLetter(
        number=meeting.number,
        meeting_kind=meeting.kind,
        uid=meeting.uid,
        sequence=meeting.sequence,
        changed_at=meeting.changed_at,
        on_day=meeting.on_day,
        begins=meeting.begins,
        ends=meeting.ends,
        response=attendance.response,
        place=meeting.place or None,
        joining_link=meeting.joining_link or None,
    )


def take_back(case: Case, attendance: Attendance) -> bool:
    """Retract the letters about a meeting that no server has taken; gives whether the person has heard of it at all."""
    theirs = MESSAGE.attendance_id == id_of(attendance)
    waiting = update(OUTBOX).where(theirs, MESSAGE.state.in_(TO_BE_SENT), MESSAGE.possibly_repeated.is_(False))
    case.connection.execute(waiting.values(state=MessageState.RETRACTED))
    never = (MessageState.RETRACTED, *STOPPED)
    heard = select(MESSAGE.id).where(theirs, or_(MESSAGE.state.not_in(never), MESSAGE.possibly_repeated))
    return case.connection.execute(heard.limit(1)).first() is not None
