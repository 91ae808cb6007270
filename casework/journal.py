"""The journal: what was done to a review, in order, each entry sealed to the one before it."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert
from sqlmodel import Session, col, select

from models.errors import TamperingFound
from models.record import JournalEntry
from models.review import Review, Stage
from models.tables import table_of

ADD = insert(table_of(JournalEntry))


@dataclass(slots=True)
class Chain:
    """The end of a review's journal: how many entries it has, and the seal of the last."""

    length: int
    head: str


def canonical(value: Mapping[str, Any]) -> str:
    """One text for one value, whatever the order of its keys."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), default=str)


def digest(outcome: Mapping[str, Any]) -> str:
    """The fingerprint by which the journal holds on to an outcome without repeating it."""
    return hashlib.sha256(canonical(outcome).encode()).hexdigest()


def seal(secret: bytes, previous: str, entry: Mapping[str, Any]) -> str:
    """What binds an entry to the one before it; nobody without the installation's secret can make it."""
    return hmac.new(secret, f"{previous}\n{canonical(entry)}".encode(), "sha256").hexdigest()


def sealed_content(
    *, review_id: int, number: int, at: datetime, actor_id: int | None, verb: str, stage: str | None,
    detail: Mapping[str, Any], note: str | None,
) -> dict[str, Any]:  # fmt: skip
    """The parts of an entry that its seal covers."""
    moment = at.astimezone(UTC).isoformat()
    return {"review": review_id, "number": number, "at": moment, "actor": actor_id, "verb": verb, "stage": stage,
            "detail": dict(detail), "note": note}  # fmt: skip


def write(
    connection: Connection, secret: bytes, chain: Chain, *, review_id: int, at: datetime, actor_id: int | None,
    verb: str, stage: str | None = None, detail: Mapping[str, Any] | None = None, note: str | None = None,
) -> None:  # fmt: skip
    """Append an entry. The caller stores the chain's new end on the review, in the same transaction."""
    content: dict[str, Any] = {"review_id": review_id, "number": chain.length + 1, "at": at,
               "actor_id": actor_id, "verb": verb,
               "stage": stage, "detail": dict(detail or {}), "note": note}  # fmt: skip
    chain.head = seal(secret, chain.head, sealed_content(**content))
    chain.length += 1
    connection.execute(ADD, {**content, "seal": chain.head})


def entries(session: Session, review_id: int) -> list[JournalEntry]:
    """The journal of a review, oldest first."""
    found = select(JournalEntry).where(JournalEntry.review_id == review_id).order_by(col(JournalEntry.number))
    return list(session.exec(found))


def verify(session: Session, review: Review) -> int:
    """Check a review's whole chain and the outcomes it names; returns the number of entries.

    Raises TamperingFound, naming the first entry that does not hold.
    """
    assert review.id is not None
    secret, head, found = session.info["journal_secret"], "", entries(session, review.id)
    for number, entry in enumerate(found, 1):
        head = seal(secret, head, content_of(entry))
        if entry.number != number or not hmac.compare_digest(head, entry.seal):
            raise TamperingFound(
                f"{review.reference}: entry {number} of the journal is not as it was written. {REMEDY}"
            )
    if (len(found), head) != (review.journal_length, review.journal_head):
        raise TamperingFound(f"{review.reference}: entries are missing from the end of the journal. {REMEDY}")
    verify_outcomes(session, review, found)
    return len(found)


REMEDY = "Keep the database as it is, restore a backup beside it, and compare the two."


def content_of(entry: JournalEntry) -> dict[str, Any]:
    """What a stored entry's seal covers."""
    parts = ("review_id", "number", "at", "actor_id", "verb", "stage", "detail", "note")
    return sealed_content(**{part: getattr(entry, part) for part in parts})


def verify_outcomes(session: Session, review: Review, found: list[JournalEntry]) -> None:
    """Check that what a stage recorded is still what the journal saw recorded."""
    outcomes = dict(session.exec(select(Stage.name, Stage.outcome).where(Stage.review_id == review.id)).all())
    for entry in found:
        said = entry.detail.get("outcome")
        if said and entry.stage and digest(outcomes.get(entry.stage) or {}) != said:
            raise TamperingFound(
                f"{review.reference}: what ‘{entry.stage}’ recorded is not as it was written. {REMEDY}"
            )
