"""What the forms of the stages say about participation, as the one record of it: nothing is typed twice."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlmodel import col, select

from casework.clock.wording import day
from casework.registers.keeping import keep, next_number
from casework.registers.participation import came_to, participants_of
from casework.reviews.case import Case
from models.errors import InputError, empty, fault
from models.forms.audit import PeopleHeard
from models.forms.inquiry import FamilyInvitation, Invitation, PractitionerEvent, PractitionerEvents
from models.forms.method import FiveQuestions, LearningEvent, RecallSession, WholeSystemSession
from models.forms.practice import ReflectiveMeeting
from models.meeting import Attendance, Meeting
from models.participation import Participant
from models.vocabulary import EventKind, FamilyMember, Invitee, Methodology, Response

OneEvent = LearningEvent | RecallSession | WholeSystemSession | ReflectiveMeeting
KINDS: dict[type[Any], EventKind] = {
    LearningEvent: EventKind.LEARNING_EVENT,
    RecallSession: EventKind.RECALL_SESSION,
    WholeSystemSession: EventKind.WHOLE_SYSTEM,
    ReflectiveMeeting: EventKind.REFLECTIVE_MEETING,
}
HEARD = (
    "what_was_going_on",
    "thinking_and_context",
    "influences",
    "heard",
    "good_practice",
    "improvements",
    "changed",
    "case_management",
)
COME = {EventKind.SERVICE_USERS: Invitee.SERVICE_USER, EventKind.YOUNG_PEOPLE: Invitee.YOUNG_PERSON}
PROFESSIONALS = (Invitee.PRACTITIONER, Invitee.MANAGER)
FAMILY = tuple(Invitee(each.value) for each in FamilyMember)


def handle_family_invitation(case: Case, form: FamilyInvitation) -> None:
    """Each invitation is somebody who takes part: the one on record of whom it speaks, or a new one."""
    known = participants_of(case.session, case.id)
    for row in form.invitations:
        name = row.known_as or row.who.label
        found = same_participant(known, row, name)
        if found is None:
            found = Participant(
                review_id=case.id, number=next_number(case, Participant), who=Invitee(row.who.value), known_as=name
            )
        else:
            known.remove(found)
        found.sqlmodel_update(row.model_dump(exclude={"who", "known_as"}, exclude_none=True))
        found.expectations = found.expectations or form.expectations
        if found.answer is Response.ACCEPTED:
            found.views = found.views or form.views
        keep(case, found)


def same_participant(known: Iterable[Participant], row: Invitation, name: str) -> Participant | None:
    """The participant on record of whom an invitation speaks."""
    return next(
        (each for each in known if each.who == row.who.value and each.known_as.casefold() == name.casefold()), None
    )


def handle_events(case: Case, form: PractitionerEvents) -> None:
    """Those who came to the events took part, beside those already on record one by one."""
    for row in form.events:
        took_part(case, row, form.heard)


def handle_people_heard(case: Case, form: PeopleHeard) -> None:
    """An audit meets people where that is appropriate, and else says why not."""
    if form.events and form.why_nobody:
        raise InputError(
            fault("why_nobody", None, "says why nobody was met, but events are given. Leave out one of the two.")
        )
    if form.events and not form.heard:
        raise InputError(empty("heard", "Say what those who came to the events said."))
    if not form.events and not form.why_nobody:
        raise InputError(empty("events", "Give an event, or say why it was not appropriate to meet anybody."))
    for row in form.events:
        took_part(case, row, form.heard or "")


def handle_learning_event(case: Case, form: LearningEvent) -> None:
    """The five questions are those of SILP; at a learning event of another method what was said will do.

    Raises InputError. [S002 Appendix 2.1]
    """
    asked = case.facts.get("methodology") == Methodology.SIGNIFICANT_INCIDENT
    silent = [name for name in FiveQuestions.model_fields if not getattr(form, name)]
    if asked and silent:
        raise InputError(
            empty(
                silent[0],
                "{methodology} asks practitioners five questions: give their answer to each.",
                methodology=Methodology.SIGNIFICANT_INCIDENT.label,
            )
        )
    if len(silent) == len(FiveQuestions.model_fields) and not form.heard:
        raise InputError(empty("heard", "Say what was said at the event, or answer the five questions."))
    handle_event(case, form)


def handle_event(case: Case, form: OneEvent) -> None:
    """The same for a form about one event."""
    on = form.reflected_on if isinstance(form, ReflectiveMeeting) else form.held_on
    heard = "\n".join(str(said) for name in HEARD if (said := getattr(form, name, None)))
    took_part(case, PractitionerEvent(kind=KINDS[type(form)], held_on=on, attended=form.attended), heard)


def took_part(case: Case, event: PractitionerEvent, heard: str) -> None:
    """Put the people who came to an event on record as a group, but for those who are there one by one.

    Those are the people known to have come, and those invited by name to a meeting on that day: who is counted
    once by name is not counted again.
    """
    came = Participant(
        review_id=case.id,
        number=next_number(case, Participant),
        who=COME.get(event.kind, Invitee.PRACTITIONER),
        known_as=f"{event.kind.label}, {day(event.held_on)}",
        answer=Response.ACCEPTED,
        views=heard,
    )
    came_to(came, event.kind.value, event.held_on)
    named = invited_on(case, event.held_on)
    there = participants_of(case.session, case.id)
    known = [each for each in there if came.attended[0] in each.attended or each.number in named]
    came.how_many = event.attended - sum(each.how_many for each in known)
    if came.how_many > 0:
        keep(case, came)


def invited_on(case: Case, on: date) -> set[int | None]:
    """The numbers on record of those who are invited by name to a meeting of the review on a day."""
    wanted = (
        select(Attendance.participant)
        .join(Meeting, col(Meeting.id) == col(Attendance.meeting_id))
        .where(Meeting.review_id == case.id, Meeting.on_day == on, col(Meeting.cancelled_on).is_(None))
        .where(col(Attendance.uninvited_on).is_(None), col(Attendance.participant).is_not(None))
    )
    return set(case.session.exec(wanted))


def invitations(known: Sequence[Participant]) -> dict[str, Any]:
    """What the form about the family asks and the record has: the family invited so far, and what was said to them."""
    family = [each for each in known if each.who in FAMILY]
    rows = [each.model_dump(mode="json", include=set(Invitation.model_fields), exclude_none=True) for each in family]
    told = {"invitations": rows} if rows else {}
    return told | joined_remarks("expectations", family) | joined_remarks("views", family)


def joined_remarks(name: str, family: Sequence[Participant]) -> dict[str, str]:
    """One text of what was recorded for each, without repeating it."""
    said = dict.fromkeys(text for each in family if (text := getattr(each, name)))
    return {name: "\n".join(said)} if said else {}


def events(known: Sequence[Participant]) -> dict[str, Any]:
    """The practitioner events that people on record came to, with how many of them came."""
    came: dict[tuple[str, str], int] = {}
    for each in known:
        for event in each.attended if each.who in PROFESSIONALS else ():
            at = event["kind"], event["held_on"]
            came[at] = came.get(at, 0) + each.how_many
    rows = [{"kind": kind, "held_on": on, "attended": count} for (kind, on), count in came.items()]
    return ({"events": rows} if rows else {}) | heard_from(known)


def heard_from(known: Sequence[Participant]) -> dict[str, str]:
    """What practitioners and managers have said so far."""
    said = joined_remarks("views", [each for each in known if each.who in PROFESSIONALS])
    return {"heard": said["views"]} if said else {}
