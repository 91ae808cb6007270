"""The meetings of a review, and those of a person, with who is invited and what they answered."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from casework.clock import london_moment
from casework.registers.keeping import row_of, rows_of
from casework.reviews.case import Case
from models.meeting import Attendance, Meeting
from models.people import Person
from models.review import Review
from models.tables import id_of
from models.vocabulary import Response


def starts_at(meeting: Meeting) -> datetime:
    """The moment at which a meeting begins."""
    return london_moment(meeting.on_day, meeting.begins)


def ends_at(meeting: Meeting) -> datetime:
    """The moment at which it ends."""
    return london_moment(meeting.on_day, meeting.ends)


@dataclass(frozen=True)
class InvitedPerson:
    """Somebody invited to a meeting."""

    attendance: Attendance
    person: Person


@dataclass(frozen=True)
class ArrangedMeeting:
    """A meeting with everybody who is invited now, in the order in which they were."""

    meeting: Meeting
    invited: tuple[InvitedPerson, ...]

    @property
    def answers(self) -> Counter[Response]:
        """How many answered what."""
        return Counter(each.attendance.response for each in self.invited)


@dataclass(frozen=True)
class MeetingOfPerson:
    """A meeting to which somebody is invited."""

    meeting: Meeting
    attendance: Attendance
    reference: str
    board: str


def meetings_of(session: Session, review_id: int) -> list[ArrangedMeeting]:
    """Every meeting of a review, in the order in which they take place."""
    invited: dict[int, list[InvitedPerson]] = {}
    found = (
        select(Attendance, Person)
        .join(Person, col(Person.id) == col(Attendance.person_id))
        .where(Attendance.review_id == review_id, col(Attendance.uninvited_on).is_(None))
        .order_by(col(Attendance.number))
    )
    for attendance, person in session.exec(found):
        invited.setdefault(attendance.meeting_id, []).append(InvitedPerson(attendance, person))
    meetings = sorted(rows_of(session, review_id, Meeting), key=lambda each: (each.on_day, each.begins, each.number))
    return [ArrangedMeeting(each, tuple(invited.get(id_of(each), ()))) for each in meetings]


def meeting_of(case: Case, number: int) -> Meeting:
    """One meeting of a review; raises NotFound."""
    return row_of(case, Meeting, number)


def attendances(case: Case, meeting: Meeting) -> list[Attendance]:
    """The invitations to a meeting that stand."""
    wanted = select(Attendance).where(Attendance.meeting_id == meeting.id, col(Attendance.uninvited_on).is_(None))
    return list(case.session.exec(wanted.order_by(col(Attendance.number))))


def meetings_of_person(session: Session, person_id: int, *, since: date) -> Sequence[MeetingOfPerson]:
    """The meetings to which somebody is invited, of the day `since` and later, in their order."""
    found = (
        select(Meeting, Attendance, Review.reference, Review.board)
        .join(Attendance, col(Attendance.meeting_id) == col(Meeting.id))
        .join(Review, col(Review.id) == col(Meeting.review_id))
        .where(Attendance.person_id == person_id, col(Attendance.uninvited_on).is_(None), col(Meeting.on_day) >= since)
        .order_by(col(Meeting.on_day), col(Meeting.begins), col(Meeting.id))
    )
    return [MeetingOfPerson(*row) for row in session.exec(found)]
