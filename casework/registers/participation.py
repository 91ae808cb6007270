"""Taking part in a review: invited, answered, attended, heard, told of the outcome. Nothing ever waits for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from casework.record.act import Act
from casework.registers.keeping import next_number, record, row_of, rows_of, to_record_in
from casework.reviews.case import Case
from casework.validation.reading import read
from models.errors import NotFound
from models.forms.base import Form, check_days
from models.forms.participation import Answered, Attended, Expectations, FedBack, Heard, Invited
from models.participation import Participant
from models.vocabulary import Invitee, Response


@dataclass(frozen=True)
class ParticipationStep:
    """One thing that is recorded about somebody who takes part."""

    title: str
    form: type[Form]


PARTS: Mapping[str, ParticipationStep] = {
    "invitation": ParticipationStep("The invitation", Invited),
    "expectations": ParticipationStep("Expectations explained", Expectations),
    "answer": ParticipationStep("Their answer", Answered),
    "attendance": ParticipationStep("An event they came to", Attended),
    "views": ParticipationStep("Their views", Heard),
    "feedback": ParticipationStep("Feedback given", FedBack),
}
USUALLY = (Invitee.CHILD, Invitee.SIBLING, Invitee.PARENT, Invitee.CARER, Invitee.PRACTITIONER, Invitee.MANAGER)


def participants_of(session: Session, review_id: int) -> list[Participant]:
    """Everybody who was invited or took part, in the order in which they were recorded."""
    return rows_of(session, review_id, Participant)


def invite_participant(act: Act, reference: str, data: Mapping[str, Any]) -> Participant:
    """Put somebody on record whom the review invites; `data` is what `Invited` asks for.

    Raises NotFound, NotAllowed, MoveRefused or InputError.
    """
    case = to_record_in(act, reference)
    form = checked_dates(case, Invited, data)
    found = Participant(review_id=case.id, number=next_number(case, Participant), **form.model_dump())
    record(case, found, "participant invited", act.person)
    return found


def take_down(act: Act, reference: str, number: int, part: str, data: Mapping[str, Any]) -> Participant:
    """Record one part of somebody's participation (`PARTS`); what stood there before is replaced, events are added to.

    Raises NotFound, NotAllowed, MoveRefused or InputError.
    """
    if part not in PARTS:
        raise NotFound(f"‘{part}’ is not something to record about a person. Choose one of: {', '.join(PARTS)}.")
    case = to_record_in(act, reference)
    found = row_of(case, Participant, number)
    set_down(found, checked_dates(case, PARTS[part].form, data))
    record(case, found, "participation recorded", act.person, part)
    return found


def checked_dates(case: Case, form: type[Form], data: Mapping[str, Any]) -> Form:
    """What was typed, once its days are days on which it can have happened."""
    filled = read(form, data)
    check_days(filled, since=case.began_on, today=case.today)
    return filled


def set_down(found: Participant, form: Form) -> None:
    """Write what a form says on somebody's row."""
    if isinstance(form, Attended):
        came_to(found, form.kind.value, form.held_on)
        return
    for name in type(form).model_fields:
        setattr(found, name, getattr(form, name))


def came_to(found: Participant, kind: str, held_on: date) -> None:
    """Add an event to those that somebody came to, once; they take part, whatever they answered before."""
    event = {"kind": kind, "held_on": held_on.isoformat()}
    if event not in found.attended:
        found.attended = [*found.attended, event]
    found.answer = Response.ACCEPTED


def on_record(found: Participant, part: str) -> dict[str, Any]:
    """What stands there already, for the form of a part; another event starts blank."""
    form = PARTS[part].form
    if form is Attended:
        return {}
    return {name: value for name in form.model_fields if (value := getattr(found, name)) is not None}


@dataclass(frozen=True)
class ParticipationCounts:
    """How many people were invited and what came of it; `nobody_yet` are those usually invited who were not.

    `to_invite` are on record without an invitation and without an answer.
    """

    invited: int
    accepted: int
    declined: int
    waiting: int
    to_invite: int
    not_invited: int
    feedback_owed: int
    nobody_yet: tuple[Invitee, ...]


def count_participation(participants: Iterable[Participant]) -> ParticipationCounts:
    """The whole of the participation in figures, a group counted by its people."""
    everybody = list(participants)
    settled = [each for each in everybody if not is_to_invite(each)]

    def people(*answers: Response) -> int:
        return sum(each.how_many for each in settled if each.answer in answers)

    there = {each.who for each in settled}
    return ParticipationCounts(
        invited=people(Response.WAITING, Response.ACCEPTED, Response.DECLINED),
        accepted=people(Response.ACCEPTED),
        declined=people(Response.DECLINED),
        waiting=people(Response.WAITING),
        to_invite=sum(each.how_many for each in everybody if is_to_invite(each)),
        not_invited=people(Response.NOT_INVITED),
        feedback_owed=sum(each.how_many for each in everybody if owed_feedback(each)),
        nobody_yet=tuple(who for who in USUALLY if who not in there),
    )


def is_to_invite(found: Participant) -> bool:
    """Whether somebody is on record who has neither been invited nor answered."""
    return found.answer is Response.WAITING and found.invited_on is None


def owed_feedback(found: Participant) -> bool:
    """Whether somebody who took part has not been told what came of it."""
    return found.answer is Response.ACCEPTED and found.feedback_on is None
