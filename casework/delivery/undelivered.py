"""What is done about an e-mail that did not go: sent again, tried now, or to an address that has been corrected."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from pydantic import BaseModel, Field
from sqlalchemy import CursorResult, delete, select, update
from sqlmodel import Session, SQLModel, col
from sqlmodel import select as select_rows

from casework.outbox.queueing import MESSAGE, OUTBOX, of_boards
from casework.people.roles import boards_in_use, roles_of
from casework.record.act import Act
from casework.reviews.case import load, store
from casework.validation.reading import read
from models.answering import Contribution, TermsReply
from models.errors import InputError, MoveRefused, NotAllowed, NotFound, fault
from models.forms.base import Address
from models.meeting import Attendance, CalendarFeed
from models.people import BrowserSession, Person, SignInLink
from models.record import OutboxMessage
from models.remedies import AppointToBoard
from models.review import Action, Involvement, Review
from models.tables import id_of, table_of
from models.vocabulary import STOPPED, MessageState, Role, Template

MINUTES_TO_WAIT = (1, 2, 5, 15, 30, 60, 120, 240, 480)  # after the first try, the second ...; then 480 again
TRIES = 17  # which takes three days
FEED = table_of(CalendarFeed)
# what makes somebody part of a review, and who that is
TAKES_PART: tuple[tuple[type[SQLModel], Any], ...] = (
    (Involvement, Involvement.person_id),
    (Action, Action.owner_id),
    (TermsReply, TermsReply.person_id),
    (Contribution, Contribution.person_id),
    (Attendance, Attendance.person_id),
)
SENT_AGAIN = {"state": MessageState.QUEUED, "tries": 0, "server_said": None}
NO_SIGN_IN = MESSAGE.template != Template.SIGN_IN  # somebody has long asked for a new link


def wait_after(tries: int) -> timedelta:
    """How long a message waits after its first, second ... try."""
    return timedelta(minutes=MINUTES_TO_WAIT[min(tries, len(MINUTES_TO_WAIT)) - 1])


class NewAddress(BaseModel):
    """The address that somebody really has."""

    email: Address = Field(title="E-mail address")


def correct_address(act: Act, message_id: int, email: str) -> None:
    """Give the addressee of a message that could not be delivered their right address, and send it again.

    Only after a mail server refused the address it went to: an address is also how somebody signs in. The old and
    the new one go into the history of the review; where the message is of the board, as a reminder is, into that of
    each of its reviews in which they take part. Raises NotFound, NotAllowed, MoveRefused or InputError.
    """
    message, review = message_for(act.session, message_id, act.person)
    if message.state is not MessageState.REFUSED or not is_of_board(message, review):
        raise MoveRefused(
            "You can correct an address here only after a mail server has refused a message to it about a "
            "board or a review."
        )
    # the reviews are locked first, as every move does: nobody joins one meanwhile who was not asked after
    references = on_record_in(act.session, message, review)
    cases = [load(act, reference) for reference in references]
    check_ours(act.session, message, references, act.person)
    address = read(NewAddress, {"email": email}).email
    check_free(act.session, address, message.person_id)
    person = act.session.get_one(Person, message.person_id)
    note = f"{person.email} → {address}"
    person.email = address
    act.session.add(person)
    shut_out(act.session, message.person_id, act.now)
    act.session.flush()
    send_again(act.session, message_id, now=act.now)
    for case in cases:
        store(case, "address corrected", act.person, detail={"message": message_id}, note=note)


def is_of_board(message: OutboxMessage, review: Review | None) -> bool:
    """Whether a message is a board’s, by its review or as a whole; a link to sign in never is."""
    return message.template is not Template.SIGN_IN and bool(review or message.board)


def on_record_in(session: Session, message: OutboxMessage, review: Review | None) -> list[str]:
    """The references of the reviews whose history tells of a correction, in the order in which they are locked."""
    if review:
        return [review.reference]
    found: set[str] = set()
    for table, whose in TAKES_PART:
        mine = (
            select_rows(Review.reference).join(table).where(whose == message.person_id, Review.board == message.board)
        )
        found |= set(session.exec(mine).all())
    return sorted(found)


def message_for(session: Session, message_id: int, by: Person) -> tuple[OutboxMessage, Review | None]:
    """A message with its review, for the business manager of the board; raises NotFound or NotAllowed."""
    message = session.get(OutboxMessage, message_id)
    if message is None:
        raise NotFound("There is no such message in the outbox. Open it from the outbox’s list.")
    review = session.get_one(Review, message.review_id) if message.review_id else None
    managed = [name for name, held in roles_of(session, id_of(by)).items() if Role.BUSINESS_MANAGER in held]
    board = review.board if review else message.board
    if not managed or (board not in managed if board else boards_in_use(session) - set(managed)):
        raise NotAllowed("Only a board’s business manager can see its outbox.")
    return message, review


def why_not_ours(session: Session, message: OutboxMessage, review: Review | None, by: Person) -> NotAllowed | None:
    """Why the business manager may not correct this addressee’s address; None where they may."""
    try:
        check_ours(session, message, on_record_in(session, message, review), by)
    except NotAllowed as refusal:
        return refusal
    return None


def check_ours(session: Session, message: OutboxMessage, references: Sequence[str], by: Person) -> None:
    """Refuse where the address opens more than the business manager has a say over, or no history could tell of it."""
    check_concerns_only(session, message.person_id, by)
    if not references:
        raise NotAllowed(
            "This person takes part in no review of this board, so no history would show the change, and you cannot "
            "change their address. Ask for them to be appointed again, with the right address.",
            remedy=AppointToBoard(),
        )


def check_concerns_only(session: Session, person_id: int, by: Person) -> None:
    """Refuse where the address also opens doors that the business manager has no say over: an address signs in."""
    managed = {name for name, held in roles_of(session, id_of(by)).items() if Role.BUSINESS_MANAGER in held}
    boards: set[str] = set()
    for table, whose in TAKES_PART:
        boards |= set(session.exec(select_rows(Review.board).join(table).where(whose == person_id)).all())
    if roles_of(session, person_id) or not boards <= managed:
        raise NotAllowed(
            "This person has a role on a board, or takes part in another board’s review, so you cannot change their "
            "address. Ask for them to be appointed again, with the right address.",
            remedy=AppointToBoard(),
        )


def shut_out(session: Session, person_id: int, now: datetime) -> None:
    """Sign the person out under the old address; nothing made for it opens anything."""
    session.connection().execute(delete(FEED).where(FEED.c.person_id == person_id))
    for model, ended in ((BrowserSession, BrowserSession.ended_at), (SignInLink, SignInLink.used_at)):
        open_ones = update(table_of(model)).where(table_of(model).c.person_id == person_id, col(ended).is_(None))
        session.connection().execute(open_ones.values({ended.key: now}))  # type: ignore[union-attr]  # a column
    mine = update(table_of(Person)).where(table_of(Person).c.id == person_id)
    session.connection().execute(mine.values(links_ended_at=now))


def check_free(session: Session, address: str, person_id: int) -> None:
    """An address belongs to one person."""
    holder = session.exec(select_rows(Person.id).where(Person.email == address)).first()
    if holder == person_id:
        raise InputError(fault("email", address, "is the address that was refused. Give the right one."))
    if holder is not None:
        raise InputError(fault("email", address, "belongs to somebody else here. Give this person’s own address."))


def send_again(session: Session, message_id: int, *, now: datetime) -> None:
    """Queue a refused or given-up message once more, with all its tries; it keeps its Message-ID.

    Raises MoveRefused for a message in another state and for a sign-in link, NotFound for an unknown one.
    """
    state = state_of(session, message_id)
    stopped = update(OUTBOX).where(MESSAGE.id == message_id, MESSAGE.state.in_(STOPPED))
    if rows_changed(session, stopped.values(SENT_AGAIN | {"next_try_at": now})) == 0:
        raise MoveRefused(
            f"Message {message_id} is {state.value}. You can send a message again only if it was refused or given up."
        )


def try_now(session: Session, message_id: int, *, now: datetime) -> None:
    """Let a message that was put off go with the next round. Raises MoveRefused and NotFound as `send_again` does."""
    state = state_of(session, message_id)
    deferred = update(OUTBOX).where(MESSAGE.id == message_id, MESSAGE.state == MessageState.DEFERRED)
    if rows_changed(session, deferred.values(next_try_at=now)) == 0:
        raise MoveRefused(
            f"Message {message_id} is {state.value}. You can try a message sooner only if it was put off."
        )


def send_all_again(session: Session, boards: Sequence[str] | None, *, now: datetime) -> int:
    """Queue every given-up message of these boards, or of the installation, once more; how many."""
    given_up = update(OUTBOX).where(MESSAGE.state == MessageState.GIVEN_UP, NO_SIGN_IN, *of_boards(boards))
    return rows_changed(session, given_up.values(SENT_AGAIN | {"next_try_at": now}))


def try_all_now(session: Session, boards: Sequence[str] | None, *, now: datetime) -> int:
    """Let every message of these boards, or of the installation, that was put off go with the next round; how many."""
    deferred = update(OUTBOX).where(MESSAGE.state == MessageState.DEFERRED, *of_boards(boards))
    return rows_changed(session, deferred.values(next_try_at=now))


def state_of(session: Session, message_id: int) -> MessageState:
    """How a message stands that may be sent again at all."""
    found = session.execute(select(MESSAGE.state, MESSAGE.template).where(MESSAGE.id == message_id)).one_or_none()
    if found is None:
        raise NotFound(f"There is no message {message_id} in the outbox. Open it from the outbox’s list.")
    if found.template is Template.SIGN_IN:
        raise MoveRefused("A sign-in link is never sent again. Ask for a new one on the sign-in page.")
    state: MessageState = found.state
    return state


def rows_changed(session: Session, change: Any) -> int:
    """How many rows a change has changed."""
    done: CursorResult[Any] = session.connection().execute(change)
    return done.rowcount
