"""The journal: what was done to a review, in order, each entry sealed to the one before it."""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, insert
from sqlmodel import Session, col, select

from casework.record.prepared import Prepared
from casework.record.store import journal_secret
from models.action import Action, ActionEntry
from models.answering import Contribution, ReportPromise, TermsDraft, TermsReply
from models.errors import TamperingFound
from models.finding import Finding
from models.kept import Kept
from models.meeting import Attendance, Meeting
from models.methodology import MethodologyChange
from models.parallel import ParallelProcess
from models.participation import Participant
from models.quality import QualityAnswer
from models.record import JournalEntry
from models.review import Hold, Review, Stage
from models.tables import id_of, table_of
from models.vocabulary import StageState

ADD = Prepared(insert(table_of(JournalEntry)))
CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), default=str)
REGISTERS: tuple[type[Kept], ...] = (
    Action,
    ActionEntry,
    Finding,
    Participant,
    ParallelProcess,
    QualityAnswer,
    MethodologyChange,
    Meeting,
    Attendance,
    ReportPromise,
    TermsDraft,
    TermsReply,
    Contribution,
)


@dataclass(slots=True)
class Chain:
    """The end of a review's journal: how many entries it has, and what the next is sealed to."""

    length: int
    head: str


def canonical(value: Mapping[str, Any]) -> str:
    """One text for one value, whatever the order of its keys."""
    return CANONICAL.encode(value)


def digest(secret: bytes, outcome: Mapping[str, Any]) -> str:
    """The fingerprint by which the journal holds on to an outcome without repeating it.

    It is keyed: the few answers of a short form could otherwise be found by trying them.
    """
    return hmac.digest(secret, canonical(outcome).encode(), "sha256").hex()


def head_after(secret: bytes, length: int, sealed: str) -> str:
    """The end of a chain after its latest entry; it stands in no entry, so nobody can cut the chain back to it."""
    return hmac.digest(secret, f"end {length} {sealed}".encode(), "sha256").hex()


def seal(secret: bytes, previous: str, entry: Mapping[str, Any]) -> str:
    """What binds an entry to the one before it; nobody without the installation's secret can make it."""
    return hmac.digest(secret, f"{previous}\n{canonical(entry)}".encode(), "sha256").hex()


def sealed_content(
    *,
    review_id: int,
    number: int,
    at: datetime,
    actor_id: int | None,
    verb: str,
    stage: str | None,
    detail: Mapping[str, Any],
    note: str | None,
) -> dict[str, Any]:
    """The parts of an entry that its seal covers."""
    moment = at.astimezone(UTC).isoformat()
    return {
        "review": review_id,
        "number": number,
        "at": moment,
        "actor": actor_id,
        "verb": verb,
        "stage": stage,
        "detail": dict(detail),
        "note": note,
    }


def write(
    connection: Connection,
    secret: bytes,
    chain: Chain,
    *,
    review_id: int,
    at: datetime,
    actor_id: int | None,
    verb: str,
    stage: str | None = None,
    detail: Mapping[str, Any] | None = None,
    note: str | None = None,
) -> None:
    """Append an entry. The caller stores the chain's new end on the review, in the same transaction."""
    content: dict[str, Any] = {
        "review_id": review_id,
        "number": chain.length + 1,
        "at": at,
        "actor_id": actor_id,
        "verb": verb,
        "stage": stage,
        "detail": dict(detail or {}),
        "note": note,
    }
    sealed = seal(secret, chain.head, sealed_content(**content))
    chain.length += 1
    chain.head = head_after(secret, chain.length, sealed)
    ADD.run(connection, {**content, "seal": sealed})


def entries(session: Session, review_id: int) -> list[JournalEntry]:
    """The journal of a review, oldest first."""
    found = select(JournalEntry).where(JournalEntry.review_id == review_id).order_by(col(JournalEntry.number))
    return list(session.exec(found))


def verify(session: Session, review: Review) -> int:
    """Check a review's whole chain, and that what it names is as it was; returns the number of entries.

    Raises TamperingFound, naming the first entry that does not hold.
    """
    secret, found = journal_secret(session), entries(session, id_of(review))
    chain = Chain(0, "")
    for entry in found:
        sealed = seal(secret, chain.head, content_of(entry))
        if entry.number != chain.length + 1 or not hmac.compare_digest(sealed, entry.seal):
            raise TamperingFound(
                f"{review.reference}: entry {chain.length + 1} of the journal is not as it was written. {REMEDY}"
            )
        chain = Chain(chain.length + 1, head_after(secret, chain.length + 1, sealed))
    if not found or (chain.length, chain.head) != (review.journal_length, review.journal_head):
        raise TamperingFound(f"{review.reference}: entries are missing from the end of the journal. {REMEDY}")
    verify_origin(secret, review, found[0])
    verify_outcomes(session, review, found)
    kept = rows_kept(found)
    verify_evidence(session, review, found, kept)
    verify_registers(session, review, kept)
    if found[-1].detail.get("left") != left(secret, review.state, review.facts):
        raise TamperingFound(f"{review.reference}: the review’s state or its dates are not as they were left. {REMEDY}")
    return len(found)


def left(secret: bytes, state: str, facts: Mapping[str, str]) -> str:
    """The fingerprint of how a move leaves a review: its state, and the facts that its deadlines count from."""
    return digest(secret, {"state": str(state), "facts": dict(facts)})


NO_LONGER = ""  # stands for the fingerprint of a row that is no longer there
REMEDY = "Keep the database as it is, restore a backup next to it, and compare the two."


def content_of(entry: JournalEntry) -> dict[str, Any]:
    """What a stored entry's seal covers."""
    parts = ("review_id", "number", "at", "actor_id", "verb", "stage", "detail", "note")
    return sealed_content(**{part: getattr(entry, part) for part in parts})


def verify_origin(secret: bytes, review: Review, launched: JournalEntry) -> None:
    """Check that a review is of the board, the type and the edition that it was launched as, from the same referral."""
    for name in ("board", "type", "edition"):
        if launched.detail.get(name, getattr(review, name)) != getattr(review, name):
            raise TamperingFound(f"{review.reference}: its {name} is not the one it was launched with. {REMEDY}")
    if launched.detail.get("outcome") != digest(secret, review.referral):
        raise TamperingFound(f"{review.reference}: its {launched.stage} is not as it came in. {REMEDY}")


def verify_outcomes(session: Session, review: Review, found: list[JournalEntry]) -> None:
    """Check that what a stage recorded is still what the journal saw recorded, and that nothing else is completed."""
    secret = journal_secret(session)
    stages = {stage.name: stage for stage in session.exec(select(Stage).where(Stage.review_id == review.id))}
    said: dict[str | None, str] = {}
    for entry in found:
        one = {entry.stage: entry.detail["outcome"]} if "outcome" in entry.detail else {}
        said |= one or entry.detail.get("outcomes", {})
        for name in entry.detail.get("taken_back", ()):  # it waits again, until it is completed once more
            said.pop(name, None)
    for name, fingerprint in said.items():
        stage = stages.get(name or "")
        if stage is None or stage.state is not StageState.CLOSED or digest(secret, stage.outcome or {}) != fingerprint:
            raise TamperingFound(f"{review.reference}: what ‘{name}’ recorded is not as it was written. {REMEDY}")
    for name, stage in stages.items():
        if stage.state is StageState.CLOSED and name not in said and stage.closed_by is not None:  # not by the calendar
            raise TamperingFound(
                f"{review.reference}: ‘{name}’ is completed, but the journal has no entry for that. {REMEDY}"
            )


def rows_kept(found: list[JournalEntry]) -> dict[str, str]:
    """The fingerprints of the rows of registers, as the journal last saw them."""
    last: dict[str, str] = {}
    for entry in found:
        last |= entry.detail.get("kept", {})
    return {key: found for key, found in last.items() if found != NO_LONGER}


def verify_evidence(session: Session, review: Review, found: list[JournalEntry], kept: Mapping[str, str]) -> None:
    """Check the evidence of actions that were closed before the journal kept them as the rows of a register."""
    secret = journal_secret(session)
    actions = {action.number: action for action in session.exec(select(Action).where(Action.review_id == review.id))}
    for entry in found:
        number = entry.detail.get("number")
        if entry.verb != "action closed" or not isinstance(number, int) or f"action {number}" in kept:
            continue
        action = actions.get(number)
        if action is None or evidence_digest(secret, action.closed_on, action.evidence) != entry.detail["evidence"]:
            raise TamperingFound(
                f"{review.reference}: the evidence of action {number} is not as it was written. {REMEDY}"
            )


def verify_registers(session: Session, review: Review, kept: Mapping[str, str]) -> None:
    """Check that every row of a register is as the journal last saw it, and that there is none that it never saw.

    An action that was planned before the journal kept them is held on to from its first move on.
    """
    secret = journal_secret(session)
    rows = [row for table in REGISTERS for row in session.exec(select(table).where(table.review_id == review.id))]
    there = {row.key: digest(secret, row.content()) for row in rows if row.key in kept or not isinstance(row, Action)}
    holds = session.exec(select(Hold).where(Hold.review_id == review.id))
    there |= {key: found for hold in holds for key, found in hold_kept(secret, hold).items() if key in kept}
    for key in sorted(kept.keys() | there.keys()):
        if kept.get(key) != there.get(key):
            raise TamperingFound(f"{review.reference}: {key} is not as it was recorded. {REMEDY}")


def hold_kept(secret: bytes, hold: Hold) -> dict[str, str]:
    """A hold as the journal holds on to it; those from before it did are not in it."""
    return {f"hold {hold.id}": digest(secret, hold.model_dump(mode="json", exclude={"id", "review_id"}))}


def evidence_digest(secret: bytes, closed_on: date | None, evidence: str | None) -> str:
    """The fingerprint of the evidence with which an action was closed."""
    return digest(secret, {"closed_on": closed_on, "evidence": evidence})
