"""The principles and the quality markers: on every review, asked where a stage ends, and the last answer counts."""

from typing import Any

import pytest

from casework.framework.pipelines import PIPELINES
from casework.framework.principles import BY_KEY, EXITS, MARKERS, PRINCIPLES, SCIE, exit_items
from casework.people.directory import find_person
from casework.quality.answers import (
    AnsweredCounts,
    answer,
    answers_of,
    complete_with_answers,
    count_answered,
    exit_questions,
    questions_of_group,
    unanswered,
)
from casework.record import journal
from casework.record.act import Act
from casework.record.store import Store
from casework.registers.keeping import rows_of
from casework.views.review import find_review, review_view
from models.errors import InputError, MoveRefused, NotAllowed, NotFound, TamperingFound
from models.quality import QualityAnswer
from models.tables import id_of, table_of
from models.vocabulary import Standing
from tests.walking import CHAIR, DECISION, MANAGER, NOW, PANEL, SERIOUS_CASE_REVIEW, TODAY, Step, launched, take, walked

YES = {"principle_proportionate": "held-to", "principle_proportionate_note": "One meeting was enough."}


@pytest.fixture
def reference(either_store: Store) -> str:
    """A review in which the chair has to decide."""
    found = launched(either_store)
    walked(either_store, found, SERIOUS_CASE_REVIEW, until="chair-decision")
    return found


def say(store: Store, reference: str, data: dict[str, Any], by: str = MANAGER) -> tuple[str, ...]:
    with store.transaction() as session:
        return answer(Act(session, find_person(session, by), NOW, TODAY), reference, data)


def decide(store: Store, reference: str, answers: dict[str, Any], by: str = CHAIR) -> None:
    with store.transaction() as session:
        complete_with_answers(
            Act(session, find_person(session, by), NOW, TODAY), reference, "chair-decision", DECISION, answers
        )


def stands(store: Store, reference: str) -> dict[str, tuple[Standing, str | None]]:
    with store.reading() as session:
        found = answers_of(session, id_of(find_review(session, reference)))
    return {key: (each.standing, each.stage) for key, each in found.items()}


def test_there_are_seven_and_five_principles_each_with_its_paragraph() -> None:
    assert [item.cite for item in PRINCIPLES] == [
        *(f"S000 2.1.{number}" for number in range(1, 8)),
        *(f"S000 2.2.{number}" for number in range(1, 6)),
    ]


def test_there_are_eighteen_markers_in_three_parts() -> None:
    assert [(item.group, item.heading) for item in MARKERS] == [
        ("setting-up", "Referral"),
        ("setting-up", "Decision making"),
        ("setting-up", "Advising board members"),
        ("setting-up", "Informing the family"),
        ("setting-up", "Clarity of purpose"),
        ("running", "Commissioning"),
        ("running", "Governance"),
        ("running", "Management of the process"),
        ("running", "Parallel processes"),
        ("running", "Assembling information"),
        ("running", "Practitioner involvement"),
        ("running", "Family involvement"),
        ("running", "Analysis"),
        ("outputs", "The report"),
        ("outputs", "Improvement action"),
        ("outputs", "The board’s written response"),
        ("outputs", "Publication"),
        ("outputs", "Implementation and evaluation"),
    ]
    assert {item.cite for item in MARKERS} == {SCIE}


def test_every_marker_is_asked_where_some_stage_ends() -> None:
    asked = {f"marker-{key}" for keys in EXITS.values() for key in keys}

    assert asked == {item.key for item in MARKERS}


def test_every_stage_with_exit_questions_is_a_stage_of_some_type_and_no_agencys_own() -> None:
    stages = {spec.key: spec for pipeline in PIPELINES.values() for spec in pipeline.stages}

    assert sorted(EXITS.keys() - stages.keys()) == []
    assert [key for key in EXITS if stages[key].per_agency] == []


@pytest.mark.parametrize("type_", sorted(PIPELINES))
def test_every_type_of_review_asks_some(type_: str) -> None:
    asked = [spec.key for spec in PIPELINES[type_].stages if exit_items(spec.key)]

    assert (len(asked) >= 3, "closure" in asked) == (True, True)


def test_the_questions_of_a_stage_are_its_markers_with_a_note_each() -> None:
    assert list(exit_questions("chair-decision").model_fields) == [
        "marker_decision_making",
        "marker_decision_making_note",
        "marker_advising_members",
        "marker_advising_members_note",
    ]
    assert list(exit_questions("agency-report").model_fields) == []


def test_the_last_answer_counts_and_the_first_is_kept(either_store: Store, reference: str) -> None:
    first = say(either_store, reference, YES)
    again = say(either_store, reference, YES)
    other = say(either_store, reference, {"principle_proportionate": "partly-held-to"}, by=CHAIR)
    with either_store.reading() as session:
        review_id = id_of(find_review(session, reference))
        kept = len(rows_of(session, review_id, QualityAnswer))

    assert (first, again, other) == (("principle-proportionate",), (), ("principle-proportionate",))
    assert (stands(either_store, reference), kept) == ({"principle-proportionate": (Standing.PARTLY, None)}, 2)


def test_exit_questions_are_answered_together_with_the_stage(either_store: Store, reference: str) -> None:
    decide(either_store, reference, {"marker_decision_making": "held-to"})
    with either_store.reading() as session:
        seen = review_view(session, reference)
        count = journal.verify(session, seen.review)

    assert stands(either_store, reference) == {"marker-decision-making": (Standing.HELD_TO, "chair-decision")}
    assert [entry.verb for entry in seen.history[-2:]] == ["principles answered", "stage completed"]
    assert seen.history[-2].detail["items"] == ["marker-decision-making"]
    assert count == len(seen.history)


def test_a_stage_is_completed_without_an_answer(either_store: Store, reference: str) -> None:
    decide(either_store, reference, {})

    assert stands(either_store, reference) == {}


def test_answers_to_a_stage_that_is_refused_are_not_kept(either_store: Store, reference: str) -> None:
    with pytest.raises(NotAllowed):
        decide(either_store, reference, {"marker_decision_making": "held-to"}, by=PANEL)

    assert stands(either_store, reference) == {}


def test_a_stage_takes_only_its_own_questions(either_store: Store, reference: str) -> None:
    with pytest.raises(InputError, match="marker_report: is not a field of this form"):
        decide(either_store, reference, {"marker_report": "held-to"})


def test_a_note_without_an_answer_is_refused(store: Store) -> None:
    reference = launched(store)
    with pytest.raises(InputError, match="marker_report_note: .*Choose one of the answers to go with this note"):
        say(store, reference, {"marker_report_note": "It is well written."})


def test_an_answer_that_is_none_is_refused(store: Store) -> None:
    reference = launched(store)
    with pytest.raises(InputError, match="marker_report: ‘yes’ is not accepted; it should be 'held-to'"):
        say(store, reference, {"marker_report": "yes"})


def test_others_read_it_and_do_not_answer(store: Store) -> None:
    reference = launched(store)
    with pytest.raises(NotAllowed, match="can record that in"):
        say(store, reference, YES, by=PANEL)


def test_a_changed_answer_is_found(either_store: Store, reference: str) -> None:
    say(either_store, reference, YES)
    with either_store.engine.begin() as connection:
        connection.execute(table_of(QualityAnswer).update().values(standing="not-held-to"))

    with either_store.transaction() as session, pytest.raises(TamperingFound, match="answer 1 is not as it was"):
        journal.verify(session, find_review(session, reference))


def test_the_answers_in_figures_and_what_is_left(store: Store) -> None:
    reference = launched(store)
    say(store, reference, YES | {"marker_referral": "does-not-apply"})
    with store.reading() as session:
        found = answers_of(session, id_of(find_review(session, reference)))

    assert count_answered(found) == AnsweredCounts(principles=1, markers=1)
    assert {item.key for item in unanswered(found)} == BY_KEY.keys() - {"principle-proportionate", "marker-referral"}


def test_an_unknown_group_is_not_there() -> None:
    with pytest.raises(NotFound, match="‘marks’ is not a group"):
        questions_of_group("marks")


def test_nothing_is_answered_in_a_review_that_goes_on_elsewhere(store: Store) -> None:
    reference = launched(store)
    with store.transaction() as session:
        found = find_review(session, reference)
        found.state = type(found.state).WITHDRAWN
        session.add(found)
    with pytest.raises(MoveRefused, match="is withdrawn, so you cannot record anything more in it"):
        say(store, reference, YES)


def test_a_review_is_not_closed_while_a_principle_is_neither_answered_nor_explained(store: Store) -> None:
    reference = launched(store)
    walked(store, reference, SERIOUS_CASE_REVIEW, until="closure")
    silent = {"review_closed_on": "2015-06-01", "for_the_annual_report": "What changed."}

    with pytest.raises(InputError, match="^principles_unanswered: is empty. 12 of the 12 principles"):
        take(store, reference, Step("closure", MANAGER, silent))
    with store.transaction() as session:
        answers = {item.field: "held-to" for item in PRINCIPLES}
        person = find_person(session, MANAGER)
        complete_with_answers(Act(session, person, NOW, TODAY), reference, "closure", silent, answers)

    with store.reading() as session:
        assert find_review(session, reference).state == "closed"


def test_the_closure_asks_for_the_principles() -> None:
    assert [item.heading for item in exit_items("closure")[: len(PRINCIPLES)]] == [item.heading for item in PRINCIPLES]
