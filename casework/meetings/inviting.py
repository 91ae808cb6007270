"""Who is invited to a meeting: people of the review, and practitioners and managers of the case."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC

from sqlmodel import col, select

from casework.meetings.announcing import announce
from casework.meetings.lookup import attendances
from casework.people.directory import person_for
from casework.registers.keeping import keep, next_number
from casework.reminders import answer_reminders
from casework.reviews.case import Case
from models.errors import InputError, fault
from models.forms.meeting import InvitedToo, Professional
from models.meeting import Attendance, Meeting
from models.participation import Participant
from models.people import Person
from models.tables import id_of
from models.vocabulary import Response, Role, TaskKind, Template

BY_E_MAIL = "By e-mail, to a meeting"


@dataclass(frozen=True)
class MayCome:
    """Somebody of the review who may be invited, with what they are to it."""

    person: Person
    titles: tuple[str, ...]


def who_may_come(case: Case) -> list[MayCome]:
    """The people of the review and of its board, by their roles; each once."""
    titles: dict[int, list[str]] = {}
    for role in Role:
        for person_id in dict.fromkeys(case.roles.get(role, ())):
            titles.setdefault(person_id, []).append(case.profile.title(role))
    people = case.session.exec(select(Person).where(col(Person.id).in_(titles)))
    known = {person.id: person for person in people}
    return [MayCome(known[person_id], tuple(held)) for person_id, held in titles.items()]


def to_invite(case: Case, form: InvitedToo) -> list[tuple[Person, int | None]]:
    """Everybody a form names, each once, with their number in the record of who takes part; raises InputError."""
    of_review = {each.person.email: each.person for each in who_may_come(case)}
    for email in form.people:
        if email not in of_review:
            raise InputError(
                fault(
                    "people",
                    email,
                    "has no part in this review or its board. Invite practitioners and managers of the case by "
                    "name, under professionals.",
                )
            )
    found: dict[str, tuple[Person, int | None]] = {email: (of_review[email], None) for email in form.people}
    for row in form.professionals:
        person = person_for(case.session, email=row.email, name=row.name)
        found[person.email] = (person, on_record(case, person, row))
    return list(found.values())


def on_record(case: Case, person: Person, row: Professional) -> int:
    """The number of a practitioner or manager in the record of who takes part, who is put there if they are new."""
    before = select(Attendance.participant).where(
        Attendance.review_id == case.id, Attendance.person_id == person.id, col(Attendance.participant).is_not(None)
    )
    known = case.session.exec(before).first()
    if known is not None:
        return known
    found = Participant(
        review_id=case.id,
        number=next_number(case, Participant),
        who=row.who,
        known_as=row.known_as or row.name,
        invited_on=case.today,
        how=BY_E_MAIL,
        invited_by=case.by.name if case.by else None,
    )
    keep(case, found)
    return found.number


def invite_everybody(case: Case, meeting: Meeting, people: Iterable[tuple[Person, int | None]]) -> int:
    """Invite those who are not invited yet; gives how many. To invite somebody again is a change of its own."""
    standing = {each.person_id for each in attendances(case, meeting)}
    there = {each.person_id: each for each in of_meeting(case, meeting)}
    new = [(person, number) for person, number in people if person.id not in standing]
    if any(person.id in there for person, _ in new):
        count_up(case, meeting)
    for person, number in new:
        found = there.get(id_of(person)) or Attendance(
            review_id=case.id, number=next_number(case, Attendance), meeting_id=id_of(meeting), person_id=id_of(person)
        )
        found.participant, found.uninvited_on = number, None
        found.response, found.reason, found.answered_at = Response.WAITING, None, None
        case.session.add(found)
        case.session.flush()
        announce(case, meeting, found, Template.MEETING_INVITED)
        answer_reminders.plan_answer_reminders(case, TaskKind.INVITATION, id_of(found), meeting.on_day)
        keep(case, found)
    return len(new)


def of_meeting(case: Case, meeting: Meeting) -> list[Attendance]:
    """Every invitation that there ever was to a meeting."""
    return list(case.session.exec(select(Attendance).where(Attendance.meeting_id == meeting.id)))


def count_up(case: Case, meeting: Meeting) -> None:
    """Another change of a meeting, of which somebody is told."""
    meeting.sequence += 1
    meeting.changed_at = case.now.astimezone(UTC)
    keep(case, meeting)
