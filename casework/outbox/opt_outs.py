"""What a person has switched off."""

from collections.abc import Collection

from sqlalchemy import delete, insert, select
from sqlmodel import Session

from models.notice import SwitchedOff
from models.tables import table_of
from models.vocabulary import Hears

SWITCHED = table_of(SwitchedOff)


def all_opted_out(session: Session) -> set[tuple[int, Hears]]:
    """Everything that anybody has switched off."""
    return {(person_id, hears) for person_id, hears in session.execute(select(*SWITCHED.c["person_id", "hears"]))}


def opted_out(session: Session, person_id: int) -> set[Hears]:
    """What one person has switched off."""
    return set(session.scalars(select(SWITCHED.c.hears).where(SWITCHED.c.person_id == person_id)))


def switch_off(session: Session, person_id: int, hears: Collection[Hears]) -> None:
    """Switch off just these for a person, and everything else on."""
    session.execute(delete(SWITCHED).where(SWITCHED.c.person_id == person_id))
    if hears:
        session.execute(insert(SWITCHED), [{"person_id": person_id, "hears": each} for each in sorted(set(hears))])
