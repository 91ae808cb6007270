"""Who people are: by their e-mail address, or put on record when they are new."""

from collections.abc import Iterable

from sqlalchemy import bindparam, text
from sqlmodel import Session, col, select

from models.errors import NotFound
from models.people import Person
from models.remedies import AppointToBoard
from models.tables import table_of

PERSON = table_of(Person)
ADD_PERSON = text(
    "INSERT INTO person (email, name, organisation) VALUES (:email, :name, :organisation) "
    "ON CONFLICT (email) DO NOTHING"
).bindparams(*(bindparam(name, type_=PERSON.c[name].type) for name in ("email", "name", "organisation")))


def find_person(session: Session, email: str) -> Person:
    """The person with this e-mail address; raises NotFound."""
    found = session.exec(select(Person).where(Person.email == email.strip().lower())).first()
    if found is None:
        raise NotFound(
            f"Nobody with the e-mail address ‘{email}’ is on record. Check it, or have them appointed to a role.",
            remedy=AppointToBoard(email=email),
        )
    return found


def person_for(session: Session, *, email: str, name: str, organisation: str = "") -> Person:
    """The person with this address, put on record if they are new. What is on record is not overwritten."""
    email = email.strip().lower()
    known = select(Person).where(Person.email == email)
    found = session.exec(known).first()
    if found is None:
        session.connection().execute(ADD_PERSON, {"email": email, "name": name, "organisation": organisation})
        found = session.exec(known).one()  # ours, or that of somebody who was a moment quicker
    return found


def names(session: Session, ids: Iterable[int | None]) -> dict[int, str]:
    """The names of people by their ids."""
    wanted = {number for number in ids if number is not None}
    found = session.exec(select(Person).where(col(Person.id).in_(wanted))) if wanted else ()
    return {person.id: person.name for person in found if person.id is not None}
