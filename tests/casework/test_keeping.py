"""The registers of a review go on with it when it goes on as another type."""

from casework import journal, parallel
from casework.conversion import convert
from casework.keeping import rows_of
from casework.participation import invite, participants_of
from casework.people import find_person
from casework.quality import answer, answers_of
from casework.store import Store
from casework.view import find_review
from models.parallel import ParallelProcess
from tests.walking import MANAGER, NOW, SERIOUS_CASE_REVIEW, TODAY, launched, walked


def test_what_stands_in_the_registers_goes_on_with_the_review(either_store: Store) -> None:
    reference = launched(either_store)
    walked(either_store, reference, SERIOUS_CASE_REVIEW, until="chair-decision")
    with either_store.transaction() as session:
        who = find_person(session, MANAGER)
        invite(session, reference, {"who": "parent", "known_as": "the mother"}, by=who, now=NOW, today=TODAY)
        answer(session, reference, {"principle_families": "held-to"}, by=who, now=NOW, today=TODAY)
        parallel.link(session, reference, {"kind": "inquest"}, by=who, now=NOW, today=TODAY)
    with either_store.transaction() as session:
        by = find_person(session, MANAGER)
        moved = convert(
            session, reference, "practice-learning-review", reason="Below.", by=by, now=NOW, today=TODAY
        )  # fmt: skip

    with either_store.reading() as session:
        new = find_review(session, moved.reference)
        review_id = new.id or 0
        assert [each.known_as for each in participants_of(session, review_id)] == ["the mother"]
        assert list(answers_of(session, review_id)) == ["principle-families"]
        assert [each.kind.value for each in rows_of(session, review_id, ParallelProcess)] == ["inquest"]
        assert journal.verify(session, new) == 2
        assert journal.verify(session, find_review(session, reference)) > 6
