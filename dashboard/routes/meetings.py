"""The meetings of a review: the list, one of them, and arranging, moving, cancelling, inviting, answering."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from pydantic import BaseModel
from sqlmodel import Session
from starlette.responses import Response

from casework.meetings import arranging, attending, changing_guests
from casework.meetings.inviting import who_may_come
from casework.meetings.lookup import ArrangedMeeting, meetings_of
from casework.record.act import Act
from casework.registers.participation import participants_of
from casework.reviews.case import load
from casework.reviews.permissions import Sight
from dashboard.presenters.history import success
from dashboard.presenters.meetings import as_options, shown
from dashboard.routes.finding import Seen, find
from dashboard.routes.recording import Doing, Question, answer, ask, whole
from dashboard.security import Posted, Visiting
from dashboard.shapes import Option
from dashboard.site import Number, Visit
from models.errors import NotFound
from models.forms.meeting import Arranged as ArrangedForm
from models.forms.meeting import CalledOff, InvitedToo, Uninvited, When, WhoCame
from models.tables import id_of
from models.vocabulary import LIVE

router = APIRouter()
BACK = ("meetings", "Meetings")
INVITES = (
    "Each person gets an e-mail with an entry for their calendar, and answers by a link in it. "
    "Nobody sees who else is invited."
)
NEW = Question("Arrange a meeting", ArrangedForm, "meetings/arrange", BACK, (INVITES,), "Send the invitations")

CAME = Question(
    "Who came?",
    WhoCame,
    "meetings",
    BACK,
    ("Tick the practitioners and managers who came. Your answer goes into the record of who takes part.",),
    "Record who came",
)


@dataclass(frozen=True)
class Way:
    """Something that may be done to a meeting that is to come."""

    title: str
    form: type[BaseModel]
    about: str
    button: str
    do: Callable[..., Any]


WAYS: Mapping[str, Way] = {
    "move": Way(
        "Change the time or place",
        When,
        "We tell everybody invited, and their calendars follow. If the time has changed, they have to answer again.",
        "Tell everybody",
        arranging.move_meeting,
    ),
    "invite": Way("Invite more people", InvitedToo, INVITES, "Send the invitations", changing_guests.invite),
    "uninvite": Way(
        "Let somebody know that they do not need to come",
        Uninvited,
        "We tell them. The meeting still takes place.",
        "Tell them",
        changing_guests.uninvite,
    ),
    "cancel": Way(
        "Cancel the meeting",
        CalledOff,
        "We tell everybody invited, and it disappears from their calendars. You cannot reinstate a cancelled meeting.",
        "Cancel the meeting",
        arranging.cancel_meeting,
    ),
}


@router.get("/reviews/{reference}/meetings")
def meetings(visit: Visiting, reference: str, entry: int | None = None) -> HTMLResponse:
    """The meetings of a review; those to which they are invited, for somebody who has only a task in it."""
    with visit.reading() as session:
        seen = find(session, visit, reference)
        found = theirs(session, visit, seen)
    frame = visit.frame("reviews", seen.board, success(seen.view, entry, visit.id))
    return visit.page(
        "meetings.html",
        frame,
        review=seen.view,
        meetings=[shown(each, visit.now) for each in found],
        may_arrange=may_arrange(seen),
        all_of_it=seen.how_much is Sight.ALL,
    )


@router.get("/reviews/{reference}/meetings/arrange")
def ask_what(visit: Visiting, reference: str) -> HTMLResponse:
    """Ask what kind of meeting, when, where, and who is invited."""
    with visit.reading() as session:
        seen = whole(session, visit, reference)
        question = replace(NEW, choices={"people": who_can_be_asked(session, visit, reference)})
    return ask(visit, seen, question, {}, {})


@router.post("/reviews/{reference}/meetings/arrange")
def arrange(visit: Visiting, reference: str, data: Posted) -> Response:
    """Arrange it."""
    return answer(
        visit,
        reference,
        NEW,
        data,
        lambda session, values: arranging.arrange_meeting(visit.act(session), reference, values),
        lambda session: replace(NEW, choices={"people": who_can_be_asked(session, visit, reference)}),
    )


@router.get("/reviews/{reference}/meetings/{number}")
def meeting(visit: Visiting, reference: str, number: Number, entry: int | None = None) -> HTMLResponse:
    """One meeting: when, where, who is invited and what they answered."""
    with visit.reading() as session:
        seen = find(session, visit, reference)
        found = one(session, visit, seen, number)
    frame = visit.frame("reviews", seen.board, success(seen.view, entry, visit.id))
    return visit.page(
        "meeting.html",
        frame,
        review=seen.view,
        meeting=shown(found, visit.now),
        may_arrange=may_arrange(seen),
        all_of_it=seen.how_much is Sight.ALL,
        ways=WAYS,
        own=own_invitation(visit, found),
        steers=seen.powers.steers,
        may_say_who_came=seen.powers.records and bool(attending.who_may_have_come(found)),
    )


def who_came(session: Session, visit: Visit, reference: str, number: int) -> tuple[ArrangedMeeting, Question]:
    """The form that asks who came to a meeting, with those whom it offers; raises NotFound."""
    found = one(session, visit, whole(session, visit, reference), number)
    people = as_options((email, name, "") for email, name in attending.who_may_have_come(found))
    path = f"meetings/{number}"
    back = (path, f"{found.meeting.kind.label} of {reference}")
    return found, replace(CAME, path=f"{path}/who-came", back=back, choices={"people": people})


@router.get("/reviews/{reference}/meetings/{number}/who-came")
def ask_who_came(visit: Visiting, reference: str, number: Number) -> HTMLResponse:
    """Ask which of the practitioners and managers came; those ticked before are ticked."""
    with visit.reading() as session:
        seen = whole(session, visit, reference)
        found, question = who_came(session, visit, reference, number)
        came = attending.who_came(found, participants_of(session, id_of(seen.view.review)))
    return ask(visit, seen, question, {"people": came, "kind": attending.EVENTS.get(found.meeting.kind)}, {})


@router.post("/reviews/{reference}/meetings/{number}/who-came")
def record_who_came(visit: Visiting, reference: str, number: Number, data: Posted) -> Response:
    """Record it."""
    path = f"meetings/{number}"
    return answer(
        visit,
        reference,
        replace(CAME, path=f"{path}/who-came", back=(path, "")),
        data,
        lambda session, values: attending.record_who_came(visit.act(session), reference, number, values),
        lambda session: who_came(session, visit, reference, number)[1],
    )


@router.get("/reviews/{reference}/meetings/{number}/{way}")
def ask_of_one(visit: Visiting, reference: str, number: Number, way: str) -> HTMLResponse:
    """Ask what is to be done with one meeting."""
    with visit.reading() as session:
        seen = whole(session, visit, reference)
        found = one(session, visit, seen, number)
        question = question_of(session, visit, reference, found, way)
    return ask(visit, seen, question, as_it_is(found) if way == "move" else {}, {})


@router.post("/reviews/{reference}/meetings/{number}/{way}")
def do_to_one(visit: Visiting, reference: str, number: Number, way: str, data: Posted) -> Response:
    """Do it."""

    def filled(session: Session) -> Question:
        found = one(session, visit, whole(session, visit, reference), number)
        return question_of(session, visit, reference, found, way)

    try:
        return answer(visit, reference, about(number, way), data, doing(visit, reference, number, way), filled)
    except NotFound:
        with visit.reading() as session:
            filled(session)  # says that it is not there as the pages say it
        raise


def doing(visit: Visit, reference: str, number: int, way: str) -> Doing:
    """What is done with the answers."""

    def do(session: Session, values: Mapping[str, object]) -> None:
        WAYS[way].do(visit.act(session), reference, number, values)

    return do


def question_of(session: Session, visit: Visit, reference: str, found: ArrangedMeeting, way: str) -> Question:
    """The form of one way, with the people whom it offers; raises NotFound."""
    invited = [(each.person.email, each.person.name, "") for each in found.invited]
    others = who_can_be_asked(session, visit, reference, without={email for email, _, _ in invited})
    people = as_options(invited) if way == "uninvite" else others
    return about(found.meeting.number, way, f"{found.meeting.kind.label} of {reference}", people)


def about(number: int, way: str, called: str = "", people: tuple[Option, ...] = ()) -> Question:
    """The form of one way; raises NotFound."""
    if way not in WAYS:
        raise NotFound("There is no such thing to do with a meeting. Open it from the review’s page.")
    asked, path = WAYS[way], f"meetings/{number}"
    return Question(
        asked.title, asked.form, f"{path}/{way}", (path, called), (asked.about,), asked.button, {"people": people}
    )


def as_it_is(found: ArrangedMeeting) -> dict[str, object]:
    """When and where a meeting is now, to be changed."""
    return {name: value for name in When.model_fields if (value := getattr(found.meeting, name)) is not None}


def who_can_be_asked(
    session: Session,
    visit: Visit,
    reference: str,
    without: set[str] = frozenset(),  # type: ignore[assignment]
) -> tuple[Option, ...]:
    """The people of a review to choose from."""
    case = load(Act(session, None, visit.now, visit.today), reference, lock=False)
    people = [(each.person.email, each.person.name, ", ".join(each.titles)) for each in who_may_come(case)]
    return as_options(person for person in people if person[0] not in without)


def own_invitation(visit: Visit, found: ArrangedMeeting) -> int | None:
    """The number of the visitor's own invitation, if they are invited."""
    return next((each.attendance.id for each in found.invited if each.person.id == visit.id), None)


def theirs(session: Session, visit: Visit, seen: Seen) -> Sequence[ArrangedMeeting]:
    """The meetings that this person may see; of those to which they are invited, their own answer alone."""
    every = meetings_of(session, id_of(seen.view.review))
    if seen.how_much is Sight.ALL:
        return every
    own = [(each, tuple(one for one in each.invited if one.person.id == visit.id)) for each in every]
    return [replace(each, invited=mine) for each, mine in own if mine]


def one(session: Session, visit: Visit, seen: Seen, number: int) -> ArrangedMeeting:
    """One of them; raises NotFound."""
    found = next((each for each in theirs(session, visit, seen) if each.meeting.number == number), None)
    if found is None:
        raise NotFound(f"There is no meeting {number} in this review that you can see. Open it from its page.")
    return found


def may_arrange(seen: Seen) -> bool:
    """Whether this person may arrange meetings here."""
    return seen.powers.records and seen.view.review.state in LIVE
