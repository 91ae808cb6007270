"""What is gathered for a document."""

from datetime import UTC, date, datetime

import pytest

from casework.documents import dossier
from casework.documents.milestones import Milestone
from casework.record.store import Store
from models.errors import NotFound
from models.vocabulary import Decision
from tests.casework.documents.reviews import (
    DECISION,
    NOW,
    PANEL,
    SCREENING,
    TERMS,
    add_stage,
    agencies,
    full_review,
    recorded,
    review,
)


def test_a_dossier_knows_who_decides_who_reviews_and_who_reported(store: Store) -> None:
    with store.transaction() as session:
        gathered = dossier(session, add_stage(session, full_review(session), "action-plan"), NOW)

    assert (gathered.reference, gathered.name) == ("LSCBN-SCR-2014-001", "Serious case review")
    assert gathered.seats.decider.named == "Robin Chair, LSCB Independent Chair"
    assert gathered.seats.monitor.named == "Kim Monitor, Chair of the Quality and Audit Sub Group"
    assert gathered.reviewers_named == "Lee Reviewer (Independent consultant)"
    assert [(part.name, part.report is not None) for part in gathered.agencies] == [
        ("Midshire Police", True),
        ("Midshire Children’s Services", True),
    ]


def test_the_day_of_a_document_is_the_day_in_london(store: Store) -> None:
    with store.transaction() as session:
        stage = add_stage(session, review(session), "criteria-screening")

        assert dossier(session, stage, datetime(2014, 6, 30, 23, 30, tzinfo=UTC)).made_on == date(2014, 7, 1)


def test_a_stage_not_open_yet_has_the_date_that_its_clock_counts_from_what_is_recorded(store: Store) -> None:
    with store.transaction() as session:
        held = review(session)
        recorded(session, held, {"chair-decision": DECISION})
        gathered = dossier(session, add_stage(session, held, "terms-of-reference"), NOW)

    assert gathered.milestone("report") == Milestone(
        key="report",
        title="Report",
        owner="Independent Lead Reviewer",
        done=False,
        due_on=date(2014, 12, 3),
        why="The review should be conducted within 6 months and result in a report; counted from the decision to "
        "initiate it.",
    )
    assert gathered.milestone("publication-period") == Milestone(
        key="publication-period",
        title="Report readily accessible on the website",
        owner="LSCBN Business Manager",
        done=False,
        due_on=None,
        why="The report stays readily accessible on the LSCB's website for a minimum of 12 months.",
    )


def test_stages_without_a_date_of_their_own_are_all_in_time_for_the_stage_that_has_it(store: Store) -> None:
    with store.transaction() as session:
        held = review(session)
        recorded(
            session, held, {"criteria-screening": SCREENING, "panel-recommendation": PANEL, "chair-decision": DECISION}
        )
        opened = add_stage(session, held, "terms-of-reference", due_on=date(2014, 12, 3))
        gathered = dossier(session, opened, NOW)
    undated = ("terms-of-reference", "family-invitation", "agency-report", "combined-chronology", "practitioner-events")

    assert [(found.key, found.by_when) for found in gathered.milestones if found.in_time_for and not found.done] == [
        ("lead-reviewer", "In time for Telling the National Panel, due 17 June 2014"),
        *((key, "In time for Report, due 3 December 2014") for key in undated),
    ]


def test_a_stage_may_be_in_time_for_one_that_has_no_date_yet(store: Store) -> None:
    with store.transaction() as session:
        held = review(session, "practice-learning-review", "barking-and-dagenham")
        recorded(session, held, {"chair-decision": DECISION | {"decision": "practice-learning-review"}})
        found = dossier(session, add_stage(session, held, "initial-meeting"), NOW).milestone("family-invitation")

    assert found is not None
    assert (found.by_when, found.due_on) == ("In time for Approval of report and actions, which has no date yet", None)


def test_a_date_agreed_for_a_stage_is_its_own(store: Store) -> None:
    with store.transaction() as session:
        held = review(session)
        recorded(session, held, {"chair-decision": DECISION, "terms-of-reference": TERMS})
        agencies(session, held, None, None)
        gathered = dossier(session, add_stage(session, held, "family-invitation"), NOW)

    found = gathered.milestone("agency-report")
    assert found is not None
    assert (found.by_when, found.why) == ("29 August 2014", "Agreed in the review.")


def test_stages_that_a_decision_has_made_needless_are_not_in_the_timetable(store: Store) -> None:
    with store.transaction() as session:
        held = review(session)
        recorded(session, held, {"chair-decision": DECISION | {"decision": "no-review"}})
        gathered = dossier(session, add_stage(session, held, "national-panel"), NOW)

    assert [found.key for found in gathered.milestones] == [
        "referral",
        "criteria-screening",
        "panel-recommendation",
        "chair-decision",
        "national-panel",
        "closure",
    ]
    assert gathered.called(Decision.NO_REVIEW) == "No review"
    assert gathered.called(Decision.PRACTICE_LEARNING_REVIEW) == "Multi-agency case review"


def test_a_stage_that_is_gone_is_named(store: Store) -> None:
    with store.transaction() as session, pytest.raises(NotFound) as refused:
        dossier(session, 99, NOW)

    assert str(refused.value) == "There is no stage 99 any longer. Withdraw the work that was queued for it."
