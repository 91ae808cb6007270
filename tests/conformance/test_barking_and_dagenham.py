"""Barking & Dagenham SCB, February 2017 [S003]: every type it runs, to closure, on dates counted by hand."""

from datetime import date

import pytest

from casework.framework.profiles import board
from casework.record.store import Store
from tests.conformance.walk import REPORT_TO_APPROVAL, launched, of_each, take_to_closure

BOARD = "barking-and-dagenham"
MANAGER, REVIEWER, MONITOR, PANEL = "business-manager", "lead-reviewer", "monitoring-chair", "panel-chair"
TO_IMPACT = [
    ("dissemination", MANAGER),  # to the front line, via the Practitioner Forum [Process, step 4]
    ("monitoring", MONITOR),  # by the PLQA Committee on behalf of the BDSCB [Process, step 4]
    ("impact", MONITOR),  # Process, step 5
    ("closure", MANAGER),
]
BOTH = ((1, "closed"), (2, "closed"))
RECOMMENDED = ((1, "recommendations"), (2, "recommendations"))


def test_these_are_the_reviews_that_its_framework_names() -> None:
    # Purpose, types 1 to 4
    assert list(board(BOARD).reviews) == [
        "serious-case-review",
        "practice-learning-review",
        "thematic-audit",
        "child-death-review",
    ]


def test_a_serious_case_review_is_published_in_full_for_twelve_months(store: Store) -> None:
    on = {"chair-decision": date(2017, 8, 31), "publication": date(2018, 2, 28)}

    walk = take_to_closure(store, BOARD, "serious-case-review", start=date(2017, 7, 31), on=on)

    assert (
        walk.order
        == [
            ("criteria-screening", MANAGER),  # regulation 5 [Appendix B, Background]
            ("panel-recommendation", PANEL),  # the SCR consideration panel [Appendix B]
            ("chair-decision", "independent-chair"),  # the final decision [Appendix B, Background]
            ("lead-reviewer", "independent-chair"),  # led by someone independent [Background, principle 3]
            ("terms-of-reference", REVIEWER),
            ("family-invitation", REVIEWER),  # the views of families and siblings [Background, principle 7]
            *of_each("agency-report"),  # IMRs [Appendix B, Multi Agency partners]
            ("combined-chronology", REVIEWER),
            ("practitioner-events", REVIEWER),
            ("report", REVIEWER),
            ("learning-summary", REVIEWER),
            ("action-plan", MANAGER),
            ("board-approval", "independent-chair"),  # the Board, or a specific committee [Process, step 2]
            ("publication", MANAGER),  # in full [Background, principle 2]
            TO_IMPACT[1],
            TO_IMPACT[0],
            *TO_IMPACT[2:],
        ]
    )
    assert walk.of("chair-decision").due == date(2017, 8, 31)  # Working Together 2015: one month
    report = walk.of("report")
    # the full SCR process takes six months [Appendix B, Timescale]: 31 August to 28 February
    assert (report.due, report.rule, report.cites) == (date(2018, 2, 28), "6 months", "S003 Appendix B, Timescale")
    assert walk.published == (date(2018, 2, 28), date(2019, 2, 28))
    assert walk.still_open == {"publication-period": date(2019, 2, 28)}
    assert (walk.edition, walk.state, walk.findings, walk.actions) == ("WT2015", "closed", RECOMMENDED, BOTH)


def test_the_national_panel_is_told_on_request_only(store: Store) -> None:
    # Appendix B, Background: the LSCB provides information to the panel on request
    none = {"decision": "no-review", "reasons_against_recommendation": "It was an accident."}

    walk = take_to_closure(store, BOARD, "serious-case-review", start=date(2017, 7, 31), said={"chair-decision": none})

    assert [stage for stage, _ in walk.order] == [
        "criteria-screening",
        "panel-recommendation",
        "chair-decision",
        "closure",
    ]


def test_a_practice_learning_review_goes_through_the_six_stages_of_appendix_b(store: Store) -> None:
    walk = take_to_closure(
        store, BOARD, "practice-learning-review", start=date(2017, 7, 31), on={"initial-meeting": date(2017, 8, 31)}
    )

    assert walk.order == [
        ("panel-recommendation", PANEL),  # SCR consideration panel
        ("chair-decision", "independent-chair"),  # the final decision sits with the LSCB Chair
        ("partners-agreement", "strategic-partners"),  # following agreement through the Strategic Partners
        ("lead-reviewer", "independent-chair"),  # Independent Review
        ("agencies-and-authors", MANAGER),  # Multi Agency partners
        ("initial-meeting", PANEL),  # Timescale
        ("terms-of-reference", PANEL),  # by the Chair of the Panel
        ("family-invitation", REVIEWER),
        *of_each("agency-report"),
        ("update-meetings", MANAGER),  # Meetings: regular, until the report is finished
        ("update-meetings", MANAGER),
        ("combined-chronology", REVIEWER),
        ("update-meetings", MANAGER),
        ("practitioner-events", REVIEWER),
        ("update-meetings", MANAGER),
        ("report", REVIEWER),
        ("update-meetings", MANAGER),
        ("learning-summary", REVIEWER),
        ("action-plan", MANAGER),  # Process, step 3
        ("board-approval", "independent-chair"),  # Process, step 2
        ("publication", MANAGER),  # issues identified in all reviews [Background, principle 4]
        *TO_IMPACT,
    ]
    report = date(2018, 2, 28)  # within six months from the initial meeting on 31 August [Timescale]
    middle = (
        "terms-of-reference",
        "family-invitation",
        "agency-report:example-social-care",
        "agency-report:example-police",
        "update-meetings",
        "combined-chronology",
        "practitioner-events",
        *REPORT_TO_APPROVAL,  # the process is completed, not the report alone
    )
    assert walk.dues == dict.fromkeys(middle, report)
    assert (walk.of("report").rule, walk.of("report").basis) == ("6 months", "local")
    assert (walk.published, walk.findings, walk.actions) == ((walk.of("publication").on, None), RECOMMENDED, BOTH)


@pytest.mark.parametrize(
    ("met", "due", "safe"),
    [
        (date(2017, 8, 31), date(2018, 2, 28), date(2018, 2, 28)),  # clamped: no 31 February
        (date(2019, 8, 31), date(2020, 2, 29), date(2020, 2, 28)),  # a leap day, and a Saturday
        (date(2017, 2, 28), date(2017, 8, 28), date(2017, 8, 25)),  # the summer bank holiday: it does not roll
        (date(2017, 6, 26), date(2017, 12, 26), date(2017, 12, 22)),  # Boxing Day
        (date(2017, 9, 30), date(2018, 3, 30), date(2018, 3, 29)),  # Good Friday
    ],
)
def test_six_months_run_from_the_initial_review_meeting(store: Store, met: date, due: date, safe: date) -> None:
    notified = date.fromordinal(met.toordinal() - 42)
    walker = launched(store, BOARD, "practice-learning-review", start=notified, on={"initial-meeting": met})

    terms = walker.until("terms-of-reference").look("terms-of-reference")

    assert (terms.due, terms.safe, terms.cites) == (due, safe, "S003 Appendix B, Timescale")


def test_the_initial_meeting_may_agree_another_time_depending_on_the_complexity_of_the_case(store: Store) -> None:
    said = {"initial-meeting": {"completion_due": "2018-05-31", "why": "Two trials run beside it."}}

    walk = take_to_closure(store, BOARD, "practice-learning-review", start=date(2017, 7, 31), said=said)

    assert (walk.of("report").due, walk.of("report").basis) == (date(2018, 5, 31), "agreed-in-the-review")


def test_an_audit_of_practice_is_agreed_and_monitored_by_the_plqa_committee(store: Store) -> None:
    # Purpose, type 4; The Learning and Improvement Process
    walk = take_to_closure(store, BOARD, "thematic-audit", start=date(2017, 7, 31))

    assert (
        walk.order
        == [
            ("theme-agreement", MONITOR),  # who agrees it is left open: the board's own choice
            ("audit-plan", MANAGER),
            *of_each("file-audit"),
            ("practitioners-and-families", REVIEWER),
            ("audit-meeting", REVIEWER),
            ("report", REVIEWER),
            ("action-plan", MANAGER),
            ("board-approval", "independent-chair"),
            ("publication", MANAGER),  # issues identified in all reviews [Background, principle 4]
            *TO_IMPACT[:2],
            ("re-audit", MONITOR),
            *TO_IMPACT[2:],
        ]
    )
    assert (walk.dues, walk.findings, walk.actions) == ({}, RECOMMENDED, BOTH)
    assert walk.published == (walk.of("publication").on, None)


def test_a_child_death_review_finds_themes_trends_and_modifiable_factors_and_publishes_the_issues(
    store: Store,
) -> None:
    # Methodology, point 2; Background, principle 4
    walk = take_to_closure(store, BOARD, "child-death-review", start=date(2017, 7, 31))

    assert walk.order == [
        ("agencies-and-authors", MANAGER),
        *of_each("death-information"),
        ("death-panel", "child-death-chair"),
        ("action-plan", MANAGER),
        ("board-approval", "independent-chair"),
        ("publication", MANAGER),
        *TO_IMPACT,
    ]
    assert (walk.dues, walk.findings, walk.actions) == ({}, RECOMMENDED, BOTH)
    assert walk.published == (walk.of("publication").on, None)
