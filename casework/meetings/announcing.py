"""The letters about meetings: each with its calendar entry, once for every person and every change."""

from sqlalchemy import or_, select, update

from casework.outbox.queueing import MESSAGE, OUTBOX, queue_letter
from casework.reviews.case import Case
from models.meeting import Attendance, Meeting
from models.vocabulary import STOPPED, TO_BE_SENT, MessageState, Template


def announce(case: Case, meeting: Meeting, attendance: Attendance, template: Template) -> None:
    """Put the letter about the newest change of a meeting into the outbox, for one person.

    What it says is what the meeting is now, whenever it leaves: it lies in the letter's own details.
    """
    queue_letter(
        case.session,
        key=f"{occasion_prefix(meeting, attendance)}{meeting.sequence}",
        template=template,
        person_id=attendance.person_id,
        now=case.now,
        review_id=case.id,
        details=meeting_details(meeting, attendance),
    )
    attendance.told_sequence = meeting.sequence


def meeting_details(meeting: Meeting, attendance: Attendance) -> dict[str, str]:
    """What the letter and its calendar entry say of a meeting."""
    said = {
        "number": str(meeting.number),
        "task": str(attendance.id),
        "meeting_kind": meeting.kind.value,
        "uid": meeting.uid,
        "sequence": str(meeting.sequence),
        "changed_at": meeting.changed_at.isoformat(),
        "on_day": meeting.on_day.isoformat(),
        "begins": f"{meeting.begins:%H:%M}",
        "ends": f"{meeting.ends:%H:%M}",
        "response": attendance.response.value,
        "place": meeting.place or "",
        "joining_link": meeting.joining_link or "",
    }
    return {name: value for name, value in said.items() if value}


def occasion_prefix(meeting: Meeting, attendance: Attendance) -> str:
    """How the keys of all letters to one person about one meeting begin."""
    return f"meeting:{meeting.id}:{attendance.person_id}:"


def take_back(case: Case, meeting: Meeting, attendance: Attendance) -> bool:
    """Retract the letters about a meeting that no server has taken; gives whether the person has heard of it at all."""
    theirs = MESSAGE.key.startswith(occasion_prefix(meeting, attendance), autoescape=True)
    waiting = update(OUTBOX).where(theirs, MESSAGE.state.in_(TO_BE_SENT), MESSAGE.possibly_repeated.is_(False))
    case.connection.execute(waiting.values(state=MessageState.RETRACTED))
    never = (MessageState.RETRACTED, *STOPPED)
    heard = select(MESSAGE.id).where(theirs, or_(MESSAGE.state.not_in(never), MESSAGE.possibly_repeated))
    return case.connection.execute(heard.limit(1)).first() is not None
