"""Mending the address that a message was refused at."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field
from sqlalchemy import delete, update
from sqlmodel import Session, SQLModel, col, select

from casework.case import load, store
from casework.mail.remedies import send_again
from casework.people import boards_in_use, roles_of
from casework.wording import read
from models.answering import Contribution, TermsReply
from models.errors import InputError, MoveRefused, NotAllowed, NotFound
from models.forms.base import Address
from models.meeting import Attendance, CalendarFeed
from models.people import BrowserSession, Person, SignInLink
from models.record import OutboxMessage
from models.review import Action, Involvement, Review
from models.tables import table_of
from models.vocabulary import MessageState, Role, Template

FEED = table_of(CalendarFeed)
# what makes somebody part of a review, and who that is
TAKES_PART: tuple[tuple[type[SQLModel], Any], ...] = (
    (Involvement, Involvement.person_id),
    (Action, Action.owner_id),
    (TermsReply, TermsReply.person_id),
    (Contribution, Contribution.person_id),
    (Attendance, Attendance.person_id),
)
APPOINT_ANEW = (
    "Whoever runs this installation can appoint them anew under the right one, with `learning-cycle appoint`."
)


class NewAddress(BaseModel):
    """The address that somebody really has."""

    email: Address = Field(title="E-mail address")


def correct_address(session: Session, message_id: int, email: str, *, by: Person, now: datetime, today: date) -> None:
    """Give the addressee of a message that could not be delivered their right address, and send it again.

    Only after a mail server refused the address it went to: an address is also how somebody signs in. The old and
    the new one go into the history of the review; where the message is of the board, as a reminder is, into that of
    each of its reviews in which they take part. Raises NotFound, NotAllowed, MoveRefused or InputError.
    """
    message, review = message_for(session, message_id, by)
    if message.state is not MessageState.REFUSED or not is_of_board(message, review):
        raise MoveRefused(
            "An address is corrected here only after a mail server has refused a message of a board or a review at it."
        )
    # the reviews are locked first, as every move does: nobody joins one meanwhile who was not asked after
    references = on_record_in(session, message, review)
    cases = [load(session, reference, now=now, today=today) for reference in references]
    check_ours(session, message, references, by)
    address = read(NewAddress, {"email": email}).email
    check_free(session, address, message.person_id)
    person = session.get_one(Person, message.person_id)
    note = f"{person.email} → {address}"
    person.email = address
    session.add(person)
    shut_out(session, message.person_id, now)
    session.flush()
    send_again(session, message_id, now=now)
    for case in cases:
        store(case, "address corrected", by, detail={"message": message_id}, note=note)


def is_of_board(message: OutboxMessage, review: Review | None) -> bool:
    """Whether a message is a board’s, by its review or as a whole; a link to sign in never is."""
    return message.template is not Template.SIGN_IN and bool(review or message.board)


def on_record_in(session: Session, message: OutboxMessage, review: Review | None) -> list[str]:
    """The references of the reviews whose history tells of a correction, in the order in which they are locked."""
    if review:
        return [review.reference]
    found: set[str] = set()
    for table, whose in TAKES_PART:
        mine = select(Review.reference).join(table).where(whose == message.person_id, Review.board == message.board)
        found |= set(session.exec(mine).all())
    return sorted(found)


def message_for(session: Session, message_id: int, by: Person) -> tuple[OutboxMessage, Review | None]:
    """A message with its review, for the business manager of the board; raises NotFound or NotAllowed."""
    message = session.get(OutboxMessage, message_id)
    if message is None:
        raise NotFound("There is no such message in the outbox. Open it from the outbox’s list.")
    assert by.id is not None
    review = session.get_one(Review, message.review_id) if message.review_id else None
    managed = [name for name, held in roles_of(session, by.id).items() if Role.BUSINESS_MANAGER in held]
    board = review.board if review else message.board
    if not managed or (board not in managed if board else boards_in_use(session) - set(managed)):
        raise NotAllowed("The outbox of a board is for its business manager.")
    return message, review


def why_not_ours(session: Session, message: OutboxMessage, review: Review | None, by: Person) -> str:
    """Why the business manager may not correct this addressee’s address; empty where they may."""
    try:
        check_ours(session, message, on_record_in(session, message, review), by)
    except NotAllowed as refusal:
        return str(refusal)
    return ""


def check_ours(session: Session, message: OutboxMessage, references: Sequence[str], by: Person) -> None:
    """Refuse where the address opens more than the business manager has a say over, or no history could tell of it."""
    check_concerns_only(session, message.person_id, by)
    if not references:
        raise NotAllowed(
            "This person takes part in no review of this board, so no history would tell of the change, and their "
            f"address is not yours to change. {APPOINT_ANEW}"
        )


def check_concerns_only(session: Session, person_id: int, by: Person) -> None:
    """Refuse where the address also opens doors that the business manager has no say over: an address signs in."""
    assert by.id is not None
    managed = {name for name, held in roles_of(session, by.id).items() if Role.BUSINESS_MANAGER in held}
    boards: set[str] = set()
    for table, whose in TAKES_PART:
        boards |= set(session.exec(select(Review.board).join(table).where(whose == person_id)).all())
    if roles_of(session, person_id) or not boards <= managed:
        raise NotAllowed(
            "This person has a role on a board, or takes part in another board’s review, so their address is not "
            f"yours to change. {APPOINT_ANEW}"
        )


def shut_out(session: Session, person_id: int, now: datetime) -> None:
    """Whoever is signed in under the old address is so no longer, and nothing made for it opens anything."""
    session.connection().execute(delete(FEED).where(FEED.c.person_id == person_id))
    for model, ended in ((BrowserSession, BrowserSession.ended_at), (SignInLink, SignInLink.used_at)):
        open_ones = update(table_of(model)).where(table_of(model).c.person_id == person_id, col(ended).is_(None))
        session.connection().execute(open_ones.values({ended.key: now}))  # type: ignore[union-attr]  # a column
    mine = update(table_of(Person)).where(table_of(Person).c.id == person_id)
    session.connection().execute(mine.values(links_ended_at=now))


def check_free(session: Session, address: str, person_id: int) -> None:
    """An address belongs to one person."""
    holder = session.exec(select(Person.id).where(Person.email == address)).first()
    if holder == person_id:
        raise InputError(f"email: ‘{address}’ is the address that was refused. Give the right one.")
    if holder is not None:
        raise InputError(f"email: ‘{address}’ belongs to somebody else here. Give this person’s own address.")
