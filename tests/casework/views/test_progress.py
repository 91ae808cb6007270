"""Where a review stands, in keys, roles and days only."""

from datetime import date

import pytest

from casework.moves import steering
from casework.people.directory import find_person
from casework.record.act import Act
from casework.record.store import Store
from casework.views.progress import Progress, StageStanding, progress, waits_for
from models.vocabulary import ReviewState, Role
from tests.walking import MANAGER, NOW, SERIOUS_CASE_REVIEW, TODAY, launched, walked

MAY, JUNE, NEXT = date(2026, 5, 12), date(2026, 6, 1), date(2027, 1, 5)
IN_MAY = date(2026, 5, 1)


def shown(store: Store, *, until: str | None) -> Progress:
    """A serious case review that has come so far."""
    reference = launched(store)
    walked(store, reference, SERIOUS_CASE_REVIEW, until=until)
    with store.reading() as session:
        return progress(Act(session, None, NOW, TODAY), reference)


def owed(key: str, due_on: date | None, number: int = 1, of: int = 1) -> StageStanding:
    """An open stage."""
    return StageStanding(key, "open", Role.LEAD_REVIEWER, IN_MAY, due_on, None, number, of)


def review_with(*stages: StageStanding) -> Progress:
    """A review with these stages."""
    return Progress("LSCBN", "serious-case-review", ReviewState.OPEN, stages)


@pytest.mark.parametrize(
    ("stages", "said"),
    [
        ([owed("chair-decision", MAY)], "waits for chair-decision, due 12 May"),
        ([owed("chair-decision", NEXT)], "waits for chair-decision, due 5 January 2027"),
        ([owed("chair-decision", None)], "waits for chair-decision"),
        ([owed("b", None), owed("a", MAY)], "waits for a, due 12 May; b"),
        (
            [owed("agency-report", JUNE, 1, 5), owed("agency-report", MAY, 3, 5)],
            "waits for agency-report (2 of 5), due 12 May",
        ),
        ([owed(key, MAY) for key in "abcde"], "waits for a, due 12 May; b, due 12 May; c, due 12 May; and 2 more"),
        ([], "waits for no stage"),
    ],
)
def test_a_review_says_what_it_waits_for_and_what_is_due_first_comes_first(
    stages: list[StageStanding], said: str
) -> None:
    assert waits_for(review_with(*stages), IN_MAY, with_dates=True) == said


def test_without_days_it_names_the_stages_alone() -> None:
    assert waits_for(review_with(owed("chair-decision", MAY)), IN_MAY, with_dates=False) == "waits for chair-decision"


def test_a_review_on_hold_says_so(store: Store) -> None:
    reference = launched(store)
    with store.transaction() as session:
        by = find_person(session, MANAGER)
        steering.hold(Act(session, by, NOW, TODAY), reference, reason="A trial.", until=None)
    with store.reading() as session:
        found = progress(Act(session, None, NOW, TODAY), reference)

    assert waits_for(found, TODAY, with_dates=True) == "on hold"


def test_what_a_review_needs_not_is_not_to_come(store: Store) -> None:
    found = shown(store, until="terms-of-reference")

    states = {stage.key: stage.state for stage in found.stages}
    assert (states["chair-decision"], states["terms-of-reference"], states["report"]) == ("closed", "open", "to come")
    assert "publication-decision" not in states  # this board may not withhold a report


def test_of_agencies_each_has_its_number_and_after_the_end_nothing_is_to_come(store: Store) -> None:
    found = shown(store, until=None)

    reports = [(stage.number, stage.of) for stage in found.stages if stage.key == "agency-report"]
    assert (reports, found.state) == ([(1, 2), (2, 2)], ReviewState.CLOSED)
    assert {stage.state for stage in found.stages} == {"closed", "open"}  # the report's time on the website goes on
