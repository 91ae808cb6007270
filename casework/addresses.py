"""Mending the address that a message was refused at."""

from datetime import date, datetime

from pydantic import BaseModel, Field
from sqlmodel import Session, select

from casework import outbox
from casework.case import load, store
from casework.people import roles_of
from casework.wording import read
from models.errors import InputError, MoveRefused, NotAllowed, NotFound
from models.forms.base import Address
from models.people import Person
from models.record import OutboxMessage
from models.review import Review
from models.vocabulary import Role, Template


class NewAddress(BaseModel):
    """The address that somebody really has."""

    email: Address = Field(title="E-mail address")


def correct_address(session: Session, message_id: int, email: str, *, by: Person, now: datetime, today: date) -> None:
    """Give the addressee of a message that could not be delivered their right address, and send it again.

    Only after a mail server refused the address it went to: an address is also how somebody signs in. The old and
    the new one go into the history of the review. Raises NotFound, NotAllowed, MoveRefused or InputError.
    """
    message, review = message_for(session, message_id, by)
    if message.state not in outbox.STOPPED or message.template is Template.SIGN_IN or review is None:
        raise MoveRefused(
            "An address is corrected here only after a message about a review could not be delivered to it."
        )
    address = read(NewAddress, {"email": email}).email
    check_free(session, address, message.person_id)
    person = session.get_one(Person, message.person_id)
    note = f"{person.email} → {address}"
    person.email = address
    session.add(person)
    session.flush()
    outbox.send_again(session, message_id, now=now)
    case = load(session, review.reference, now=now, today=today)
    store(case, "address corrected", by, detail={"message": message_id}, note=note)


def message_for(session: Session, message_id: int, by: Person) -> tuple[OutboxMessage, Review | None]:
    """A message with its review, for the business manager of the board; raises NotFound or NotAllowed."""
    message = session.get(OutboxMessage, message_id)
    if message is None:
        raise NotFound("There is no such message in the outbox. Open it from the outbox’s list.")
    assert by.id is not None
    review = session.get_one(Review, message.review_id) if message.review_id else None
    managed = [name for name, held in roles_of(session, by.id).items() if Role.BUSINESS_MANAGER in held]
    if not managed or (review is not None and review.board not in managed):
        raise NotAllowed("The outbox of a board is for its business manager.")
    return message, review


def check_free(session: Session, address: str, person_id: int) -> None:
    """An address belongs to one person."""
    holder = session.exec(select(Person.id).where(Person.email == address)).first()
    if holder == person_id:
        raise InputError(f"email: ‘{address}’ is the address that was refused. Give the right one.")
    if holder is not None:
        raise InputError(f"email: ‘{address}’ belongs to somebody else here. Give this person’s own address.")
