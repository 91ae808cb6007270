"""Gloucestershire SCB, November 2013, reviewed 2016 [S004]: every type it runs, to closure, on dates by hand."""

from datetime import date
from typing import Any

import pytest

from casework.framework.profiles import board
from casework.record.store import Store
from casework.views.review import review_view
from models.errors import InputError
from tests.conformance.people import SOURCES
from tests.conformance.walk import REPORT_TO_APPROVAL, launched, of_each, take_to_closure

BOARD = "gloucestershire"
MANAGER, REVIEWER, CHAIR = "business-manager", "lead-reviewer", "independent-chair"
YOUTH = "youth-justice-lead"
TO_IMPACT = [
    ("dissemination", MANAGER),  # 3.4
    ("monitoring", CHAIR),  # regular GSCB monitoring and follow up [1.0]
    ("impact", CHAIR),
    ("closure", MANAGER),
]
UNLESS_WITHHELD = [
    ("action-plan", MANAGER),
    ("board-approval", CHAIR),
    # published unless that is not in the best interests of the children or public [3.5]
    ("publication-decision", CHAIR),
    *TO_IMPACT[:2],
    ("publication", MANAGER),
    *TO_IMPACT[2:],
]
SYSTEMS = [
    ("review-team", REVIEWER),  # staff are brought together far earlier on [3.5]
    ("conversations", REVIEWER),
    ("joint-meetings", REVIEWER),  # to correct, challenge or amplify the emerging analysis [3.5]
]
BOTH = ((1, "closed"), (2, "closed"))
RECOMMENDED = ((1, "recommendations"), (2, "recommendations"))
CHALLENGES = ((1, "findings"), (2, "findings"))
AGREED: dict[str, Any] = {"initial-meeting": {"completion_due": "2017-06-30"}}


def test_these_are_the_reviews_that_its_framework_names() -> None:
    # 2.1 to 2.3; Appendix One
    assert set(board(BOARD).reviews) == {
        "serious-case-review",
        "practice-learning-review",
        "child-death-review",
        "extended-learning-review",
        "themed-review",
        "deep-dive",
        "light-touch-review",
    }


def test_a_traditional_serious_case_review_is_recommended_by_the_sub_group_and_decided_by_the_chair(
    store: Store,
) -> None:
    # Appendix One, Serious Case Review; 3.5, the left column
    on = {"chair-decision": date(2015, 12, 31)}

    walk = take_to_closure(store, BOARD, "serious-case-review", start=date(2015, 11, 30), on=on)

    assert (
        walk.order
        == [
            ("criteria-screening", MANAGER),
            ("panel-recommendation", "panel-chair"),
            ("chair-decision", CHAIR),
            ("lead-reviewer", CHAIR),
            ("terms-of-reference", REVIEWER),
            ("family-invitation", REVIEWER),
            *of_each("agency-report"),  # Individual Management Reports
            ("combined-chronology", REVIEWER),
            ("practitioner-events", REVIEWER),
            ("report", REVIEWER),
            ("learning-summary", REVIEWER),
            *UNLESS_WITHHELD[:3],
            TO_IMPACT[1],
            ("publication", MANAGER),
            TO_IMPACT[0],  # once it is published
            *TO_IMPACT[2:],
        ]
    )
    assert walk.of("chair-decision").due == date(2015, 12, 30)  # Working Together 2015: a month from 30 November
    assert walk.of("report").due == date(2016, 6, 30)  # no 31 June
    assert walk.published is not None
    assert (walk.edition, walk.state, walk.findings, walk.actions) == ("WT2015", "closed", RECOMMENDED, BOTH)


def test_a_serious_case_review_by_learning_together_puts_findings_as_challenges_to_the_board(store: Store) -> None:
    # 3.5, the right column
    walk = take_to_closure(
        store, BOARD, "serious-case-review", start=date(2014, 2, 3), methodology="scie-learning-together"
    )

    names = [stage for stage, _ in walk.order]
    assert walk.order[4:9] == [
        ("terms-of-reference", REVIEWER),
        ("family-invitation", REVIEWER),
        *SYSTEMS,
    ]
    assert names[9:13] == ["report", "learning-summary", "action-plan", "board-approval"]
    assert (walk.of("board-response").role, walk.findings, walk.actions) == (CHAIR, CHALLENGES, BOTH)
    # an incident of 2014 keeps the guidance of 2013 [1.0, paragraph 1]
    assert walk.edition == "WT2013"


@pytest.mark.parametrize(
    ("happened", "edition"),
    [(date(2015, 3, 25), "WT2013"), (date(2015, 3, 26), "WT2015"), (date(2016, 11, 1), "WT2015")],
)
def test_a_review_keeps_the_guidance_in_force_on_the_day_of_the_incident(
    store: Store, happened: date, edition: str
) -> None:
    said = {"referral": {"incident_on": happened.isoformat()}}

    walk = take_to_closure(
        store, BOARD, "practice-learning-review", methodology="hybrid", start=date(2016, 11, 7), said=said | AGREED
    )

    assert walk.edition == edition


def test_a_case_review_is_the_sub_groups_own_decision_and_takes_a_hybrid_of_systems_methods(store: Store) -> None:
    # Appendix One, Case Review
    walk = take_to_closure(
        store, BOARD, "practice-learning-review", start=date(2016, 11, 7), methodology="hybrid", said=AGREED
    )

    assert walk.order == [
        ("chair-decision", "panel-chair"),
        ("lead-reviewer", "panel-chair"),
        ("agencies-and-authors", MANAGER),
        ("initial-meeting", "panel-chair"),
        ("terms-of-reference", "panel-chair"),
        ("family-invitation", REVIEWER),
        *of_each("agency-chronology"),
        ("learning-event", REVIEWER),
        ("recall-session", REVIEWER),
        ("report", REVIEWER),
        ("learning-summary", REVIEWER),
        *UNLESS_WITHHELD,
    ]
    assert walk.dues == dict.fromkeys(REPORT_TO_APPROVAL, date(2017, 6, 30))
    assert (walk.published, walk.findings, walk.actions) == ((walk.of("publication").on, None), RECOMMENDED, BOTH)


def test_a_report_is_withheld_where_publishing_it_is_not_in_the_best_interests_of_the_children(store: Store) -> None:
    withheld = {"publication-decision": {"publish": "withhold", "reasons": "A sibling could be recognised."}}

    walk = take_to_closure(store, BOARD, "serious-case-review", start=date(2016, 11, 7), said=withheld)

    assert "publication" not in dict(walk.order)
    assert (walk.published, dict(walk.still_open), walk.state) == (None, {}, "closed")


def test_a_child_death_review_is_overseen_by_cdop(store: Store) -> None:
    # Appendix One, Child Death Review
    walk = take_to_closure(store, BOARD, "child-death-review", start=date(2016, 11, 7))

    assert walk.order == [
        ("agencies-and-authors", MANAGER),
        *of_each("death-information"),
        ("death-panel", "child-death-chair"),
        ("action-plan", MANAGER),
        ("board-approval", "child-death-chair"),
        *TO_IMPACT,
    ]
    assert (walk.dues, walk.findings, walk.actions) == ({}, RECOMMENDED, BOTH)


def test_an_extended_learning_review_is_the_youth_support_services_and_overseen_by_the_board(store: Store) -> None:
    # Appendix One, Extended Learning Review: a systems method, reported to the Youth Justice Board
    walk = take_to_closure(
        store, BOARD, "extended-learning-review", start=date(2016, 11, 7), methodology="scie-learning-together"
    )

    assert walk.order == [
        ("chair-decision", YOUTH),
        ("lead-reviewer", YOUTH),
        ("terms-of-reference", REVIEWER),
        ("family-invitation", REVIEWER),
        *SYSTEMS,
        ("report", REVIEWER),
        ("youth-justice-report", YOUTH),
        ("action-plan", MANAGER),
        ("board-approval", CHAIR),
        ("board-response", CHAIR),
        ("publication-decision", CHAIR),
        *TO_IMPACT[:2],
        ("publication", MANAGER),
        *TO_IMPACT[2:],
    ]
    assert (walk.dues, walk.findings, walk.actions) == ({}, CHALLENGES, BOTH)
    assert walk.published == (walk.of("publication").on, None)


def test_a_themed_review_examines_a_sample_of_files_and_hears_practitioners_and_young_people(store: Store) -> None:
    # Appendix One, Themed Review
    events = [
        {"kind": "focus-group", "held_on": "2016-12-12", "attended": 9},
        {"kind": "discussion-with-young-people", "held_on": "2016-12-12", "attended": 5},
    ]

    walk = take_to_closure(
        store,
        BOARD,
        "themed-review",
        start=date(2016, 11, 7),
        on={"practitioners-and-families": date(2016, 12, 12)},
        said={"practitioners-and-families": {"events": events}},
    )

    assert walk.order == [
        ("theme-agreement", CHAIR),  # the GSCB decides
        ("audit-plan", MANAGER),
        *of_each("file-audit"),
        ("practitioners-and-families", REVIEWER),
        ("report", REVIEWER),
        ("action-plan", MANAGER),
        ("board-approval", CHAIR),
        ("publication", MANAGER),  # all learning is published, to achieve transparency [1.0]
        *TO_IMPACT,
    ]
    assert (walk.dues, walk.findings, walk.actions) == ({}, RECOMMENDED, BOTH)


def test_a_deep_dive_learns_from_several_sources_side_by_side_each_by_its_own_date(store: Store) -> None:
    # 2.1 and 2.3
    on = {"deep-dive-plan": date(2016, 11, 21)}

    walk = take_to_closure(store, BOARD, "deep-dive", start=date(2016, 11, 7), on=on)

    assert walk.order == [
        ("theme-agreement", CHAIR),  # a priority of the GSCB [2.1]
        ("deep-dive-plan", MANAGER),
        *of_each("evidence", SOURCES),
        ("report", REVIEWER),
        ("action-plan", MANAGER),
        ("board-approval", CHAIR),
        ("publication", MANAGER),  # all learning is published, to achieve transparency [1.0]
        *TO_IMPACT,
    ]
    assert walk.dues == {
        "evidence:case-files-of-the-hospital": date(2017, 1, 2),  # six weeks, agreed in the plan: a bank holiday
        "evidence:views-of-young-people": date(2017, 1, 16),  # eight weeks
    }
    assert walk.of("evidence:case-files-of-the-hospital").safe == date(2016, 12, 30)
    assert {each.opened for each in walk.done if each.stage.startswith("evidence:")} == {date(2016, 11, 21)}
    assert (walk.findings, walk.actions) == (RECOMMENDED, BOTH)
    assert walk.published == (walk.of("publication").on, None)


def test_two_sources_of_one_name_are_refused_where_they_stand(store: Store) -> None:
    walker = launched(store, BOARD, "deep-dive", start=date(2016, 11, 7)).until("deep-dive-plan")
    source = {
        "kind": "performance-data",
        "name": "The data set",
        "owner_name": "Pat Data",
        "due_on": "2017-03-01",
        "owner_email": "pat.data@agency.example",
    }

    with pytest.raises(InputError, match="^sources: ‘The data set’ is named twice"):
        walker.complete("deep-dive-plan", sources=[source, source])


def test_a_light_touch_review_answers_one_question_and_acts_on_it(store: Store) -> None:
    # 2.2
    walk = take_to_closure(
        store, BOARD, "light-touch-review", start=date(2016, 11, 7), said={"question": {"answer_due": "2016-12-25"}}
    )

    assert walk.order == [
        ("theme-agreement", CHAIR),
        ("question", MANAGER),
        ("answer", REVIEWER),
        ("action-plan", MANAGER),
        ("board-approval", CHAIR),
        ("publication", MANAGER),  # all learning is published, to achieve transparency [1.0]
        *TO_IMPACT,
    ]
    assert (walk.dues, walk.of("answer").safe) == ({"answer": date(2016, 12, 25)}, date(2016, 12, 23))
    assert (walk.findings, walk.actions) == ((), BOTH)


def test_a_light_touch_review_whose_answer_needs_no_action_ends_with_it(store: Store) -> None:
    # 2.2: the results may show that nothing further is needed
    said = {"answer": {"answer": "no-action"}}

    walk = take_to_closure(store, BOARD, "light-touch-review", start=date(2016, 11, 7), said=said)

    assert walk.order[2:] == [("answer", REVIEWER), ("publication", MANAGER), ("closure", MANAGER)]
    assert walk.actions == ()


def test_a_light_touch_review_that_needs_deeper_investigation_goes_on_as_a_deep_dive_to_its_end(store: Store) -> None:
    # 2.2: to learn whether deeper investigation or specific action is needed
    walker = launched(
        store, BOARD, "light-touch-review", start=date(2016, 11, 7), said={"answer": {"answer": "deeper-investigation"}}
    )
    began = walker.reference

    walk = walker.to_closure()

    assert (began, walk.reference) == ("GSCB-LTR-2016-001", "GSCB-DD-2016-001")
    assert [stage for stage, _ in walk.order][:6] == [
        "theme-agreement",
        "question",
        "answer",
        "theme-agreement",
        "deep-dive-plan",
        "evidence:case-files-of-the-hospital",
    ]
    assert (walk.state, walk.actions) == ("closed", BOTH)
    with store.reading() as session:
        assert review_view(session, began).review.state == "converted"


@pytest.mark.parametrize("type_", ["practice-learning-review", "extended-learning-review"])
def test_case_reviews_and_extended_learning_reviews_are_done_by_a_systems_method(store: Store, type_: str) -> None:
    # Appendix One, HOW do we do the learning
    said = {"initial-meeting": {"completion_due": "2017-06-30"}}
    walker = launched(store, BOARD, type_, start=date(2016, 11, 7), said=said).until("terms-of-reference")

    with pytest.raises(InputError, match=r"^methodology: ‘Traditional.*Systems .*\(S004 Appendix One, "):
        walker.complete("terms-of-reference")
