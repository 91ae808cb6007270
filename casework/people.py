"""Who people are, what they are to a board or a review, and how they come in."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, text
from sqlmodel import Session, col, select

from models.errors import InputError, NotFound
from models.people import Appointment, BrowserSession, Person, SignInLink
from models.tables import table_of
from models.vocabulary import Role

PERSON = table_of(Person)
ADD_PERSON = text(
    "INSERT INTO person (email, name, organisation) VALUES (:email, :name, :organisation) "
    "ON CONFLICT (email) DO NOTHING"
).bindparams(*(bindparam(name, type_=PERSON.c[name].type) for name in ("email", "name", "organisation")))
SIGN_IN_LINK_LASTS = timedelta(minutes=15)
SESSION_LASTS = timedelta(hours=10)


@dataclass(frozen=True)
class SignedIn:
    """A signed-in person with the token that their forms must carry."""

    person: Person
    form_token: str


def find_person(session: Session, email: str) -> Person:
    """The person with this e-mail address; raises NotFound."""
    found = session.exec(select(Person).where(Person.email == email.strip().lower())).first()
    if found is None:
        raise NotFound(
            f"Nobody with the e-mail address ‘{email}’ is on record. Check it, or add them with "
            f"`learning-cycle appoint BOARD ROLE {email} --name NAME`."
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


def appoint(session: Session, *, board: str, role: Role, person: Person, since: date) -> None:
    """Give a person a role on a board, in place of whoever held it, unless they hold it already.

    Raises InputError for the safeguarding lead of no agency: they hear of what their organisation owes.
    """
    if role is Role.SAFEGUARDING_LEAD and not person.organisation:
        raise InputError(
            f"organisation: is empty. A safeguarding lead is somebody’s: give the agency of {person.email} as reviews "
            'name it, as in `--organisation "Example Police"`.'
        )
    now = session.exec(
        select(Appointment).where(
            Appointment.board == board, Appointment.role == role, col(Appointment.until).is_(None)
        )
    ).all()
    if any(held.person_id == person.id for held in now):
        return
    shared = role in (Role.BOARD_MEMBER, Role.INSPECTOR, Role.BUSINESS_MANAGER, Role.SAFEGUARDING_LEAD)
    for held in () if shared else now:
        held.until = since
    session.add(appointment_of(session, board, role, person, since))
    session.flush()


def appointment_of(session: Session, board: str, role: Role, person: Person, since: date) -> Appointment:
    """A new appointment, or the person's earlier one to the same role, taken up again."""
    assert person.id is not None
    earlier = session.exec(
        select(Appointment).where(
            Appointment.board == board, Appointment.role == role, Appointment.person_id == person.id
        )
    ).first()
    if earlier is None:
        return Appointment(board=board, role=role, person_id=person.id, since=since)
    earlier.since, earlier.until = since, None
    return earlier


def roles_of(session: Session, person_id: int) -> dict[str, set[Role]]:
    """The roles that a person holds now, by board."""
    held: dict[str, set[Role]] = {}
    for appointment in session.exec(
        select(Appointment).where(Appointment.person_id == person_id, col(Appointment.until).is_(None))
    ):
        held.setdefault(appointment.board, set()).add(appointment.role)
    return held


def boards_in_use(session: Session) -> set[str]:
    """The boards on which anybody holds a role now."""
    return set(session.exec(select(Appointment.board).where(col(Appointment.until).is_(None))).all())


def holders(session: Session, board: str) -> list[tuple[Role, Person]]:
    """Who holds which role on a board now, in the order of the vocabulary."""
    found = session.exec(
        select(Appointment, Person)
        .join(Person, col(Person.id) == col(Appointment.person_id))
        .where(Appointment.board == board, col(Appointment.until).is_(None))
    ).all()
    order = list(Role)
    held = [(appointment.role, person) for appointment, person in found]
    return sorted(held, key=lambda pair: (order.index(pair[0]), pair[1].email))


def names(session: Session, ids: Iterable[int | None]) -> dict[int, str]:
    """The names of people by their ids."""
    wanted = {number for number in ids if number is not None}
    found = session.exec(select(Person).where(col(Person.id).in_(wanted))) if wanted else ()
    return {person.id: person.name for person in found if person.id is not None}


def hashed(token: str) -> str:
    """What is kept of a secret: enough to recognise it, not enough to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_sign_in_link(
    session: Session,
    person: Person,
    *,
    address: str,
    now: datetime,
    lasts: timedelta = SIGN_IN_LINK_LASTS,
    target: str = "/",
) -> str:
    """A link that signs this person in, once, until it expires; only its hash is kept."""
    token = secrets.token_urlsafe(32)
    assert person.id is not None
    session.add(SignInLink(token_hash=hashed(token), person_id=person.id, target=target, expires_at=now + lasts))
    return f"{address}/sign-in/{token}"


def use_sign_in_link(session: Session, token: str, *, now: datetime) -> SignInLink:
    """Use up a link; raises InputError when it is unknown, used or expired, without saying which address it was for."""
    link = session.get(SignInLink, hashed(token), with_for_update=True)
    if link is None:
        raise InputError("This link is not known here. Ask for a new one below.")
    if link.used_at is not None:
        raise InputError("This link has been used already: each one works once. Ask for a new one below.")
    if link.expires_at < now:
        raise InputError("This link has expired. Ask for a new one below.")
    link.used_at = now
    return link


def start_session(session: Session, person_id: int, *, now: datetime) -> str:
    """Sign a browser in; the returned token goes into its cookie."""
    token = secrets.token_urlsafe(32)
    session.add(
        BrowserSession(
            token_hash=hashed(token),
            person_id=person_id,
            form_token=secrets.token_urlsafe(32),
            started_at=now,
            expires_at=now + SESSION_LASTS,
        )
    )
    return token


def signed_in(session: Session, token: str | None, *, now: datetime) -> SignedIn | None:
    """Who is signed in with this cookie, if anybody."""
    if not token:
        return None
    found = session.get(BrowserSession, hashed(token))
    if found is None or found.ended_at is not None or found.expires_at < now:
        return None
    person = session.get(Person, found.person_id)
    return SignedIn(person, found.form_token) if person else None


def end_session(session: Session, token: str, *, now: datetime) -> None:
    """Sign a browser out."""
    found = session.get(BrowserSession, hashed(token))
    if found is not None and found.ended_at is None:
        found.ended_at = now
