"""The registers of a review: found by number, and taken along when it goes on as another type."""

import pytest
from sqlmodel import Session

from casework.actions import action_of
from casework.moves.conversion import convert
from casework.people.directory import find_person
from casework.quality.answers import answer, answers_of
from casework.record import journal
from casework.record.act import Act
from casework.record.store import Store
from casework.registers import parallel
from casework.registers.keeping import row_of, rows_of
from casework.registers.participation import invite_participant, participants_of
from casework.reviews.case import load
from casework.views.review import find_review
from models.errors import NotFound
from models.parallel import ParallelProcess
from models.tables import id_of
from tests.walking import MANAGER, NOW, SERIOUS_CASE_REVIEW, TODAY, launched, walked


def test_what_stands_in_the_registers_goes_on_with_the_review(either_store: Store) -> None:
    reference = launched(either_store)
    walked(either_store, reference, SERIOUS_CASE_REVIEW, until="chair-decision")
    with either_store.transaction() as session:
        who = find_person(session, MANAGER)
        invite_participant(Act(session, who, NOW, TODAY), reference, {"who": "parent", "known_as": "the mother"})
        answer(Act(session, who, NOW, TODAY), reference, {"principle_families": "held-to"})
        parallel.link_process(Act(session, who, NOW, TODAY), reference, {"kind": "inquest"})
    with either_store.transaction() as session:
        by = find_person(session, MANAGER)
        moved = convert(Act(session, by, NOW, TODAY), reference, "practice-learning-review", reason="Below.")

    with either_store.reading() as session:
        new = find_review(session, moved.reference)
        review_id = id_of(new)
        assert [each.known_as for each in participants_of(session, review_id)] == ["the mother"]
        assert list(answers_of(session, review_id)) == ["principle-families"]
        assert [each.kind.value for each in rows_of(session, review_id, ParallelProcess)] == ["inquest"]
        assert journal.verify(session, new) == 2
        assert journal.verify(session, find_review(session, reference)) > 6


@pytest.mark.parametrize("number", [0, -1, 3, 2**31, 10**30])
def test_a_number_that_no_row_has_is_not_there_however_large(either_store: Store, number: int) -> None:
    reference = launched(either_store)
    with either_store.transaction() as session:
        who = find_person(session, MANAGER)
        parallel.link_process(Act(session, who, NOW, TODAY), reference, {"kind": "inquest"})

    refused = []
    for what in (row_of_the_register, action_of_the_review):
        with pytest.raises(NotFound) as found, either_store.transaction() as session:
            what(session, reference, number)
        refused.append(str(found.value))

    assert refused == [
        f"{reference} has no process {number}. Its page shows those it has.",
        f"{reference} has no action {number}. Its page shows those it has.",
    ]


def row_of_the_register(session: Session, reference: str, number: int) -> None:
    row_of(load(Act(session, None, NOW, TODAY), reference), ParallelProcess, number)


def action_of_the_review(session: Session, reference: str, number: int) -> None:
    action_of(session, id_of(find_review(session, reference)), number, reference)
