"""How people sign in: by a link sent to their address, with a session that can be ended."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from models.errors import InputError
from models.people import BrowserSession, Person, SignInLink
from models.tables import id_of

SIGN_IN_LINK_LASTS = timedelta(minutes=15)
SESSION_LASTS = timedelta(hours=10)


@dataclass(frozen=True)
class SignedIn:
    """A signed-in person with the token that their forms must carry."""

    person: Person
    form_token: str


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
    session.add(SignInLink(token_hash=hashed(token), person_id=id_of(person), target=target, expires_at=now + lasts))
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
