"""The journal holds on to every action and every entry of its record."""

from typing import Any

import pytest
from sqlalchemy import delete, insert, update

from casework.record import journal
from casework.record.store import Store, journal_secret
from casework.views.review import find_review
from models.action import Action, ActionEntry
from models.errors import TamperingFound
from models.record import JournalEntry
from models.tables import id_of, table_of
from models.vocabulary import ActionMove, ActionState
from tests.casework.actions.acting import EVIDENCE, SEVERAL, do, planned, record
from tests.walking import MONITOR, NOW, TODAY

ACTION, ENTRY, JOURNAL = table_of(Action), table_of(ActionEntry), table_of(JournalEntry)


@pytest.fixture
def reference(either_store: Store) -> str:
    """A review with an action that has evidence and a colour set by hand."""
    found = planned(either_store, SEVERAL)
    do(either_store, found, ActionMove.EVIDENCE, EVIDENCE)
    do(either_store, found, ActionMove.OVERRIDE, {"colour": "red", "reason": "Too few files."}, MONITOR)
    return found


def tampered(store: Store, reference: str, statement: Any) -> str:
    """What verifying says once the database was changed behind the product's back."""
    with store.engine.begin() as connection:
        connection.execute(statement)
    with pytest.raises(TamperingFound) as found, store.reading() as session:
        journal.verify(session, find_review(session, reference))
    return str(found.value)


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        (update(ACTION).values(state=ActionState.CLOSED), "action 1"),
        (update(ACTION).values(evidence="Another audit."), "action 1"),
        (update(ACTION).values(due_on=TODAY), "action 1"),
        (update(ENTRY).where(ENTRY.c.number == 1).values(note="Another audit."), "action entry 1"),
        (update(ENTRY).where(ENTRY.c.number == 2).values(colour="green"), "action entry 2"),
        (delete(ENTRY).where(ENTRY.c.number == 2), "action entry 2"),
        (delete(ENTRY), "action entry 1"),
    ],
)
def test_a_changed_action_and_a_changed_or_missing_entry_are_found(
    either_store: Store, reference: str, statement: Any, what: str
) -> None:
    assert f"{reference}: {what} is not as it was recorded." in tampered(either_store, reference, statement)


def test_an_entry_that_was_slipped_in_is_found(either_store: Store, reference: str) -> None:
    (first, *_) = record(either_store, reference)
    slipped = {
        "review_id": first.review_id,
        "action_id": first.action_id,
        "number": 3,
        "kind": ActionMove.SIGN_OFF,
        "on_day": TODAY,
        "at": NOW,
    }

    assert "action entry 3" in tampered(either_store, reference, insert(ENTRY).values(**slipped))


def test_the_journal_holds_fingerprints_and_no_words(either_store: Store, reference: str) -> None:
    with either_store.reading() as session:
        entries = journal.entries(session, id_of(find_review(session, reference)))[-2:]
        assert journal.verify(session, find_review(session, reference)) > 0

    assert [(each.verb, each.note, sorted(each.detail)) for each in entries] == [
        ("action evidenced", None, ["kept", "left", "number"]),
        ("action colour set", None, ["kept", "left", "number"]),
    ]
    assert [sorted(each.detail["kept"]) for each in entries] == [
        ["action 1", "action entry 1"],
        ["action 1", "action entry 2"],
    ]


def test_evidence_of_before_the_journal_kept_actions_is_still_verified(either_store: Store) -> None:
    found = planned(either_store, SEVERAL)
    with either_store.transaction() as session:
        review, secret = find_review(session, found), journal_secret(session)
        kept = journal.entries(session, id_of(review))
        fingerprint = journal.evidence_digest(secret, TODAY, "Audit")
        old = JournalEntry(
            review_id=id_of(review),
            number=1,
            at=NOW,
            verb="action closed",
            seal="",
            detail={"number": 1, "evidence": fingerprint},
        )
        assert kept
        with pytest.raises(TamperingFound, match="the evidence of action 1 is not as it was written"):
            journal.verify_evidence(session, review, [old], {})
        journal.verify_evidence(session, review, [old], {"action 1": "held on to since"})
        session.execute(update(ACTION).values(evidence="Audit", closed_on=TODAY))
        journal.verify_evidence(session, review, [old], {})
        session.rollback()
