"""The journal notices tampering."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from casework.moves import steering
from casework.people.directory import find_person
from casework.record import journal
from casework.record.act import Act
from casework.record.store import Store
from casework.views.review import find_review
from models.errors import TamperingFound
from models.record import JournalEntry
from models.review import Hold, Review, Stage
from models.tables import table_of
from models.vocabulary import StageState
from tests.walking import MANAGER, NOW, SERIOUS_CASE_REVIEW, TODAY, launched, walked

JOURNAL, STAGE, REVIEW, HOLD = (table_of(each) for each in (JournalEntry, Stage, Review, Hold))


@pytest.fixture
def reference(either_store: Store) -> str:
    """A review with six entries in its journal."""
    found = launched(either_store)
    walked(either_store, found, SERIOUS_CASE_REVIEW, until="terms-of-reference")
    return found


def tamper(store: Store, statement: object) -> None:
    """Change the database behind the product's back."""
    with store.engine.begin() as connection:
        connection.execute(statement)  # type: ignore[call-overload]


def verify(store: Store, reference: str) -> int:
    with store.transaction() as session:
        return journal.verify(session, find_review(session, reference))


def test_an_untouched_journal_holds(either_store: Store, reference: str) -> None:
    assert verify(either_store, reference) == 6


def test_a_changed_entry_is_found(either_store: Store, reference: str) -> None:
    tamper(either_store, update(JOURNAL).where(JOURNAL.c.number == 3).values(verb="nothing happened"))

    with pytest.raises(TamperingFound, match="entry 3 of the journal is not as it was written. Keep the database"):
        verify(either_store, reference)


def test_a_deleted_entry_is_found(either_store: Store, reference: str) -> None:
    tamper(either_store, delete(JOURNAL).where(JOURNAL.c.number == 4))

    with pytest.raises(TamperingFound, match="entry 4 of the journal"):
        verify(either_store, reference)


def test_a_journal_cut_off_at_the_end_is_found(either_store: Store, reference: str) -> None:
    tamper(either_store, delete(JOURNAL).where(JOURNAL.c.number == 6))

    with pytest.raises(TamperingFound, match="entries are missing from the end of the journal"):
        verify(either_store, reference)


def test_a_journal_cut_off_with_the_review_row_set_to_fit_is_found(either_store: Store, reference: str) -> None:
    with either_store.engine.begin() as connection:
        seal = connection.execute(select(JOURNAL.c.seal).where(JOURNAL.c.number == 5)).scalar_one()
    tamper(either_store, delete(JOURNAL).where(JOURNAL.c.number == 6))
    tamper(either_store, update(REVIEW).values(journal_length=5, journal_head=seal))

    with pytest.raises(TamperingFound, match="entries are missing from the end of the journal"):
        verify(either_store, reference)


def test_an_emptied_journal_is_found(either_store: Store, reference: str) -> None:
    tamper(either_store, delete(JOURNAL))
    tamper(either_store, update(REVIEW).values(journal_length=0, journal_head=""))

    with pytest.raises(TamperingFound, match="entries are missing"):
        verify(either_store, reference)


def test_changed_facts_and_a_changed_state_are_found(either_store: Store, reference: str) -> None:
    tamper(either_store, update(REVIEW).values(state="closed"))

    with pytest.raises(TamperingFound, match="the review’s state or its dates are not as they were left"):
        verify(either_store, reference)


def test_a_changed_outcome_is_found(either_store: Store, reference: str) -> None:
    changed = {"decision": "no-review"}
    tamper(either_store, update(STAGE).where(STAGE.c.key == "chair-decision").values(outcome=changed))

    with pytest.raises(TamperingFound, match="what ‘chair-decision’ recorded is not as it was written"):
        verify(either_store, reference)


def test_a_seal_cannot_be_made_without_the_installations_secret(either_store: Store, reference: str) -> None:
    head = journal.seal(b"a guess", "", {"review": 1})
    tamper(either_store, update(REVIEW).values(journal_head=head))

    with pytest.raises(TamperingFound):
        verify(either_store, reference)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"edition": "WT2015"}, "its edition is not the one it was launched with"),
        ({"type": "practice-learning-review"}, "its type is not the one it was launched with"),
        ({"board": "croydon"}, "its board is not the one it was launched with"),
        ({"referral": {"notified_on": "2014-05-06"}}, "its referral is not as it came in"),
    ],
)
def test_a_review_made_into_another_is_found(
    either_store: Store, reference: str, changed: dict[str, Any], said: str
) -> None:
    tamper(either_store, update(REVIEW).values(changed))

    with pytest.raises(TamperingFound, match=said):
        verify(either_store, reference)


@pytest.mark.parametrize(
    ("name", "state", "said"),
    [
        ("chair-decision", "open", "what ‘chair-decision’ recorded is not as it was written"),
        ("terms-of-reference", "closed", "‘terms-of-reference’ is completed, but the journal has no entry for that"),
    ],
)
def test_a_stage_opened_or_completed_behind_the_journal_is_found(
    either_store: Store, reference: str, name: str, state: str, said: str
) -> None:
    stage = update(STAGE).where(STAGE.c.name == name)
    tamper(either_store, stage.values(state=StageState(state), closed_by=STAGE.c.owner_id))

    with pytest.raises(TamperingFound, match=said):
        verify(either_store, reference)


@pytest.mark.parametrize("changed", [{"reason": "Another."}, {"expected_until": date(2031, 1, 6)}, None])
def test_a_hold_that_was_changed_or_taken_away_is_found(
    either_store: Store, reference: str, changed: dict[str, Any] | None
) -> None:
    with either_store.transaction() as session:
        manager = find_person(session, MANAGER)
        steering.hold(Act(session, manager, NOW, TODAY), reference, reason="A trial.", until=None)
    assert verify(either_store, reference) == 7

    tamper(either_store, update(HOLD).values(changed) if changed else delete(HOLD))

    with pytest.raises(TamperingFound, match="hold 1 is not as it was recorded"):
        verify(either_store, reference)
