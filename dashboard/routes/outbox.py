"""The outbox: what was sent to whom, what could not be, and the remedy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from pydantic import ValidationError
from sqlmodel import Session
from starlette.responses import Response

from casework.delivery import undelivered
from casework.delivery.outages import current_outage as outage_now
from casework.delivery.undelivered import NewAddress, correct_address, message_for, why_not_ours
from casework.framework.profiles import board
from casework.outbox import queueing
from casework.people.roles import boards_in_use
from dashboard.fields import fields_of
from dashboard.mistakes import errors_of, problems_of
from dashboard.plain import errors_of_refusal, lines_of_refusal
from dashboard.posted import read_form
from dashboard.presenters.outbox import ABOUT, STANDS, meaning
from dashboard.presenters.why_not_sent import OUTAGES, trouble
from dashboard.security import Posted, Visiting
from dashboard.site import Number, Visit, see
from models.errors import InputError, MoveRefused, NotAllowed
from models.people import Person
from models.record import Attempt, MailOutage, OutboxMessage
from models.review import Review
from models.vocabulary import STOPPED, TO_BE_SENT, MessageState, Template

router = APIRouter()


@dataclass(frozen=True)
class Shown:
    """A message with what a page may show of it; `not_ours` says why its address may not be corrected here."""

    message: OutboxMessage
    to: Person
    review: Review | None
    attempts: Sequence[Attempt]
    outage: MailOutage | None
    not_ours: str  # empty where it may

    @property
    def board(self) -> str:
        """The board it is of, if it is of one."""
        return (self.review.board if self.review else self.message.board) or ""

    @property
    def text(self) -> str | None:
        """What it says; never of one that signs somebody in."""
        return None if self.message.template is Template.SIGN_IN else self.message.text

    @property
    def stopped(self) -> bool:
        """Whether it waits for a person to do something."""
        return self.message.state in STOPPED and self.message.template is not Template.SIGN_IN

    @property
    def put_off(self) -> bool:
        """Whether it can be tried sooner than it would be."""
        return self.message.state is MessageState.DEFERRED and self.message.template is not Template.SIGN_IN

    @property
    def badly_addressed(self) -> bool:
        """Whether a better address would help, so that it is asked for."""
        return self.stopped and self.message.state is MessageState.REFUSED and bool(self.board)


@router.get("/outbox")
def messages(visit: Visiting, board_name: str = "", state: str = "", again: int = 0, sooner: int = 0) -> HTMLResponse:
    """The outbox of a board or, for a manager of all of them, of the installation.

    `again` and `sooner` say how many have just been queued again, or are tried sooner.
    """
    asked = MessageState(state) if state in set(MessageState) else None
    with visit.reading() as session:
        boards, everything = chosen_boards(session, visit, board_name)
        found = queueing.overview(session, boards=boards, state=asked)
        outage = outage_now(session)
    offered = [("", "Every board")] if everything else []
    offered += [(name, board(name).name.value) for name in visit.manages]
    done = f"{number_of(again)} queued again." if again else f"{number_of(sooner)} tried now." if sooner else ""
    return visit.page(
        "outbox.html",
        visit.frame("outbox", success=done),
        found=found,
        about=ABOUT,
        name_of=lambda name: board(name).name.value,
        stands=STANDS,
        states=[("", "Every state"), *((one.value, STANDS[one][0]) for one in MessageState)],
        state=asked or "",
        boards=offered,
        chosen=boards[0] if boards else "",
        trouble=trouble,
        outage=outage,
        outages=OUTAGES,
    )


@router.post("/outbox/again")
def send_all_again(visit: Visiting, data: Posted) -> Response:
    """Queue everything once more that was given up, after the mail server has been mended."""
    with visit.transaction() as session:
        boards, _ = chosen_boards(session, visit, str(data.get("board_name", "")))
        count = undelivered.send_all_again(session, boards, now=visit.now)
    return see(f"/outbox?board_name={boards[0] if boards else ''}&again={count}")


@router.post("/outbox/sooner")
def try_all_now(visit: Visiting, data: Posted) -> Response:
    """Let everything that was put off go with the next round."""
    with visit.transaction() as session:
        boards, _ = chosen_boards(session, visit, str(data.get("board_name", "")))
        count = undelivered.try_all_now(session, boards, now=visit.now)
    return see(f"/outbox?board_name={boards[0] if boards else ''}&sooner={count}")


@router.get("/outbox/{number}")
def message(visit: Visiting, number: Number, again: str = "") -> HTMLResponse:
    """One message; `again` says that it has just been queued once more, or is tried sooner."""
    with visit.reading() as session:
        shown = find(session, visit, number)
    queued = again and shown.message.state in (*TO_BE_SENT, MessageState.SENDING, MessageState.ACCEPTED)
    return message_page(visit, shown, "The message is queued again." if queued else "", {}, {})


@router.post("/outbox/{number}/again")
def send_again(visit: Visiting, number: Number) -> Response:
    """Queue a message once more that was refused or given up."""
    with visit.transaction() as session:
        message_for(session, number, visit.person)
        undelivered.send_again(session, number, now=visit.now)
    return see(f"/outbox/{number}?again=yes")


@router.post("/outbox/{number}/sooner")
def try_now(visit: Visiting, number: Number) -> Response:
    """Let a message that was put off go with the next round."""
    with visit.transaction() as session:
        message_for(session, number, visit.person)
        undelivered.try_now(session, number, now=visit.now)
    return see(f"/outbox/{number}?again=yes")


@router.post("/outbox/{number}/address")
def correct(visit: Visiting, number: Number, data: Posted) -> Response:
    """Correct the address it was refused at, and send it again."""
    values = read_form(NewAddress, data)
    try:
        wanted = NewAddress.model_validate(values)
        with visit.transaction() as session:
            correct_address(visit.act(session), number, wanted.email)
        return see(f"/outbox/{number}?again=yes")
    except ValidationError as wrong:
        errors = errors_of(wrong, NewAddress)
    except (InputError, MoveRefused) as wrong:
        errors = errors_of_refusal(wrong, NewAddress)
    with visit.reading() as session:
        shown = find(session, visit, number)
    return message_page(visit, shown, "", values, errors)


def chosen_boards(session: Session, visit: Visit, board_name: str) -> tuple[list[str] | None, bool]:
    """The boards whose outbox is meant, None for the whole installation, and whether that may be chosen."""
    if not visit.manages:
        raise NotAllowed("Only a board’s business manager can see its outbox.")
    everything = boards_in_use(session) <= set(visit.manages)
    if board_name in visit.manages:
        return [board_name], everything
    return (None if everything else [visit.manages[0]]), everything


def number_of(count: int) -> str:
    """So many e-mails, with their verb."""
    return "1 e-mail is" if count == 1 else f"{count} e-mails are"


def find(session: Session, visit: Visit, number: int) -> Shown:
    """A message of a board that this person manages; raises NotFound or NotAllowed."""
    found, review = message_for(session, number, visit.person)
    to, failed = session.get_one(Person, found.person_id), queueing.attempts(session, number)
    waits = outage_now(session) if found.state in TO_BE_SENT else None
    not_ours = why_not_ours(session, found, review, visit.person)
    return Shown(found, to, review, failed, waits, " ".join(lines_of_refusal(not_ours)) if not_ours else "")


def message_page(
    visit: Visit, shown: Shown, success: str, values: Mapping[str, object], errors: Mapping[str, str]
) -> HTMLResponse:
    """The page of one message."""
    questions = fields_of(NewAddress, values, errors)
    frame = visit.frame("outbox", shown.board, success, problems_of(questions, errors))
    return visit.page(
        "message.html",
        frame,
        status=422 if errors else 200,
        shown=shown,
        about=ABOUT,
        stands=STANDS,
        trouble=trouble,
        meaning=meaning(shown.message, shown.outage, now=visit.now),
        questions=questions,
        outages=OUTAGES,
    )
