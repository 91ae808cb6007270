"""An invitation is answered, and the record of who takes part learns of it."""

from datetime import UTC

from sqlmodel import col, select

from casework.meetings.lookup import starts_at
from casework.record.act import Act
from casework.registers.keeping import OVER, keep, row_of
from casework.reviews.case import Case, load, store
from models.errors import InputError, MoveRefused, NotFound, fault
from models.meeting import Attendance, Meeting
from models.participation import Participant
from models.people import Person
from models.review import Review
from models.vocabulary import Response

ANSWERS = (Response.ACCEPTED, Response.DECLINED)
# the answers to other meetings that an answer to one of them does not take back
KEEPS = {Response.DECLINED: {Response.ACCEPTED, Response.WAITING}, Response.WAITING: {Response.ACCEPTED}}


def answer_invitation(act: Act, attendance_id: int, response: Response, reason: str | None) -> Attendance:
    """Record whether somebody comes to a meeting; they may change their answer until it begins.

    A reason is never asked for. Raises NotFound, MoveRefused or InputError.
    """
    if response not in ANSWERS:
        raise InputError(fault("response", response, "is not an answer to an invitation. Accept it or decline it."))
    case, meeting, found = locked_invitation(act, attendance_id)
    check_can_be_answered(case, meeting, found)
    person, reason = act.session.get_one(Person, found.person_id), (reason or "").strip() or None
    if (found.response, found.reason) == (response, reason):
        return found
    found.response, found.reason, found.answered_at = response, reason, act.now.astimezone(UTC)
    keep(case, found)
    tell_record(case, found)
    store(case, "meeting answered", person, detail={"number": meeting.number, "answer": response.value})
    return found


def locked_invitation(act: Act, attendance_id: int) -> tuple[Case, Meeting, Attendance]:
    """An invitation with its meeting, its review locked; raises NotFound."""
    wanted = select(Review.reference).join(Attendance, col(Attendance.review_id) == col(Review.id))
    reference = act.session.exec(wanted.where(Attendance.id == attendance_id)).first()
    if reference is None:
        raise NotFound("There is no such invitation. Open the meeting from the review’s page.")
    case = load(act, reference)
    found = act.session.get_one(Attendance, attendance_id, populate_existing=True)
    return case, act.session.get_one(Meeting, found.meeting_id, populate_existing=True), found


def check_can_be_answered(case: Case, meeting: Meeting, found: Attendance) -> None:
    """Refuse an answer that nobody waits for any more."""
    if meeting.cancelled_on is not None or case.state in OVER:
        raise MoveRefused("The meeting has been cancelled. You do not need to answer.")
    if found.uninvited_on is not None:
        raise MoveRefused("You do not need to come to this meeting after all, or to answer.")
    if starts_at(meeting) <= case.now:
        raise MoveRefused("The meeting has begun or is over. The person who arranged it can record who came.")


def tell_record(case: Case, found: Attendance) -> None:
    """Somebody on record as taking part has answered, or is asked again.

    Declining one event declines that event: the review as a whole only where they have come to nothing yet, and no
    other invitation of theirs is accepted or still to be answered.
    """
    if found.participant is None:
        return
    person = row_of(case, Participant, found.participant)
    if found.response is not Response.ACCEPTED and (
        person.attended or other_answers(case, found) & KEEPS[found.response]
    ):
        return
    person.answer, person.reason = found.response, found.reason
    keep(case, person)


def other_answers(case: Case, found: Attendance) -> set[Response]:
    """What the same person answered to the other meetings of the review to which they are invited."""
    others = (
        select(Attendance)
        .join(Meeting, col(Meeting.id) == col(Attendance.meeting_id))
        .where(
            Attendance.review_id == case.id,
            Attendance.participant == found.participant,
            Attendance.id != found.id,
            col(Attendance.uninvited_on).is_(None),
            col(Meeting.cancelled_on).is_(None),
        )
    )
    return {each.response for each in case.session.exec(others)}
