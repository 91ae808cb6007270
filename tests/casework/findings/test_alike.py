"""What is open elsewhere on the board and says nearly the same is shown, with who has it, to who may see it."""

from casework.findings.alike import SimilarElsewhere, alike_elsewhere
from casework.people.directory import find_person
from casework.people.roles import roles_of
from casework.record.store import Store
from casework.reviews.permissions import wholly_visible
from casework.views.review import find_review
from models.review import Review
from models.tables import id_of
from models.vocabulary import ReviewState
from tests.leading import SYSTEMS_REPORT, approve_plan, at_plan, at_report
from tests.walking import (
    ACTION,
    CHAIR,
    MONITOR,
    MONITORING,
    PLAN,
    RECOMMENDATION,
    REPORT,
    REVIEWER,
    Step,
    launched,
    take,
)

ASKED = "All agencies should keep one shared chronology."
SHARED = RECOMMENDATION | {"wording": "Keep one chronology, shared."}


def near(store: Store, reference: str, wording: str = ASKED, *, seen_by: str | None = None) -> list[SimilarElsewhere]:
    """What is open elsewhere and says nearly the same, as this person may see it."""
    with store.reading() as session:
        may_see = None
        if seen_by:
            person = id_of(find_person(session, seen_by))
            may_see = wholly_visible(person, roles_of(session, person))
        found = alike_elsewhere(session, find_review(session, reference), [wording], may_see=may_see)
    return list(found.get(wording, ()))


def planned(store: Store) -> str:
    """A review with an open action that keeps one shared chronology."""
    reference = at_plan(store, SHARED)
    action = ACTION | {"action": SHARED["wording"]}
    approve_plan(store, reference, PLAN | {"actions": [action]})
    return reference


def test_an_open_action_elsewhere_is_shown_with_who_has_it(either_store: Store) -> None:
    elsewhere, here = planned(either_store), launched(either_store)

    (found,) = near(either_store, here, seen_by=CHAIR)

    assert (found.called, found.wording) == (f"Action 1 of {elsewhere}", "Keep one chronology, shared.")
    assert (found.organisation, found.responsible, str(found.due_on)) == (
        "Example Police",
        "Olli Owner",
        "2015-03-01",
    )


def test_a_recommendation_that_waits_for_its_action_is_shown_and_then_its_action_instead(store: Store) -> None:
    elsewhere, here = at_plan(store, SHARED), launched(store)

    assert [found.called for found in near(store, here)] == [f"Recommendation 1 of {elsewhere}"]

    approve_plan(store, elsewhere, PLAN | {"actions": [ACTION | {"action": SHARED["wording"]}]})

    assert [found.called for found in near(store, here)] == [f"Action 1 of {elsewhere}"]


def test_a_recommendation_about_which_the_plan_says_why_not_is_open_no_longer(store: Store) -> None:
    elsewhere, here = at_plan(store, SHARED), launched(store)

    excuse = {"number": 1, "why": "It is done already."}
    approve_plan(store, elsewhere, PLAN | {"actions": [], "unanswered": [excuse]})

    assert near(store, here) == []


def test_a_finding_that_waits_is_shown_though_nobody_has_it_yet(store: Store) -> None:
    elsewhere, here = at_report(store, output_model="findings"), launched(store)
    take(store, elsewhere, Step("report", REVIEWER, SYSTEMS_REPORT))

    (found,) = near(store, here, "Nobody sees the whole")

    assert (found.called, found.organisation, found.responsible, found.due_on) == (
        f"Finding 1 of {elsewhere}",
        None,
        None,
        None,
    )


def test_what_is_signed_off_or_in_the_same_review_or_on_another_board_is_not_shown(store: Store) -> None:
    elsewhere = planned(store)
    here = launched(store)
    other_board = launched(store, "practice-learning-review", "barking-and-dagenham")

    assert (near(store, elsewhere), near(store, other_board)) == ([], [])

    take(store, elsewhere, Step("monitoring", MONITOR, MONITORING))
    assert near(store, here) == []


def test_what_is_no_longer_owed_because_its_review_was_withdrawn_is_not_shown(store: Store) -> None:
    elsewhere, here = planned(store), launched(store)
    with store.transaction() as session:
        review = session.get(Review, find_review(session, elsewhere).id)
        assert review is not None
        review.state = ReviewState.WITHDRAWN
        session.add(review)

    assert near(store, here) == []


def test_nobody_is_shown_what_is_open_in_a_review_that_they_may_not_see(store: Store) -> None:
    elsewhere = planned(store)
    here = at_report(store)
    take(store, here, Step("report", REVIEWER, REPORT))

    assert [found.reference for found in near(store, here, seen_by=REVIEWER)] == [elsewhere]  # she leads both
    assert near(store, here, seen_by=ACTION["owner_email"]) == []  # who sees no more than the own action
