"""Who came to a meeting is ticked once it has begun, and the record of who takes part learns of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from casework.meetings.lookup import ArrangedMeeting, attendances, meeting_of, starts_at
from casework.record.act import Act
from casework.registers.keeping import keep, row_of, to_record_in
from casework.registers.participation import came_to
from casework.reviews.case import Case, store
from casework.validation.reading import read
from models.errors import InputError, MoveRefused, fault
from models.forms.meeting import WhoCame
from models.meeting import Meeting
from models.participation import Participant
from models.people import Person
from models.vocabulary import EventKind, MeetingKind
from models.wording import Sentence

# what a meeting of a kind is among the events of a review; of the others the person who records it says what it was
EVENTS: Mapping[MeetingKind, EventKind] = {
    MeetingKind.LEARNING_EVENT: EventKind.LEARNING_EVENT,
    MeetingKind.RECALL_SESSION: EventKind.RECALL_SESSION,
    MeetingKind.REFLECTIVE_MEETING: EventKind.REFLECTIVE_MEETING,
    MeetingKind.FOCUS_GROUP: EventKind.FOCUS_GROUP,
    MeetingKind.CONVERSATION: EventKind.CONVERSATIONS,
    MeetingKind.WHOLE_SYSTEM: EventKind.WHOLE_SYSTEM,
}


def record_who_came(act: Act, reference: str, number: int, data: Mapping[str, Any]) -> Meeting:
    """Record which of those invited came; `data` is what `WhoCame` asks for. Who was ticked before stays.

    Raises NotFound, NotAllowed, MoveRefused or InputError.
    """
    case = to_record_in(act, reference)
    found = that_took_place(case, number)
    form = read(WhoCame, data)
    came = those_on_record(case, found, form.people)
    for each in came:
        came_to(each, form.kind.value, found.on_day)
        keep(case, each)
    store(case, "attendance recorded", act.person, detail={"number": number, "came": len(came)})
    return found


def that_took_place(case: Case, number: int) -> Meeting:
    """A meeting that has begun and was not cancelled; raises NotFound or MoveRefused."""
    found = meeting_of(case, number)
    if found.cancelled_on is not None:
        raise MoveRefused(f"Meeting {number} of {case.reference} was cancelled, so there is nobody to record.")
    if starts_at(found) > case.now:
        raise MoveRefused(
            Sentence(
                "Meeting {number} of {reference} is on {day}. Record who came once it has begun.",
                number=number,
                reference=case.reference,
                day=found.on_day,
            )
        )
    return found


def those_on_record(case: Case, meeting: Meeting, emails: Sequence[str]) -> list[Participant]:
    """The practitioners and managers of the case with these addresses who were invited; raises InputError."""
    invited = {
        case.session.get_one(Person, each.person_id).email: each.participant
        for each in attendances(case, meeting)
        if each.participant is not None
    }
    for email in emails:
        if email not in invited:
            raise InputError(
                fault(
                    "people",
                    email,
                    "is not a practitioner or manager invited to this meeting. Choose from those who are.",
                )
            )
    return [row_of(case, Participant, invited[email]) for email in dict.fromkeys(emails)]


def who_may_have_come(arranged: ArrangedMeeting) -> list[tuple[str, str]]:
    """The address and name of each practitioner and manager of the case who was invited."""
    return [(each.person.email, each.person.name) for each in arranged.invited if each.attendance.participant]


def who_came(arranged: ArrangedMeeting, there: Sequence[Participant]) -> list[str]:
    """The addresses of those of whom it is on record that they came to an event on the day of a meeting."""
    on = arranged.meeting.on_day.isoformat()
    came = {each.number for each in there if any(event["held_on"] == on for event in each.attended)}
    return [each.person.email for each in arranged.invited if each.attendance.participant in came]
