"""What goes with a letter about a meeting: its calendar entry, and the link by which it is answered."""

from email.utils import parseaddr

from sqlmodel import Session, select

from casework.letters.frames import CalendarPart
from casework.letters.letter_variables import Invitation, OfMeeting
from casework.links.link_state import link_for
from casework.links.signed_links import LinkTask
from casework.meetings.calendar_entries import Entry, Method, Party, calendar_request
from models.meeting import Attendance, Meeting
from models.people import Person
from models.record import OutboxMessage
from models.vocabulary import TaskKind, Template

INVITES = (Template.MEETING_INVITED, Template.MEETING_MOVED)
OWN_CALENDAR = "/calendar"  # the page on which everybody finds their meetings


def meeting_link(session: Session, message: OutboxMessage, address: str) -> str:
    """Where a letter about a meeting leads: to the one answer it asks for, or to the person's own calendar."""
    if message.template not in INVITES or message.attendance_id is None:
        return f"{address}{OWN_CALENDAR}"
    task = LinkTask(TaskKind.INVITATION, message.attendance_id)
    return link_for(session, task, message.person_id, address=address, queued_at=message.queued_at)


def is_news(session: Session, message: OutboxMessage, variables: OfMeeting) -> bool:
    """Whether a meeting is still to come and as a letter tells of it; a newer letter tells of what has changed.

    Nobody is told that they need not come who was never asked to, so their invitation may be the last letter there is.
    """
    if variables.on_day < variables.today:
        return False
    if message.attendance_id is None:
        return True
    found = session.get_one(Attendance, message.attendance_id)
    called_off = found.uninvited_on or session.get_one(Meeting, found.meeting_id).cancelled_on
    return found.told_sequence <= variables.sequence and not (called_off and isinstance(variables, Invitation))


def calendar_part(session: Session, message: OutboxMessage, variables: OfMeeting, *, sender: str) -> CalendarPart:
    """The calendar entry of a letter: from the address that letters come from, to the one person it is for."""
    method = Method.REQUEST if isinstance(variables, Invitation) else Method.CANCEL
    email = session.exec(select(Person.email).where(Person.id == message.person_id)).one()
    entry = entry_of(variables, cancelled=method is Method.CANCEL)
    organizer = Party(parseaddr(sender)[1], variables.board)
    content = calendar_request(entry, method, organizer=organizer, attendee=Party(email), response=variables.response)
    return CalendarPart(content, method.value)


def entry_of(variables: OfMeeting, *, cancelled: bool) -> Entry:
    """A meeting as a letter tells of it."""
    answer = "" if cancelled else f"Say whether you are coming: {variables.link}"
    online = f"Join online: {variables.joining_link}" if variables.joining_link else ""
    return Entry(
        uid=variables.uid,
        sequence=variables.sequence,
        changed_at=variables.changed_at,
        on_day=variables.on_day,
        begins=variables.begins,
        ends=variables.ends,
        title=f"{variables.reference}: {variables.meeting_kind.label}",
        place=variables.place or variables.joining_link or "",
        about="\n".join(part for part in (variables.board, online, answer) if part),
        cancelled=cancelled,
    )
