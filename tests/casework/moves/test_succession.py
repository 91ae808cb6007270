"""Handing over: access and duties follow the role, not the person who once held it."""

from datetime import date

import pytest

from casework.moves.succession import appoint_successor, hand_over, step_down
from casework.people.directory import find_person, person_for
from casework.record.act import Act
from casework.record.store import Store
from casework.reviews.glimpses import glimpse
from casework.reviews.permissions import Sight, sight
from casework.views.review import ReviewView, review_view
from dashboard.presenters.history import history
from models.errors import MoveRefused, NotAllowed
from models.remedies import AppointToBoard
from models.vocabulary import Role
from tests.walking import (
    AGENCY_REPORT,
    CHAIR,
    DECISION,
    MANAGER,
    NOW,
    POLICE,
    REVIEWER,
    SERIOUS_CASE_REVIEW,
    TERMS,
    TODAY,
    Step,
    launched,
    take,
    walked,
)

NEW_CHAIR, OTHER = "new.chair@board.example", "nora.other@elsewhere.example"


def view(store: Store, reference: str) -> ReviewView:
    with store.reading() as session:
        return review_view(session, reference)


def sees(store: Store, reference: str, email: str) -> Sight:
    with store.reading() as session:
        seen = glimpse(session, reference)
        assert seen is not None
        return sight(session, seen, find_person(session, email))


def owners(store: Store, reference: str) -> dict[str, str]:
    return {stage.name: stage.owner_email for stage in view(store, reference).open_stages}


def give(store: Store, reference: str, stage: str, email: str = OTHER, organisation: str = "") -> None:
    with store.transaction() as session:
        hand_over(
            Act(session, find_person(session, MANAGER), NOW, TODAY),
            reference,
            stage,
            name="Nora Other",
            email=email,
            organisation=organisation,
            reason="Ill.",
        )


def new_chair(store: Store) -> None:
    with store.transaction() as session:
        person = person_for(session, email=NEW_CHAIR, name="New Chair")
        appoint_successor(
            Act(session, None, NOW, TODAY), board="northamptonshire", role=Role.INDEPENDENT_CHAIR, person=person
        )


def test_a_new_chair_takes_over_what_is_open_and_the_old_one_is_out(either_store: Store) -> None:
    reference = launched(either_store)
    walked(either_store, reference, SERIOUS_CASE_REVIEW, until="chair-decision")

    new_chair(either_store)

    assert owners(either_store, reference) == {"chair-decision": NEW_CHAIR}
    assert (sees(either_store, reference, CHAIR), sees(either_store, reference, NEW_CHAIR)) == (
        Sight.NOTHING,
        Sight.ALL,
    )
    with pytest.raises(NotAllowed, match="is for the LSCB Independent Chair, not for independent-chair@board.example"):
        take(either_store, reference, Step("chair-decision", CHAIR, DECISION))
    assert take(either_store, reference, Step("chair-decision", NEW_CHAIR, DECISION)).opened == ("lead-reviewer",)
    assert [entry.verb for entry in view(either_store, reference).history][-2:] == ["handed over", "stage completed"]
    line = next(line for line in history(view(either_store, reference)) if "handed over" in line.title)
    assert (line.title, line.by) == ("Chair’s decision: handed over", "An appointment to the board")
    assert line.text == (
        "From Independent Chair to New Chair. Reason: a change in who is independent chair of the board."
    )


def test_who_steps_down_leaves_what_is_open_to_the_business_manager(store: Store) -> None:
    reference = launched(store)
    walked(store, reference, SERIOUS_CASE_REVIEW, until="chair-decision")

    with store.transaction() as session:
        chair = find_person(session, CHAIR)
        step_down(
            Act(session, None, NOW, date(2020, 2, 3)),
            board="northamptonshire",
            role=Role.INDEPENDENT_CHAIR,
            person=chair,
        )

    assert owners(store, reference) == {"chair-decision": MANAGER}
    assert sees(store, reference, CHAIR) is Sight.NOTHING


def test_a_conflict_found_later_is_mended_by_handing_the_review_to_another_reviewer(either_store: Store) -> None:
    reference = launched(either_store)
    walked(either_store, reference, SERIOUS_CASE_REVIEW, until="terms-of-reference")

    give(either_store, reference, "terms-of-reference")

    assert owners(either_store, reference)["terms-of-reference"] == OTHER
    line = next(line for line in history(view(either_store, reference)) if "handed over" in line.title)
    assert line.text.startswith("From Lena Reviewer to Nora Other.")
    assert (sees(either_store, reference, REVIEWER), sees(either_store, reference, OTHER)) == (Sight.NOTHING, Sight.ALL)
    assert take(either_store, reference, Step("terms-of-reference", OTHER, TERMS)).opened


def test_the_review_cannot_be_handed_to_somebody_who_is_not_independent(store: Store) -> None:
    reference = launched(store)
    walked(store, reference, SERIOUS_CASE_REVIEW, until="terms-of-reference")

    with pytest.raises(MoveRefused, match="Nora Other cannot lead this review: Nora Other works for Example Police"):
        give(store, reference, "terms-of-reference", organisation="Example Police")


def test_an_agencys_report_is_handed_to_another_author_of_it(store: Store) -> None:
    reference = launched(store)
    walked(store, reference, SERIOUS_CASE_REVIEW, until="agency-report:example-children-s-social-care")

    give(store, reference, "agency-report:example-police", email="nora@police.example")

    assert owners(store, reference)["agency-report:example-police"] == "nora@police.example"
    assert sees(store, reference, POLICE) is Sight.NOTHING
    take(store, reference, Step("agency-report", "nora@police.example", AGENCY_REPORT))


def test_a_stage_of_the_boards_own_roles_passes_by_appointment_only(store: Store) -> None:
    reference = launched(store)

    with pytest.raises(MoveRefused, match="belongs to a role on the board. Appoint somebody to that role") as refused:
        give(store, reference, "criteria-screening")
    assert refused.value.remedy == AppointToBoard("northamptonshire", Role.BUSINESS_MANAGER)


def test_stepping_down_from_what_one_is_not_is_refused(store: Store) -> None:
    launched(store)

    with store.transaction() as session, pytest.raises(MoveRefused, match="is not panel-chair of northamptonshire now"):
        step_down(
            Act(session, None, NOW, TODAY),
            board="northamptonshire",
            role=Role.PANEL_CHAIR,
            person=find_person(session, CHAIR),
        )
