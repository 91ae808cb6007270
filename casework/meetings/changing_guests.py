"""People are invited to a meeting that is arranged already, or need not come after all."""

from collections.abc import Iterable, Mapping
from typing import Any

from casework.meetings.arranging import part_with, still_to_come, to_arrange_in
from casework.meetings.inviting import count_up, invite_everybody, to_invite
from casework.meetings.lookup import attendances
from casework.record.act import Act
from casework.reviews.case import Case, store
from casework.validation.reading import read
from models.errors import InputError, empty, fault
from models.forms.meeting import InvitedToo, Uninvited
from models.meeting import Attendance, Meeting
from models.people import Person
from models.vocabulary import Template


def invite(act: Act, reference: str, number: int, data: Mapping[str, Any]) -> Meeting:
    """Invite more people to a meeting; `data` is what `InvitedToo` asks for. Raises as `arrange` does."""
    case = to_arrange_in(act, reference)
    found = still_to_come(case, number)
    count = invite_everybody(case, found, to_invite(case, read(InvitedToo, data)))
    if not count:
        raise InputError(empty("people", "Choose at least one person who is not invited yet, or name a practitioner."))
    store(case, "meeting invited to", act.person, detail={"number": number, "invited": count})
    return found


def uninvite(act: Act, reference: str, number: int, data: Mapping[str, Any]) -> Meeting:
    """Let people know that they need not come after all; `data` is what `Uninvited` asks for. Raises as `arrange`."""
    case = to_arrange_in(act, reference)
    found = still_to_come(case, number)
    leaving = invited_as(case, found, read(Uninvited, data).people)
    count_up(case, found)
    for each in leaving:
        each.uninvited_on = act.today
        part_with(case, found, each, Template.MEETING_UNINVITED)
    store(case, "meeting uninvited from", act.person, detail={"number": number, "uninvited": len(leaving)})
    return found


def invited_as(case: Case, meeting: Meeting, emails: Iterable[str]) -> list[Attendance]:
    """The invitations that stand of people with these addresses; raises InputError, also where nobody would be left."""
    standing = {case.session.get_one(Person, each.person_id).email: each for each in attendances(case, meeting)}
    for email in emails:
        if email not in standing:
            raise InputError(fault("people", email, "is not invited to this meeting. Choose from those who are."))
    leaving = [standing[email] for email in dict.fromkeys(emails)]
    if len(leaving) == len(standing):
        raise InputError(fault("people", None, "would leave nobody invited. Cancel the meeting instead."))
    return leaving
