"""What runs beside a review is linked to it; a hold may be for it, and moves no deadline."""

from datetime import date
from typing import Any

import pytest

from casework.moves import steering
from casework.people.directory import find_person
from casework.record import journal
from casework.record.act import Act
from casework.record.store import Store
from casework.registers import parallel
from casework.registers.held_days import BothDates
from casework.views.review import find_review, review_view
from models.errors import InputError, MoveRefused, NotAllowed, NotFound
from models.parallel import ParallelProcess
from models.tables import id_of
from models.vocabulary import Process, ReviewState
from tests.walking import CHAIR, MANAGER, NOW, PANEL, SERIOUS_CASE_REVIEW, TODAY, launched, walked

TRIAL = {
    "kind": "criminal-trial",
    "their_reference": "T2020/1",
    "contact": "The officer in the case",
    "began_on": "2019-12-02",
    "expected_end": "2020-03-02",
    "not_to_disclose": "The reviewer’s interviews with witnesses.",
}


@pytest.fixture
def reference(either_store: Store) -> str:
    """A review in which the chair has to decide."""
    found = launched(either_store)
    walked(either_store, found, SERIOUS_CASE_REVIEW, until="chair-decision")
    return found


def link(store: Store, reference: str, data: dict[str, Any] = TRIAL, by: str = MANAGER) -> int:
    with store.transaction() as session:
        return parallel.link_process(Act(session, find_person(session, by), NOW, TODAY), reference, data).number


def update(store: Store, reference: str, data: dict[str, Any]) -> None:
    with store.transaction() as session:
        parallel.update_process(Act(session, find_person(session, MANAGER), NOW, TODAY), reference, 1, data)


def end(store: Store, reference: str, on: str, today: date = TODAY) -> bool:
    with store.transaction() as session:
        by = find_person(session, MANAGER)
        return parallel.end_process(Act(session, by, NOW, today), reference, 1, {"ended_on": on})


def hold(store: Store, reference: str, *, until: date | None = None, process: int | None = 1) -> None:
    with store.transaction() as session:
        steering.hold(
            Act(session, find_person(session, CHAIR), NOW, TODAY),
            reference,
            reason="Witnesses are heard.",
            until=until,
            process=process,
        )


def linked(store: Store, reference: str) -> list[ParallelProcess]:
    with store.reading() as session:
        return parallel.processes_of(session, id_of(find_review(session, reference)))


def test_a_process_is_linked_brought_up_to_date_and_ended(either_store: Store, reference: str) -> None:
    assert link(either_store, reference) == 1
    update(either_store, reference, TRIAL | {"expected_end": "2020-04-06"})
    suggests = end(either_store, reference, "2020-01-06")

    (trial,) = linked(either_store, reference)
    assert (trial.kind, trial.expected_end, trial.ended_on) == (Process.TRIAL, date(2020, 4, 6), TODAY)
    with either_store.reading() as session:
        seen = review_view(session, reference)
        assert journal.verify(session, seen.review) == len(seen.history)
    assert suggests is False
    assert [entry.verb for entry in seen.history[-3:]] == ["process linked", "process updated", "process ended"]


def test_a_hold_for_a_process_lasts_until_that_is_expected_to_end(either_store: Store, reference: str) -> None:
    link(either_store, reference)
    hold(either_store, reference)
    with either_store.reading() as session:
        seen = review_view(session, reference)
        (held,) = seen.holds

    assert (held.expected_until, seen.history[-1].detail["process"]) == (date(2020, 3, 2), 1)
    assert held.process_id == linked(either_store, reference)[0].id


def test_a_hold_moves_no_deadline_and_both_dates_are_shown(either_store: Store, reference: str) -> None:
    link(either_store, reference)
    hold(either_store, reference)
    with either_store.reading() as session:
        seen = review_view(session, reference)
    (decision,) = seen.open_stages

    assert decision.due_on == date(2014, 6, 6)
    assert seen.both_dates(decision, TODAY) == BothDates(date(2014, 6, 6), date(2014, 8, 1), 56, True)


def test_a_stage_of_a_review_that_was_never_held_has_one_date(either_store: Store, reference: str) -> None:
    link(either_store, reference)
    with either_store.reading() as session:
        seen = review_view(session, reference)

    assert {seen.both_dates(stage, TODAY) for stage in seen.stages} == {None}


def test_the_end_of_a_process_suggests_resuming_and_resumes_nothing(either_store: Store, reference: str) -> None:
    link(either_store, reference)
    hold(either_store, reference)
    suggests = end(either_store, reference, "2020-01-06")
    with either_store.reading() as session:
        state = find_review(session, reference).state

    assert (suggests, state) == (True, ReviewState.HELD)


def test_nobody_waits_for_what_is_over(either_store: Store, reference: str) -> None:
    link(either_store, reference)
    end(either_store, reference, "2020-01-06")
    with pytest.raises(MoveRefused, match="Process 1 of LSCBN-SCR-2014-001 ended on 2020-01-06"):
        hold(either_store, reference)
    with pytest.raises(MoveRefused, match="already ended on 2020-01-06"):
        end(either_store, reference, "2020-01-06")


def test_a_hold_for_an_unknown_process_is_refused(store: Store) -> None:
    reference = launched(store)
    with pytest.raises(NotFound, match="has no process 4"):
        hold(store, reference, process=4)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"kind": "quarrel"}, "kind: ‘quarrel’ is not accepted"),
        (TRIAL | {"began_on": "2020-01-07"}, "began_on: ‘2020-01-07’ is in the future."),
        (TRIAL | {"expected_end": "2019-12-01"}, "expected_end: ‘2019-12-01’ is before it began, on 2019-12-02."),
        ({"kind": "inquest", "not_disclosed_until": "2020-05-05"}, "not_to_disclose: is empty."),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(store: Store, data: dict[str, Any], said: str) -> None:
    reference = launched(store)
    with pytest.raises(InputError) as refused:
        link(store, reference, data)

    assert (str(refused.value)[: len(said)], linked(store, reference)) == (said, [])


def test_it_cannot_end_before_it_began_nor_in_the_future(store: Store) -> None:
    reference = launched(store)
    link(store, reference)
    with pytest.raises(InputError, match="‘2019-12-01’ is before it began, on 2019-12-02"):
        end(store, reference, "2019-12-01")
    with pytest.raises(InputError, match="‘2020-01-07’ is in the future"):
        end(store, reference, "2020-01-07")


def test_others_do_not_link(store: Store) -> None:
    reference = launched(store)
    with pytest.raises(NotAllowed, match="can record that in"):
        link(store, reference, by=PANEL)


def test_what_may_not_be_disclosed_is_silent_until_its_day_or_until_the_end() -> None:
    def process(**more: Any) -> ParallelProcess:
        return ParallelProcess(review_id=1, number=1, kind=Process.INQUEST, not_to_disclose="This.", **more)

    open_ended, ended = process(), process(ended_on=date(2020, 1, 5))
    dated = process(ended_on=date(2020, 1, 5), not_disclosed_until=date(2020, 2, 3))
    lapsed = process(not_disclosed_until=date(2020, 1, 6))
    nothing = ParallelProcess(review_id=1, number=1, kind=Process.INQUEST)

    assert parallel.not_to_disclose([open_ended, ended, dated, lapsed, nothing], TODAY) == [open_ended, dated]
