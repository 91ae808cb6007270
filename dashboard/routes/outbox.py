"""The outbox: what was sent to whom, what could not be, and the remedy."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from pydantic import ValidationError
from sqlmodel import Session
from starlette.responses import Response

from casework.boards import board
from casework.mail import outbox
from casework.mail.addresses import NewAddress, correct_address, message_for
from casework.people import boards_in_use
from dashboard.fields import fields_of
from dashboard.mistakes import errors_of, problems_of
from dashboard.plain import errors_of_refusal
from dashboard.posted import read_form
from dashboard.presenters.outbox import ABOUT, REMEDIES, STANDS
from dashboard.rounds import WHAT_WAITS, last_beats, silent_rounds
from dashboard.security import Posted, Visiting
from dashboard.site import Number, Visit, see
from models.errors import InputError, MoveRefused, NotAllowed
from models.people import Person
from models.record import OutboxMessage
from models.review import Review
from models.vocabulary import STOPPED, TO_BE_SENT, MessageState, Template

router = APIRouter()


@dataclass(frozen=True)
class Shown:
    """A message with what a page may show of it."""

    message: OutboxMessage
    to: Person
    review: Review | None

    @property
    def text(self) -> str | None:
        """What it says; never of one that signs somebody in."""
        return None if self.message.template is Template.SIGN_IN else self.message.text

    @property
    def stopped(self) -> bool:
        """Whether it waits for a person to do something."""
        return self.message.state in STOPPED and self.message.template is not Template.SIGN_IN


@router.get("/outbox")
def messages(visit: Visiting, board_name: str = "") -> HTMLResponse:
    """The outbox of a board or, for whoever manages all of them, of the installation."""
    if not visit.manages:
        raise NotAllowed("The outbox of a board is for its business manager.")
    with visit.reading() as session:
        everything = boards_in_use(session) <= set(visit.manages)
    chosen = board_name if board_name in visit.manages else "" if everything else visit.manages[0]
    with visit.reading() as session:
        found = outbox.overview(session, board=chosen or None)
        beats = last_beats(session)
    silent = silent_rounds(beats, since=visit.site.started_at, now=visit.now)
    boards = [("", "Every board")] if everything else []
    boards += [(name, board(name).name.value) for name in visit.manages]
    return visit.page(
        "outbox.html",
        visit.frame("outbox"),
        found=found,
        about=ABOUT,
        stands=STANDS,
        boards=boards,
        chosen=chosen,
        silent=[(WHAT_WAITS[name], beats.get(name)) for name in silent],
    )


@router.get("/outbox/{number}")
def message(visit: Visiting, number: Number, again: str = "") -> HTMLResponse:
    """One message; `again` says that it has just been queued once more."""
    with visit.reading() as session:
        shown = find(session, visit, number)
    queued = again and shown.message.state in (*TO_BE_SENT, MessageState.SENDING, MessageState.ACCEPTED)
    return message_page(visit, shown, "The message is queued again." if queued else "", {}, {})


@router.post("/outbox/{number}/again")
def send_again(visit: Visiting, number: Number) -> Response:
    """Queue a message once more that was refused or given up."""
    with visit.transaction() as session:
        message_for(session, number, visit.person)
        outbox.send_again(session, number, now=visit.now)
    return see(f"/outbox/{number}?again=yes")


@router.post("/outbox/{number}/address")
def correct(visit: Visiting, number: Number, data: Posted) -> Response:
    """Correct the address it was refused at, and send it again."""
    values = read_form(NewAddress, data)
    try:
        wanted = NewAddress.model_validate(values)
        with visit.transaction() as session:
            correct_address(session, number, wanted.email, by=visit.person, now=visit.now, today=visit.today)
        return see(f"/outbox/{number}?again=yes")
    except ValidationError as wrong:
        errors = errors_of(wrong, NewAddress)
    except InputError as wrong:
        errors = errors_of_refusal(wrong, NewAddress)
    except MoveRefused as wrong:
        errors = {"": str(wrong)}
    with visit.reading() as session:
        shown = find(session, visit, number)
    return message_page(visit, shown, "", values, errors)


def find(session: Session, visit: Visit, number: int) -> Shown:
    """A message of a board that this person manages; raises NotFound or NotAllowed."""
    found, review = message_for(session, number, visit.person)
    return Shown(found, session.get_one(Person, found.person_id), review)


def message_page(
    visit: Visit, shown: Shown, success: str, values: Mapping[str, object], errors: Mapping[str, str]
) -> HTMLResponse:
    """The page of one message."""
    questions = fields_of(NewAddress, values, errors)
    board_name = shown.review.board if shown.review else ""
    frame = visit.frame("outbox", board_name, success, problems_of(questions, errors))
    return visit.page(
        "message.html", frame, status=422 if errors else 200, shown=shown, about=ABOUT, stands=STANDS,
        remedies=REMEDIES, questions=questions,
    )  # fmt: skip
