"""Asking for a link to sign in with: what comes back says nothing about who is on record here."""

import hashlib
from datetime import datetime

from sqlmodel import Session, func, select

from casework.outbox.payloads import SignInLetter
from casework.outbox.queueing import queue_letter
from casework.people.signing_in import SIGN_IN_LINK_LASTS, new_sign_in_link
from casework.record.settings import Settings
from models.people import Person, SignInLink
from models.tables import id_of
from models.vocabulary import Template

MOST_LINKS = 5  # still valid, or used within the time they were valid for: one address


def send_sign_in_link(session: Session, email: str, *, settings: Settings, now: datetime, target: str = "/") -> bool:
    """Queue a link for the person with this address; False when nobody has it, or too many links are on their way."""
    person = session.exec(select(Person).where(Person.email == email.strip().lower())).first()
    if person is None or links_not_expired(session, person, now) >= MOST_LINKS:
        return False
    link = new_sign_in_link(session, person, address=settings.address, now=now, target=target)
    minutes = int(SIGN_IN_LINK_LASTS.total_seconds() // 60)
    return queue_letter(
        session,
        key=f"{Template.SIGN_IN}:{hashlib.sha256(link.encode()).hexdigest()}",
        template=Template.SIGN_IN,
        person_id=id_of(person),
        now=now,
        payload=SignInLetter(link=link, minutes=minutes),
    )


def links_not_expired(session: Session, person: Person, now: datetime) -> int:
    """How many links this person was sent within the time that a link lasts."""
    counted = select(func.count()).where(SignInLink.person_id == person.id, SignInLink.expires_at > now)
    return session.exec(counted).one()
