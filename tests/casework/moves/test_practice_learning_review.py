"""Barking & Dagenham's Practice Learning Review, and what becomes of a decision not to hold a serious case review."""

from datetime import date

import pytest

from casework.moves.conversion import convert
from casework.people.directory import find_person
from casework.record import journal
from casework.record.act import Act
from casework.record.store import Store
from casework.views.review import ReviewView, find_review, review_view
from models.errors import InputError, MoveRefused
from models.vocabulary import ReviewState
from tests.walking import (
    CHAIR,
    DECISION,
    MANAGER,
    NOW,
    PANEL,
    PRACTICE_LEARNING_REVIEW,
    SERIOUS_CASE_REVIEW,
    TODAY,
    Step,
    launched,
    take,
    walked,
)

TYPE, BOARD = "practice-learning-review", "barking-and-dagenham"
NOT_AN_SCR = DECISION | {"decision": TYPE, "reasons_against_recommendation": "Harm was not serious."}


def view(store: Store, reference: str) -> ReviewView:
    with store.reading() as session:
        return review_view(session, reference)


def converted(store: Store, reference: str, to: str = TYPE) -> str:
    with store.transaction() as session:
        manager = find_person(session, MANAGER)
        moved = convert(Act(session, manager, NOW, TODAY), reference, to, reason="Below the threshold.")
    return moved.reference


def test_it_goes_through_the_six_stages_of_appendix_b_and_the_loop_to_closure(either_store: Store) -> None:
    reference = launched(either_store, TYPE, BOARD)

    opened = [moved.opened for moved in walked(either_store, reference, PRACTICE_LEARNING_REVIEW)]

    assert opened == [
        ("chair-decision",),
        ("partners-agreement",),
        ("lead-reviewer", "agencies-and-authors"),
        (),
        ("initial-meeting",),
        ("terms-of-reference",),
        (
            "family-invitation",
            "agency-report:example-children-s-social-care",
            "agency-report:example-police",
            "update-meetings",
        ),
        (),
        ("combined-chronology",),
        (),
        ("practitioner-events",),
        ("report",),
        ("learning-summary",),
        (),
        ("action-plan",),
        ("board-approval",),
        ("publication", "dissemination", "monitoring"),
        (),
        (),
        ("impact",),
        ("closure",),
        (),
    ]
    assert view(either_store, reference).review.state is ReviewState.CLOSED


def test_six_months_count_from_the_initial_meeting(store: Store) -> None:
    reference = launched(store, TYPE, BOARD)
    walked(store, reference, PRACTICE_LEARNING_REVIEW, until="learning-summary")

    report = next(stage for stage in view(store, reference).stages if stage.name == "report")

    assert (report.due_on, report.rule, report.basis) == (date(2014, 12, 10), "6 months", "local")


def test_another_date_agreed_at_the_initial_meeting_wins_and_needs_its_reason(store: Store) -> None:
    reference = launched(store, TYPE, BOARD)
    walked(store, reference, PRACTICE_LEARNING_REVIEW, until="initial-meeting")
    agreed = {"initial_meeting_on": "2014-06-10", "completion_due": "2015-02-27"}

    with pytest.raises(InputError, match="why: is empty. The framework gives another date"):
        take(store, reference, Step("initial-meeting", PANEL, agreed))
    take(store, reference, Step("initial-meeting", PANEL, agreed | {"why": "A complex case."}))
    walked(store, reference, PRACTICE_LEARNING_REVIEW[6:], until="learning-summary")

    report = next(stage for stage in view(store, reference).stages if stage.name == "report")
    assert (report.due_on, report.rule, report.basis) == (
        date(2015, 2, 27),
        "date agreed in the review",
        "agreed-in-the-review",
    )


def test_a_board_whose_framework_gives_no_length_has_to_agree_one(store: Store) -> None:
    reference = launched(store, TYPE, "northamptonshire")
    walked(store, reference, PRACTICE_LEARNING_REVIEW[:2])
    walked(store, reference, PRACTICE_LEARNING_REVIEW[3:5])

    with pytest.raises(InputError, match="completion_due: is empty. The framework gives no length of time"):
        take(store, reference, Step("initial-meeting", PANEL, {"initial_meeting_on": "2014-06-10"}))


def test_a_decision_not_to_hold_an_scr_goes_on_as_a_plr_without_anything_typed_twice(either_store: Store) -> None:
    old = launched(either_store, board=BOARD)
    walked(either_store, old, SERIOUS_CASE_REVIEW, until="chair-decision")

    new = take(either_store, old, Step("chair-decision", CHAIR, NOT_AN_SCR)).reference

    after, before = view(either_store, new), view(either_store, old)
    assert (new, after.review.converted_from, before.converted_to) == ("BDSCB-PLR-2014-001", old, new)
    assert after.review.referral == before.review.referral
    assert [(stage.name, stage.state) for stage in after.stages] == [
        ("referral", "closed"),
        ("panel-recommendation", "closed"),
        ("chair-decision", "closed"),
        ("partners-agreement", "open"),
    ]
    assert after.review.facts["decided_on"] == "2014-06-02"
    assert before.review.state is ReviewState.CONVERTED
    walked(either_store, new, PRACTICE_LEARNING_REVIEW[2:])
    assert view(either_store, new).review.state is ReviewState.CLOSED


def test_converting_leaves_the_duty_to_tell_the_national_panel_owed(store: Store) -> None:
    old = launched(store)
    walked(store, old, SERIOUS_CASE_REVIEW, until="chair-decision")
    take(store, old, Step("chair-decision", CHAIR, NOT_AN_SCR))

    assert [stage.name for stage in view(store, old).open_stages] == ["national-panel"]
    with pytest.raises(InputError, match="justification: is empty. There will be no serious case review"):
        take(store, old, Step("national-panel", MANAGER, {"panel_told_on": "2014-06-05"}))
    told = {"panel_told_on": "2014-06-05", "justification": "Harm was not serious."}
    assert take(store, old, Step("national-panel", MANAGER, told)).opened == ()


def test_a_decision_for_no_review_is_taken_anew_when_it_goes_on_as_a_plr_after_all(store: Store) -> None:
    old = launched(store, board=BOARD)
    walked(store, old, SERIOUS_CASE_REVIEW, until="chair-decision")
    no_review = DECISION | {"decision": "no-review", "reasons_against_recommendation": "Nothing to learn."}
    take(store, old, Step("chair-decision", CHAIR, no_review))

    new = converted(store, old)

    assert [stage.name for stage in view(store, new).open_stages] == ["chair-decision"]


def test_a_review_cannot_be_converted_to_what_it_is_or_once_it_has_ended(store: Store) -> None:
    old = launched(store, board=BOARD)

    with pytest.raises(MoveRefused, match="is a serious-case-review already"):
        converted(store, old, "serious-case-review")
    converted(store, old)
    with pytest.raises(MoveRefused, match="is converted, so nothing more can be done in it"):
        converted(store, old)


def test_update_meetings_are_regular_and_stay_open_until_the_report_is_finished(either_store: Store) -> None:
    reference = launched(either_store, TYPE, BOARD)
    walked(either_store, reference, PRACTICE_LEARNING_REVIEW, until="family-invitation")
    first, second = {"held_on": "2014-07-01"}, {"held_on": "2014-08-05"}

    take(either_store, reference, Step("update-meetings", MANAGER, {"meetings": [first]}))
    take(either_store, reference, Step("update-meetings", MANAGER, {"meetings": [second]}))
    before = {stage.name: stage.state for stage in view(either_store, reference).stages}
    rest = [step.stage for step in PRACTICE_LEARNING_REVIEW].index("family-invitation")
    walked(either_store, reference, PRACTICE_LEARNING_REVIEW[rest:])

    held = next(stage for stage in view(either_store, reference).stages if stage.name == "update-meetings")
    assert (before["update-meetings"], held.state) == ("open", "closed")
    assert [meeting["held_on"] for meeting in (held.outcome or {})["meetings"]] == ["2014-07-01", "2014-08-05"]
    with either_store.reading() as session:
        review = find_review(session, reference)
        assert (review.state, journal.verify(session, review) > 0) == ("closed", True)
