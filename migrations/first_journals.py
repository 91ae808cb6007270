"""Journals that were written before their fingerprints had a key: checked by the rule of then, sealed by that of today.

A journal that does not hold by the rule of then is left as it is, so that verifying it says so. The rules stand here
as they were on the days they were made: a migration must not follow what becomes of them.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row
from sqlmodel.sql.sqltypes import UTCDateTime

from models.encrypted import Sealed, SealedRecord

ENTRY = sa.table(
    "journalentry",
    *(sa.column(name) for name in ("id", "review_id", "number", "actor_id", "verb", "stage", "seal")),
    sa.column("at", UTCDateTime()),
    sa.column("detail", sa.JSON()),
    sa.column("note", Sealed()),
)
REVIEW = sa.table(
    "review",
    *(sa.column(name) for name in ("id", "state", "journal_length", "journal_head")),
    sa.column("facts", sa.JSON()),
    sa.column("referral", SealedRecord()),
)
STAGE = sa.table("stage", sa.column("review_id"), sa.column("name"), sa.column("outcome", SealedRecord()))
ACTION = sa.table(
    "action",
    *(sa.column(name) for name in ("review_id", "number")),
    sa.column("closed_on", sa.Date()),
    sa.column("evidence", Sealed()),
)


def seal_with_a_key(connection: Connection, secret: bytes) -> None:
    """Seal every journal anew that holds by the rule of before."""
    for review in connection.execute(sa.select(REVIEW)).all():
        found = connection.execute(
            sa.select(ENTRY).where(ENTRY.c.review_id == review.id).order_by(ENTRY.c.number)
        ).all()
        if found and held_before(secret, review, found):
            seal_anew(connection, secret, review, found)


def held_before(secret: bytes, review: Row[Any], found: Sequence[Row[Any]]) -> bool:
    """Whether a chain holds by the rule of before: its end was the seal of its last entry."""
    head = ""
    for entry in found:
        head = seal(secret, head, entry, entry.detail)
        if not hmac.compare_digest(head, entry.seal):
            return False
    return (len(found), head) == (review.journal_length, review.journal_head)


def seal_anew(connection: Connection, secret: bytes, review: Row[Any], found: Sequence[Row[Any]]) -> None:
    """Give each entry its fingerprints and its seal by the rule of today, and the review the end of its chain."""
    recorded = sa.select(STAGE.c.name, STAGE.c.outcome).where(STAGE.c.review_id == review.id)
    outcomes = {row.name: row.outcome for row in connection.execute(recorded)}
    head = ""
    for entry in found:
        detail = with_keyed_fingerprints(connection, secret, entry, outcomes)
        if entry is found[-1]:
            detail["left"] = keyed(secret, {"state": str(review.state), "facts": review.facts})
        sealed = seal(secret, head, entry, detail)
        head = hmac.new(secret, f"end {entry.number} {sealed}".encode(), "sha256").hexdigest()
        connection.execute(sa.update(ENTRY).where(ENTRY.c.id == entry.id).values(detail=detail, seal=sealed))
    connection.execute(sa.update(REVIEW).where(REVIEW.c.id == review.id).values(journal_head=head))


def with_keyed_fingerprints(
    connection: Connection, secret: bytes, entry: Row[Any], outcomes: Mapping[str, Any]
) -> dict[str, Any]:
    """What an entry holds on to, by fingerprints with a key; one that does not fit what is there stays as it was."""
    detail, recorded = dict(entry.detail), outcomes.get(entry.stage) or {}
    if detail.get("outcome") == unkeyed(recorded):
        detail["outcome"] = keyed(secret, recorded)
    if entry.verb == "action closed":
        wanted = (ACTION.c.review_id == entry.review_id) & (ACTION.c.number == detail["number"])
        closed_on, evidence = connection.execute(sa.select(ACTION.c.closed_on, ACTION.c.evidence).where(wanted)).one()
        detail["evidence"] = keyed(secret, {"closed_on": closed_on, "evidence": evidence})
    return detail


def canonical(value: Mapping[str, Any]) -> str:
    """One text for one value, whatever the order of its keys."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), default=str)


def unkeyed(value: Mapping[str, Any]) -> str:
    """A fingerprint of before."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def keyed(secret: bytes, value: Mapping[str, Any]) -> str:
    """A fingerprint of today."""
    return hmac.new(secret, canonical(value).encode(), "sha256").hexdigest()


def seal(secret: bytes, previous: str, entry: Row[Any], detail: Mapping[str, Any]) -> str:
    """What binds an entry to the one before it."""
    content = {
        "review": entry.review_id,
        "number": entry.number,
        "at": entry.at.astimezone(UTC).isoformat(),
        "actor": entry.actor_id,
        "verb": entry.verb,
        "stage": entry.stage,
        "detail": dict(detail),
        "note": entry.note,
    }
    return hmac.new(secret, f"{previous}\n{canonical(content)}".encode(), "sha256").hexdigest()
