"""The journal notices tampering."""

import pytest
from sqlalchemy import delete, select, update

from casework import journal
from casework.store import Store
from casework.view import find_review
from models.errors import TamperingFound
from models.record import JournalEntry
from models.review import Review, Stage
from models.tables import table_of
from tests.walking import SERIOUS_CASE_REVIEW, launched, walked

JOURNAL, STAGE, REVIEW = table_of(JournalEntry), table_of(Stage), table_of(Review)


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
