"""Arranging meetings in tests: a review with its people, a meeting next month, and what was put into the outbox."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from casework.meetings import answering, arranging, changing_guests
from casework.meetings.lookup import meetings_of
from casework.people.directory import find_person
from casework.record.act import Act
from casework.record.store import Store
from casework.views.review import find_review
from models.meeting import Attendance, Meeting
from models.people import Person
from models.record import OutboxMessage
from models.tables import id_of
from models.vocabulary import MessageState, Response, Template
from tests.walking import CHAIR, MANAGER, NOW, PANEL, SERIOUS_CASE_REVIEW, TODAY, launched, walked

PANEL_MEETING: dict[str, Any] = {
    "kind": "panel-meeting",
    "on_day": "2020-02-04",  # a Tuesday
    "begins": "10:00",
    "ends": "12:30",
    "place": "Room 2, Example House",
    "joining_link": "https://meet.example/abc",
    "people": [CHAIR, PANEL],
}
WORKER = "wyn.worker@social-care.example"
PROFESSIONAL = {"name": "Wyn Worker", "email": WORKER, "known_as": "social worker A"}
LEARNING_EVENT = PANEL_MEETING | {"kind": "learning-event", "people": [], "professionals": [PROFESSIONAL]}
WHEN = ("on_day", "begins", "ends", "place", "joining_link")


def a_review(store: Store) -> str:
    """A review in which the chair has to decide."""
    found = launched(store)
    walked(store, found, SERIOUS_CASE_REVIEW, until="chair-decision")
    return found


def doing(
    store: Store,
    move: Callable[..., Meeting],
    reference: str,
    *about: Any,
    by: str = MANAGER,
    now: datetime = NOW,
    today: date = TODAY,
) -> Meeting:
    """One move in a transaction of its own."""
    with store.transaction() as session:
        return move(Act(session, find_person(session, by), now, today), reference, *about)


def arrange(store: Store, reference: str, data: Mapping[str, Any] = PANEL_MEETING, **how: Any) -> Meeting:
    return doing(store, arranging.arrange_meeting, reference, data, **how)


def move(store: Store, reference: str, to: Mapping[str, Any], number: int = 1, **how: Any) -> Meeting:
    """Move a meeting; what is not given stays as it was in PANEL_MEETING."""
    as_it_was = {name: PANEL_MEETING[name] for name in WHEN}
    return doing(store, arranging.move_meeting, reference, number, as_it_was | dict(to), **how)


def cancel(store: Store, reference: str, number: int = 1, **how: Any) -> Meeting:
    return doing(store, arranging.cancel_meeting, reference, number, {"why": "Too few can come."}, **how)


def invite(store: Store, reference: str, data: Mapping[str, Any], number: int = 1) -> Meeting:
    return doing(store, changing_guests.invite, reference, number, data)


def uninvite(store: Store, reference: str, *people: str, number: int = 1) -> Meeting:
    return doing(store, changing_guests.uninvite, reference, number, {"people": list(people)})


def invitation(store: Store, email: str) -> Attendance:
    """The newest invitation of somebody."""
    with store.reading() as session:
        wanted = select(Attendance).join(Person, col(Person.id) == col(Attendance.person_id))
        return session.exec(wanted.where(Person.email == email).order_by(col(Attendance.id).desc())).first() or none()


def none() -> Attendance:
    raise AssertionError("nobody of this address is invited")


def answer(
    store: Store, email: str, response: Response = Response.ACCEPTED, reason: str | None = None, **when: Any
) -> Attendance:
    found = invitation(store, email).id
    with store.transaction() as session:
        act = Act(session, None, **({"now": NOW, "today": TODAY} | when))
        return answering.answer_invitation(act, found or 0, response, reason)


def answers(store: Store, reference: str, number: int = 1) -> dict[str, Response]:
    """Who is invited to a meeting now, and what they answered."""
    with store.reading() as session:
        found = meetings_of(session, id_of(find_review(session, reference)))
        (meeting,) = (each for each in found if each.meeting.number == number)
        return {each.person.email: each.attendance.response for each in meeting.invited}


def letters(session: Session) -> list[OutboxMessage]:
    """The letters about meetings, in the order in which they were queued."""
    about = [template for template in Template if template.value.startswith("meeting-")]
    return list(session.exec(select(OutboxMessage).where(col(OutboxMessage.template).in_(about)).order_by("id")))


def told(store: Store) -> list[tuple[str, Template, str]]:
    """Who is told what of which change, in the order in which it was queued; what was retracted is left out."""
    with store.reading() as session:
        return [
            (session.get_one(Person, each.person_id).email, each.template, (each.details or {})["sequence"])
            for each in letters(session)
            if each.state is not MessageState.RETRACTED
        ]


def sent(store: Store) -> None:
    """All letters leave."""
    with store.transaction() as session:
        for each in letters(session):
            each.tries, each.state = 1, MessageState.ACCEPTED
            session.add(each)
