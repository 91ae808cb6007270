"""A framework's deadline of a stage that is not open yet is watched, whoever owes what before it."""

from datetime import UTC, date, datetime

import pytest

from casework.moves import steering
from casework.outbox.due_notices import have_come
from casework.people.directory import find_person
from casework.record.act import Act
from casework.record.store import Store
from casework.views.overview import Filter, most_overdue, next_deadlines, totals
from casework.views.review import ReviewView, review_view
from models.errors import InputError
from models.vocabulary import Rung
from tests.conformance.people import MANAGER
from tests.conformance.walk import Walker, launched

NOTIFIED, OUTER, INNER = date(2026, 11, 30), date(2026, 12, 21), date(2027, 1, 15)
AWARE = {"referral": {"aware_on": "2026-11-30", "incident_on": "2026-11-28"}}
BOARD = "safeguarding-children-partnership"


@pytest.fixture
def walker(either_store: Store) -> Walker:
    found = launched(either_store, BOARD, "rapid-review", start=NOTIFIED, said=AWARE)
    for stage in ("criteria-screening", "chair-decision", "serious-incident-notification", "agencies-and-authors"):
        said = {"panel_notified_on": NOTIFIED.isoformat()} if stage == "serious-incident-notification" else {}
        found.complete(stage, **said)
    return found


def view(walker: Walker) -> ReviewView:
    with walker.store.reading() as session:
        return review_view(session, walker.reference)


def extend(walker: Walker, name: str, to: date, *, sure: bool = False) -> None:
    with walker.store.transaction() as session:
        act = Act(session, find_person(session, MANAGER), datetime(2026, 12, 2, 9, tzinfo=UTC), date(2026, 12, 2))
        steering.extend(act, walker.reference, name, to=to, reason="The records come late.", sure=sure)


def summaries(walker: Walker) -> list[str]:
    return [stage.name for stage in view(walker).open_stages]


def test_an_extension_that_passes_the_outer_date_is_warned_of_first(walker: Walker) -> None:
    with pytest.raises(InputError, match="sure: 2027-01-15 passes the framework’s deadline of .*2026-12-21, which"):
        extend(walker, summaries(walker)[0], INNER)

    assert {stage.due_on for stage in view(walker).open_stages} == {OUTER}


def test_while_an_open_stage_has_to_be_done_by_the_outer_date_its_row_is_that_of_the_date(walker: Walker) -> None:
    extend(walker, summaries(walker)[0], INNER, sure=True)

    assert view(walker).watched == ()


def test_the_outer_date_is_reminded_of_listed_and_counted_when_all_inside_has_been_extended(walker: Walker) -> None:
    for name in summaries(walker):
        extend(walker, name, INNER, sure=True)

    (outer,) = view(walker).watched
    assert (outer.name, outer.due_on, outer.basis) == ("rapid-review-sent", OUTER, "national-panel-guidance")
    with walker.store.reading() as session:
        first = most_overdue(session, Filter(boards=(BOARD,)))[0]
        counted = totals(session, Filter(boards=(BOARD,)), today=date(2026, 12, 22), soon=date(2027, 1, 6))
        come = [due for due in have_come(session.connection(), list(Rung), date(2027, 6, 1)) if due.due_on == OUTER]
        following = next_deadlines(session, [walker.reference])
    assert (first.key, first.due_on, first.is_open) == ("rapid-review-sent", OUTER, False)
    assert (counted.overdue, following) == (1, {walker.reference: OUTER})
    assert {due.rung for due in come if due.stands} >= {Rung.OWNER, Rung.BUSINESS_MANAGER, Rung.INDEPENDENT_CHAIR}


def test_the_row_of_the_outer_date_ends_with_the_review(walker: Walker) -> None:
    for name in summaries(walker):
        extend(walker, name, INNER, sure=True)
    with walker.store.transaction() as session:
        act = Act(session, find_person(session, MANAGER), datetime(2026, 12, 3, 9, tzinfo=UTC), date(2026, 12, 3))
        steering.withdraw(act, walker.reference, reason="Referred twice.")

    with walker.store.reading() as session:
        assert most_overdue(session, Filter(boards=(BOARD,))) == []
    assert view(walker).watched == ()
