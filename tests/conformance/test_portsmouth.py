"""Portsmouth SCB, September 2017 [S000]: every type it runs, to closure, on dates counted by hand."""

from datetime import date
from typing import Any

import pytest

from casework.framework.profiles import board
from casework.record.store import Store
from models.errors import InputError
from tests.conformance.walk import REPORT_TO_APPROVAL, launched, of_each, take_to_closure

BOARD = "portsmouth"
MANAGER, REVIEWER, MONITOR = "business-manager", "lead-reviewer", "executive-chair"
TO_IMPACT = [
    ("dissemination", MANAGER),
    ("monitoring", MONITOR),  # regular monitoring and follow-up [2.1.7], reported to the Executive [3.1]
    ("impact", MONITOR),
    ("closure", MANAGER),
]
PUBLISHED_AS_APPROPRIATE = [
    ("action-plan", MANAGER),
    ("board-approval", "independent-chair"),
    ("publication-decision", "independent-chair"),  # published on the website “as appropriate” [7.6.2]
    *TO_IMPACT[:2],
    ("publication", MANAGER),
    *TO_IMPACT[2:],
]
BOTH = ((1, "closed"), (2, "closed"))
RECOMMENDED = ((1, "recommendations"), (2, "recommendations"))


def test_these_are_the_reviews_that_its_framework_names() -> None:
    # 7.7.1, 7.8.1, 7.8.8, 7.3.1
    assert list(board(BOARD).reviews) == [
        "serious-case-review",
        "practice-learning-review",
        "best-practice-review",
        "reflective-practice-review",
        "thematic-audit",
        "child-death-review",
    ]


def test_a_serious_case_review_by_root_cause_analysis_is_published_with_the_boards_response(store: Store) -> None:
    on = {"chair-decision": date(2017, 11, 30)}

    walk = take_to_closure(
        store, BOARD, "serious-case-review", start=date(2017, 10, 31), methodology="root-cause-analysis", on=on
    )

    assert (
        walk.order
        == [
            ("criteria-screening", MANAGER),  # the criteria of 7.8.1
            ("panel-recommendation", "panel-chair"),
            ("chair-decision", "independent-chair"),
            ("lead-reviewer", "independent-chair"),  # independent of the case and the organisations [2.1.3]
            ("terms-of-reference", REVIEWER),
            ("family-invitation", REVIEWER),  # 2.1.5
            *of_each("agency-report"),
            ("combined-chronology", REVIEWER),
            ("root-causes", REVIEWER),  # 7.8.4
            ("practitioner-events", REVIEWER),  # 2.1.4
            ("report", REVIEWER),
            ("learning-summary", REVIEWER),
            ("action-plan", MANAGER),
            ("board-approval", "independent-chair"),  # with the LSCB's response [2.1.6]
            ("publication", MANAGER),  # must be published: there is nothing to decide [2.1.6]
            TO_IMPACT[1],
            TO_IMPACT[0],
            *TO_IMPACT[2:],
        ]
    )
    decision, report = date(2017, 11, 30), date(2018, 5, 30)
    # the framework gives no times: those of Working Together 2015 hold, one month and six months
    assert (walk.of("chair-decision").due, walk.of("root-causes").due, walk.of("report").due) == (
        decision,
        report,
        report,
    )
    # it keeps no 14 days: the national panel is not mentioned
    assert "national-panel" not in walk.dues
    went_up = walk.of("publication").on
    assert walk.published == (went_up, date(went_up.year + 1, went_up.month, went_up.day))
    assert (walk.edition, walk.state, walk.findings, walk.actions) == ("WT2015", "closed", RECOMMENDED, BOTH)


@pytest.mark.parametrize(
    ("notified", "due"),
    [
        (date(2017, 1, 31), date(2017, 2, 28)),
        (date(2016, 1, 31), date(2016, 2, 29)),  # a leap year
        (date(2017, 3, 14), date(2017, 4, 14)),  # Good Friday: it does not roll
        (date(2017, 11, 25), date(2017, 12, 25)),  # Christmas Day: it does not roll
    ],
)
def test_a_serious_case_review_is_decided_within_the_month_of_working_together(
    store: Store, notified: date, due: date
) -> None:
    screening = launched(store, BOARD, "serious-case-review", start=notified).look("criteria-screening")

    assert (screening.due, screening.rule, screening.basis) == (due, "1 month", "statutory-guidance")


def test_a_critical_incident_review_is_the_scr_committees_own_and_published_as_appropriate(store: Store) -> None:
    # 7.8.1 and 7.8.8: below the criteria; here an appreciative inquiry [7.8.7]
    said = {"initial-meeting": {"completion_due": "2018-02-28"}}

    walk = take_to_closure(
        store, BOARD, "practice-learning-review", start=date(2017, 9, 18), methodology="appreciative-inquiry", said=said
    )

    assert walk.order == [
        ("chair-decision", "panel-chair"),  # by the multi-agency SCR Committee [7.8.8]
        ("lead-reviewer", "panel-chair"),
        ("agencies-and-authors", MANAGER),
        ("initial-meeting", "panel-chair"),
        ("terms-of-reference", "panel-chair"),
        ("family-invitation", REVIEWER),
        *of_each("agency-chronology"),
        ("combined-chronology", REVIEWER),
        ("whole-system-session", REVIEWER),
        ("report", REVIEWER),
        ("learning-summary", REVIEWER),
        *PUBLISHED_AS_APPROPRIATE,
    ]
    assert walk.dues == dict.fromkeys(REPORT_TO_APPROVAL, date(2018, 2, 28))
    # how long it stays is not said: no end is counted
    assert walk.published == (walk.of("publication").on, None)
    assert (walk.findings, walk.actions) == (RECOMMENDED, BOTH)


def test_a_best_practice_review_learns_from_what_went_well(store: Store) -> None:
    # 7.8.1: submitted to the SCR Committee, or the Professional Practice Committee
    walk = take_to_closure(store, BOARD, "best-practice-review", start=date(2017, 9, 18))

    assert walk.order == [
        ("chair-decision", "panel-chair"),
        ("practice-plan", MANAGER),
        ("practitioner-events", REVIEWER),
        ("report", REVIEWER),
        *PUBLISHED_AS_APPROPRIATE,
    ]
    assert (walk.dues, walk.findings, walk.actions) == ({}, RECOMMENDED, BOTH)
    assert walk.published == (walk.of("publication").on, None)


def test_a_reflective_practice_review_meeting_is_the_professional_practice_committees(store: Store) -> None:
    # 7.8.8: professionals of a case reflect on case management and decision making
    said = {"chair-decision": {"reasons_against_recommendation": "They wish to reflect together."}}

    walk = take_to_closure(store, BOARD, "reflective-practice-review", start=date(2017, 9, 18), said=said)

    assert walk.order == [
        ("chair-decision", "practice-chair"),
        ("reflective-meeting", "practice-chair"),
        ("action-plan", MANAGER),
        ("board-approval", "practice-chair"),
        *TO_IMPACT,
    ]
    assert (walk.dues, walk.published, walk.findings, walk.actions) == ({}, None, RECOMMENDED, BOTH)


def test_a_thematic_audit_is_on_a_theme_of_mesc_that_the_executive_agrees(store: Store) -> None:
    walk = take_to_closure(store, BOARD, "thematic-audit", start=date(2017, 9, 18))

    assert (
        walk.order
        == [
            ("theme-agreement", "executive-chair"),  # agreed by the PSCB or Executive [7.7.1]
            ("audit-plan", MANAGER),
            *of_each("file-audit"),  # a multi-agency team reviewing case files [7.7.1]
            ("practitioners-and-families", REVIEWER),  # reflective practice meetings with practitioners [7.7.1]
            ("audit-meeting", REVIEWER),
            ("report", REVIEWER),
            *PUBLISHED_AS_APPROPRIATE[:-2],
            ("re-audit", MONITOR),
            *TO_IMPACT[2:],
        ]
    )
    assert (walk.dues, walk.findings, walk.actions) == ({}, RECOMMENDED, BOTH)
    assert walk.published == (walk.of("publication").on, None)


def test_an_audit_meets_practitioners_where_that_is_appropriate_or_says_why_not(store: Store) -> None:
    # 7.7.1
    reason: dict[str, Any] = {"events": [], "heard": None, "why_nobody": "The files are ten years old."}
    silent = launched(store, BOARD, "thematic-audit", start=date(2017, 9, 18)).until("practitioners-and-families")

    with pytest.raises(InputError, match="events: is empty. Give an event, or say why it was not appropriate"):
        silent.complete("practitioners-and-families", events=[], heard=None)
    silent.complete("practitioners-and-families", **reason)
    assert silent.open() == ["audit-meeting"]


def test_an_audit_may_be_kept_from_the_website_with_a_reason(store: Store) -> None:
    withheld = {"publication-decision": {"publish": "withhold", "reasons": "Two families could be recognised."}}

    walk = take_to_closure(store, BOARD, "thematic-audit", start=date(2017, 9, 18), said=withheld)

    assert "publication" not in dict(walk.order)
    assert (walk.published, walk.state) == (None, "closed")


def test_a_theme_that_is_not_agreed_ends_there(store: Store) -> None:
    declined = {"theme-agreement": {"theme_decision": "not-agreed", "reasons": "Audited last year."}}

    walk = take_to_closure(store, BOARD, "thematic-audit", start=date(2017, 9, 18), said=declined)

    assert walk.order == [("theme-agreement", "executive-chair"), ("closure", MANAGER)]


def test_a_child_death_goes_to_the_child_death_overview_panel(store: Store) -> None:
    # 7.3.1, paragraph 2
    walk = take_to_closure(store, BOARD, "child-death-review", start=date(2017, 9, 18))

    assert walk.order == [
        ("agencies-and-authors", MANAGER),
        *of_each("death-information"),
        ("death-panel", "child-death-chair"),
        ("action-plan", MANAGER),
        ("board-approval", "child-death-chair"),
        *TO_IMPACT,
    ]
    assert (walk.dues, walk.published, walk.findings, walk.actions) == ({}, None, RECOMMENDED, BOTH)
