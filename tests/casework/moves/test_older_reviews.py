"""Reviews that were begun before methodologies had steps go on as they began, to their closure."""

import pytest
from alembic import command
from sqlmodel import select

from casework.framework.methodologies import with_steps
from casework.moves.changing_methodology import change_methodology
from casework.people.directory import find_person
from casework.record import journal
from casework.record.act import Act
from casework.record.store import Store
from casework.reviews.case import REVIEW
from casework.views.review import find_review, review_view
from models.review import Stage
from models.vocabulary import StageState
from tests.casework.record.test_store import alembic
from tests.walking import (
    ACTION,
    MANAGER,
    NOW,
    PLAN,
    PRACTICE_LEARNING_REVIEW,
    SERIOUS_CASE_REVIEW,
    TODAY,
    Step,
    launched,
    take,
    walked,
)

WALKS = {
    "serious-case-review": ("northamptonshire", SERIOUS_CASE_REVIEW),
    "practice-learning-review": ("barking-and-dagenham", PRACTICE_LEARNING_REVIEW),
}


def begun_before(store: Store, type_: str = "serious-case-review") -> str:
    """A review whose agencies write their reports, with the facts that its terms of reference recorded once."""
    board_name, steps = WALKS[type_]
    reference = launched(store, type_, board_name)
    walked(store, reference, steps, until="agency-report:example-children-s-social-care")
    with store.transaction() as session:
        facts = find_review(session, reference).facts
        once = {name: said for name, said in facts.items() if name != "output_model" and not name.startswith("step.")}
        session.connection().execute(REVIEW.update().where(REVIEW.c.reference == reference).values(facts=once))
    return reference


def open_stages(store: Store, reference: str) -> list[str]:
    with store.reading() as session:
        review = find_review(session, reference)
        found = select(Stage.name).where(Stage.review_id == review.id, Stage.state == StageState.OPEN)
        return sorted(session.exec(found))


@pytest.mark.parametrize("type_", list(WALKS))
def test_it_has_its_practitioner_events_and_reaches_its_closure(either_store: Store, type_: str) -> None:
    reference = begun_before(either_store, type_)
    steps = [step for step in WALKS[type_][1] if step.stage != "combined-chronology"]
    reports = [step.stage for step in steps].index("agency-report:example-children-s-social-care")

    opened = {step.stage: take(either_store, reference, step).opened for step in steps[reports:]}

    assert opened["agency-report"] == ("practitioner-events",)
    assert opened["practitioner-events"] == ("report",)
    with either_store.reading() as session:
        review = find_review(session, reference)
        assert (review.state, journal.verify(session, review) > 0) == ("closed", True)


def test_what_lies_ahead_of_it_is_what_it_takes(store: Store) -> None:
    reference = begun_before(store)

    with store.reading() as session:
        ahead = review_view(session, reference).ahead

    assert ("Practitioner events" in ahead, "Combined chronology" in ahead, "Recall session" in ahead) == (
        True,
        False,
        False,
    )


def test_its_methodology_can_be_changed_to_one_with_steps(store: Store) -> None:
    reference = begun_before(store)
    choice = {"methodology": "appreciative-inquiry", "why_methodology": "Much went well."}

    with store.transaction() as session:
        change_methodology(Act(session, find_person(session, MANAGER), NOW, TODAY), reference, choice)

    assert open_stages(store, reference) == [
        "agency-chronology:example-children-s-social-care",
        "agency-chronology:example-police",
        "family-invitation",
    ]


@pytest.mark.parametrize(
    "facts",
    [{}, {"notified_on": "2014-05-06"}, {"methodology": "hybrid", "step.agency-report": "no"}],
)
def test_only_a_review_with_a_methodology_and_without_steps_is_given_them(facts: dict[str, str]) -> None:
    assert with_steps(facts) == facts


def test_the_tables_go_back_and_forth_with_reviews_and_actions_in_them(either_store: Store) -> None:
    reference = launched(either_store)
    walked(either_store, reference, SERIOUS_CASE_REVIEW, until="action-plan")

    command.downgrade(alembic(either_store), "0001")
    command.upgrade(alembic(either_store), "head")

    take(
        either_store,
        reference,
        Step(
            "action-plan", MANAGER, PLAN | {"actions": [{name: ACTION[name] for name in ACTION if name != "answers"}]}
        ),
    )
    assert open_stages(either_store, reference) == ["board-approval"]
