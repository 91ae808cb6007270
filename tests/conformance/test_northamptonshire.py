"""Northamptonshire LSCB, April 2014 [S001]: every type it runs, to closure, on dates counted by hand."""

from datetime import UTC, date, datetime

import pytest

from casework.framework.profiles import board
from casework.moves.publication_period import end_periods
from casework.record.store import Store
from casework.views.review import review_view
from tests.conformance.people import LENA
from tests.conformance.walk import REPORT_TO_APPROVAL, launched, of_each, take_to_closure

BOARD = "northamptonshire"
MANAGER, REVIEWER, MONITOR = "business-manager", "lead-reviewer", "monitoring-chair"
TO_IMPACT = [
    ("dissemination", MANAGER),
    ("monitoring", MONITOR),  # the Quality and Audit Sub Group [Multi Agency Audits, paragraph 2]
    ("impact", MONITOR),
    ("closure", MANAGER),
]
NOON = datetime(2015, 7, 1, 12, 0, tzinfo=UTC)
BOTH = ((1, "closed"), (2, "closed"))
RECOMMENDED = ((1, "recommendations"), (2, "recommendations"))


def test_these_are_the_reviews_that_its_framework_names() -> None:
    # Introduction, list of reviews; Appendix 2, last paragraph
    assert list(board(BOARD).reviews) == [
        "serious-case-review",
        "practice-learning-review",
        "single-case-audit",
        "thematic-audit",
        "child-death-review",
    ]


def test_a_serious_case_review_is_decided_told_reviewed_published_and_followed_up(either_store: Store) -> None:
    on = {"chair-decision": date(2014, 2, 28), "publication": date(2014, 6, 30)}

    walk = take_to_closure(either_store, BOARD, "serious-case-review", start=date(2014, 1, 31), on=on)

    assert (
        walk.order
        == [
            ("criteria-screening", MANAGER),
            ("panel-recommendation", "panel-chair"),  # the SCR committee [Appendix 2]; open, the board's own choice
            ("chair-decision", "independent-chair"),  # the final decision [Serious Case Reviews, paragraph 1]
            ("lead-reviewer", "independent-chair"),  # appointed by the Chair [paragraph 2]
            ("national-panel", MANAGER),  # with the name of the reviewer [paragraph 2]
            ("terms-of-reference", REVIEWER),
            ("family-invitation", REVIEWER),
            *of_each("agency-report"),
            ("combined-chronology", REVIEWER),
            ("practitioner-events", REVIEWER),
            ("report", REVIEWER),
            ("learning-summary", REVIEWER),  # the lead reviewer develops it [Implementing the Learning, paragraph 1]
            ("action-plan", MANAGER),
            ("board-approval", "independent-chair"),
            ("publication", MANAGER),
            TO_IMPACT[1],
            TO_IMPACT[0],
            *TO_IMPACT[2:],
        ]
    )
    decision, panel, report = date(2014, 2, 28), date(2014, 3, 14), date(2014, 8, 28)
    assert walk.dues == {
        "criteria-screening": decision,
        "panel-recommendation": decision,
        "chair-decision": decision,  # one month from 31 January: no 31 February [paragraph 1]
        "lead-reviewer": panel,
        "national-panel": panel,  # 14 days from 28 February [paragraph 1]
        "terms-of-reference": report,
        "family-invitation": report,
        "agency-report:example-social-care": report,
        "agency-report:example-police": report,
        "combined-chronology": report,
        "practitioner-events": report,
        "report": report,  # six months from 28 February: the 28th, not the last of August [paragraph 3]
    }
    assert (walk.edition, walk.state, walk.findings, walk.actions) == ("WT2013", "closed", RECOMMENDED, BOTH)
    assert walk.documents == {
        "screening-record",
        "panel-notification",
        "terms-of-reference",
        "agency-report-request",
        "report-skeleton",
        "learning-summary",
        "learning-slides",
        "action-plan",  # slides for a workshop [Implementing the Learning]
    }
    # readily accessible for a minimum of 12 months, then on request [paragraph 3]
    assert walk.published == (date(2014, 6, 30), date(2015, 6, 30))
    assert walk.still_open == {"publication-period": date(2015, 6, 30)}
    assert end_periods(either_store, today=date(2015, 6, 30), now=NOON) == 0
    assert end_periods(either_store, today=date(2015, 7, 1), now=NOON) == 1


def test_the_national_panel_hears_the_names_of_the_reviewers_or_why_there_is_no_review(store: Store) -> None:
    # Serious Case Reviews, paragraph 2: both ways
    held = launched(store, BOARD, "serious-case-review", start=date(2014, 5, 6))
    held.to_closure()
    against = {"decision": "no-review", "reasons_against_recommendation": "It was an accident."}
    justified = {"chair-decision": against, "national-panel": {"justification": "The threshold is not met."}}

    none = take_to_closure(store, BOARD, "serious-case-review", start=date(2014, 5, 6), said=justified)

    with store.reading() as session:
        told = next(stage for stage in review_view(session, held.reference).stages if stage.name == "national-panel")
    assert told.outcome is not None
    assert told.outcome["lead_reviewers"] == [LENA["name"]]
    assert none.order == [
        ("criteria-screening", MANAGER),
        ("panel-recommendation", "panel-chair"),
        ("chair-decision", "independent-chair"),
        ("national-panel", MANAGER),
        ("closure", MANAGER),
    ]
    assert none.of("national-panel").due == date(2014, 6, 10)  # 14 days from 27 May


@pytest.mark.parametrize(
    ("notified", "due", "safe"),
    [
        (date(2013, 8, 31), date(2013, 9, 30), date(2013, 9, 30)),  # no 31 September
        (date(2013, 11, 25), date(2013, 12, 25), date(2013, 12, 24)),  # Christmas Day: it does not roll
        (date(2014, 3, 18), date(2014, 4, 18), date(2014, 4, 17)),  # Good Friday
        (date(2014, 2, 28), date(2014, 3, 28), date(2014, 3, 28)),  # not the last of March
        (date(2016, 1, 31), date(2016, 2, 29), date(2016, 2, 29)),  # a leap year
        (date(2016, 2, 29), date(2016, 3, 29), date(2016, 3, 29)),
    ],
)
def test_the_decision_is_due_one_month_from_the_notification(
    store: Store, notified: date, due: date, safe: date
) -> None:
    decision = launched(store, BOARD, "serious-case-review", start=notified).until("chair-decision")

    found = decision.look("chair-decision")

    assert (found.due, found.safe, found.rule, found.basis) == (due, safe, "1 month", "statutory-guidance")
    assert found.cites == "S001 Serious Case Reviews, paragraph 1"


@pytest.mark.parametrize(
    ("decided", "panel", "safe", "report"),
    [
        (date(2013, 8, 31), date(2013, 9, 14), date(2013, 9, 13), date(2014, 2, 28)),  # a Saturday; clamped
        (date(2014, 12, 18), date(2015, 1, 1), date(2014, 12, 31), date(2015, 6, 18)),  # New Year's Day
        (date(2015, 8, 31), date(2015, 9, 14), date(2015, 9, 14), date(2016, 2, 29)),  # clamped to a leap day
        (date(2016, 2, 29), date(2016, 3, 14), date(2016, 3, 14), date(2016, 8, 29)),
        (date(2014, 4, 4), date(2014, 4, 18), date(2014, 4, 17), date(2014, 10, 4)),  # Good Friday; a Saturday
    ],
)
def test_the_panel_is_told_in_14_days_and_the_review_conducted_in_six_months_of_the_decision(
    store: Store, decided: date, panel: date, safe: date, report: date
) -> None:
    notified = date.fromordinal(decided.toordinal() - 21)
    walker = launched(store, BOARD, "serious-case-review", start=notified, on={"chair-decision": decided})

    walker.until("national-panel")

    told, terms = walker.look("national-panel"), walker.look("terms-of-reference")
    assert (told.due, told.safe, told.rule, told.basis) == (panel, safe, "14 days", "national-panel-guidance")
    assert (terms.due, terms.rule, terms.basis) == (report, "6 months", "statutory-guidance")


def test_a_multi_agency_case_review_agrees_its_own_time_and_has_a_learning_summary(store: Store) -> None:
    # Multi Agency Audits, paragraph 1: the LSCB determines the process; no length of time is given
    said = {"initial-meeting": {"completion_due": "2014-12-31"}}

    walk = take_to_closure(store, BOARD, "practice-learning-review", start=date(2014, 5, 6), said=said)

    assert walk.order == [
        ("panel-recommendation", "panel-chair"),
        ("chair-decision", "independent-chair"),
        ("lead-reviewer", "independent-chair"),
        ("agencies-and-authors", MANAGER),
        ("initial-meeting", "panel-chair"),
        ("terms-of-reference", "panel-chair"),
        ("family-invitation", REVIEWER),
        *of_each("agency-report"),
        ("combined-chronology", REVIEWER),
        ("practitioner-events", REVIEWER),
        ("report", REVIEWER),
        ("learning-summary", REVIEWER),  # part of all review reports [Implementing the Learning, paragraph 1]
        ("action-plan", MANAGER),
        ("board-approval", "independent-chair"),
        *TO_IMPACT,
    ]
    assert walk.dues == dict.fromkeys(REPORT_TO_APPROVAL, date(2014, 12, 31))
    assert (walk.of("report").rule, walk.of("report").basis) == ("date agreed in the review", "agreed-in-the-review")
    assert (walk.published, walk.findings, walk.actions) == (None, RECOMMENDED, BOTH)


def test_an_in_depth_audit_of_a_single_case_is_decided_by_the_scr_committee(store: Store) -> None:
    # Appendix 2, last paragraph: where an audit is appropriate for a case referred to the committee
    said = {
        "chair-decision": {"reasons_against_recommendation": "An audit tells more."},
        "audit-plan": {"file_audits_due": "2014-06-30"},
    }

    walk = take_to_closure(store, BOARD, "single-case-audit", start=date(2014, 5, 6), said=said)

    assert walk.order == [
        ("chair-decision", "panel-chair"),
        ("audit-plan", MANAGER),
        *of_each("file-audit"),
        ("audit-meeting", REVIEWER),
        ("report", REVIEWER),  # the five parts of Appendix 2
        ("learning-summary", REVIEWER),
        ("action-plan", MANAGER),
        ("board-approval", "independent-chair"),
        *TO_IMPACT,
    ]
    agreed = date(2014, 6, 30)
    assert walk.dues == {"file-audit:example-social-care": agreed, "file-audit:example-police": agreed}
    assert (walk.published, walk.findings, walk.actions) == (None, RECOMMENDED, BOTH)


def test_a_thematic_audit_has_its_topic_identified_audits_and_audits_again(store: Store) -> None:
    # Appendix 2, paragraphs 1 to 4
    walk = take_to_closure(store, BOARD, "thematic-audit", start=date(2014, 5, 6))

    assert (
        walk.order
        == [
            ("theme-agreement", "independent-chair"),
            ("audit-plan", MANAGER),
            *of_each("file-audit"),
            ("practitioners-and-families", REVIEWER),
            ("audit-meeting", REVIEWER),
            ("report", REVIEWER),
            ("learning-summary", REVIEWER),  # a lead reviewer for each audit [Implementing the Learning, paragraph 1]
            ("action-plan", MANAGER),
            ("board-approval", "independent-chair"),
            *TO_IMPACT[:2],
            ("re-audit", MONITOR),
            *TO_IMPACT[2:],
        ]
    )
    assert (walk.dues, walk.published, walk.findings, walk.actions) == ({}, None, RECOMMENDED, BOTH)


def test_a_child_death_is_reviewed_by_the_overview_panel_to_prevent_others(store: Store) -> None:
    # The Learning and Improvement Approach, list of aspects, item 4
    walk = take_to_closure(store, BOARD, "child-death-review", start=date(2014, 5, 6))

    assert walk.order == [
        ("agencies-and-authors", MANAGER),
        *of_each("death-information"),
        ("death-panel", "child-death-chair"),
        ("learning-summary", "child-death-chair"),  # part of all review reports [Implementing the Learning]
        ("action-plan", MANAGER),
        ("board-approval", "child-death-chair"),
        *TO_IMPACT,
    ]
    assert (walk.dues, walk.published, walk.findings, walk.actions) == ({}, None, RECOMMENDED, BOTH)


def test_a_child_death_that_asks_for_no_change_ends_with_the_panel(store: Store) -> None:
    nothing = {"death-panel": {"actions_needed": "no", "modifiable_factors": [], "recommendations": []}}

    walk = take_to_closure(store, BOARD, "child-death-review", start=date(2014, 5, 6), said=nothing)

    assert [stage for stage, _ in walk.order][-3:] == ["death-panel", "learning-summary", "closure"]
    assert (walk.findings, walk.actions) == ((), ())
