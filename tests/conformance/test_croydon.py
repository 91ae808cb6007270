"""Croydon SCB, March 2016 [S002]: every type it runs, to closure, on dates counted by hand."""

from datetime import date

import pytest

from casework.framework.profiles import board
from casework.record.store import Store
from models.errors import InputError
from tests.conformance.walk import REPORT_TO_APPROVAL, launched, of_each, take_to_closure

BOARD = "croydon"
MANAGER, REVIEWER, MONITOR = "business-manager", "lead-reviewer", "monitoring-chair"
TO_IMPACT = [
    ("dissemination", MANAGER),
    ("monitoring", MONITOR),  # QAPP implements the framework on behalf of the Board [7.2]
    ("impact", MONITOR),
    ("closure", MANAGER),
]
# published in the newsletter or other Board communications: no web address to give [Qualitative Information, 5.4]
IN_THE_NEWSLETTER = {"publication": {"channel": "newsletter", "issue": "Summer 2016", "web_address": None}}
BOTH = ((1, "closed"), (2, "closed"))
RECOMMENDED = ((1, "recommendations"), (2, "recommendations"))


def test_these_are_the_reviews_that_its_framework_names() -> None:
    # 5.2, 5.6, 5.7, 5.8
    assert list(board(BOARD).reviews) == [
        "serious-case-review",
        "practice-learning-review",
        "thematic-audit",
        "child-death-review",
    ]


def test_a_serious_case_review_by_silp_holds_a_learning_event_and_a_recall_day(store: Store) -> None:
    # 5.7; Appendix 2.1
    walk = take_to_closure(
        store,
        BOARD,
        "serious-case-review",
        start=date(2016, 3, 31),
        methodology="significant-incident-learning-process",
        on={"chair-decision": date(2016, 4, 29), "publication": date(2016, 7, 29)},
    )

    assert (
        walk.order
        == [
            ("criteria-screening", MANAGER),
            ("panel-recommendation", "panel-chair"),  # the SCR Sub Group [5.8]; open, the board's own choice
            ("chair-decision", "independent-chair"),
            ("lead-reviewer", "independent-chair"),  # 2.1
            ("terms-of-reference", REVIEWER),
            ("family-invitation", REVIEWER),  # 2.1
            *of_each("agency-report"),
            ("learning-event", REVIEWER),
            ("draft-report", REVIEWER),
            ("recall-session", REVIEWER),
            ("report", REVIEWER),
            ("learning-summary", REVIEWER),
            ("action-plan", MANAGER),
            ("board-approval", "independent-chair"),  # with the LSCB's response [2.1]
            ("publication", MANAGER),  # must be published [2.1]
            TO_IMPACT[1],
            TO_IMPACT[0],
            *TO_IMPACT[2:],
        ]
    )
    decision, report = date(2016, 4, 30), date(2016, 10, 29)
    assert (walk.of("chair-decision").due, walk.of("chair-decision").safe) == (decision, date(2016, 4, 29))  # Saturday
    assert {walk.of(stage).due for stage in ("learning-event", "recall-session", "report")} == {report}
    assert walk.published == (date(2016, 7, 29), date(2017, 7, 29))
    assert (walk.edition, walk.state, walk.findings, walk.actions) == ("WT2015", "closed", RECOMMENDED, BOTH)


@pytest.mark.parametrize(
    ("decided", "due", "safe"),
    [
        (date(2016, 8, 31), date(2017, 2, 28), date(2017, 2, 28)),  # no 31 February
        (date(2015, 8, 31), date(2016, 2, 29), date(2016, 2, 29)),  # a leap day
        (date(2016, 6, 25), date(2016, 12, 25), date(2016, 12, 23)),  # Christmas Day, a Sunday
        (date(2016, 10, 17), date(2017, 4, 17), date(2017, 4, 13)),  # Easter Monday
    ],
)
def test_a_serious_case_review_takes_the_six_months_of_working_together(
    store: Store, decided: date, due: date, safe: date
) -> None:
    notified = date.fromordinal(decided.toordinal() - 21)
    walker = launched(store, BOARD, "serious-case-review", start=notified, on={"chair-decision": decided})

    terms = walker.until("terms-of-reference").look("terms-of-reference")

    assert (terms.due, terms.safe, terms.rule, terms.basis) == (due, safe, "6 months", "statutory-guidance")


def test_a_learning_review_is_the_sub_groups_and_by_learning_together_puts_challenges_to_the_board(
    store: Store,
) -> None:
    # 5.8; Appendix 2.2
    said = {"initial-meeting": {"completion_due": "2016-11-30"}} | IN_THE_NEWSLETTER

    walk = take_to_closure(
        store,
        BOARD,
        "practice-learning-review",
        start=date(2016, 5, 31),
        methodology="scie-learning-together",
        said=said,
    )

    assert (
        walk.order
        == [
            ("chair-decision", "panel-chair"),  # carried out by the SCR Sub Group [5.8]
            ("lead-reviewer", "panel-chair"),
            ("agencies-and-authors", MANAGER),
            ("initial-meeting", "panel-chair"),
            ("terms-of-reference", "panel-chair"),
            ("family-invitation", REVIEWER),
            ("review-team", REVIEWER),
            ("conversations", REVIEWER),
            ("joint-meetings", REVIEWER),
            ("report", REVIEWER),
            ("learning-summary", REVIEWER),
            ("action-plan", MANAGER),
            ("board-approval", "independent-chair"),
            ("board-response", "independent-chair"),
            ("publication-decision", "independent-chair"),  # published “as appropriate” [Qualitative Information, 5.4]
            *TO_IMPACT[:2],
            ("publication", MANAGER),  # in the newsletter or other communications [Qualitative Information, 5.4]
            *TO_IMPACT[2:],
        ]
    )
    assert walk.dues == dict.fromkeys(REPORT_TO_APPROVAL, date(2016, 11, 30))
    assert walk.findings == ((1, "findings"), (2, "findings"))
    assert (walk.published, walk.actions) == ((walk.of("publication").on, None), BOTH)


def test_a_case_audit_hears_focus_groups_and_service_users(store: Store) -> None:
    # 5.6
    events = [
        {"kind": "focus-group", "held_on": "2016-07-05", "attended": 9},
        {"kind": "meeting-with-service-users", "held_on": "2016-07-05", "attended": 4},
    ]
    on = {"practitioners-and-families": date(2016, 7, 5)}

    walk = take_to_closure(
        store,
        BOARD,
        "thematic-audit",
        start=date(2016, 5, 31),
        on=on,
        said={"practitioners-and-families": {"events": events}} | IN_THE_NEWSLETTER,
    )

    assert (
        walk.order
        == [
            ("theme-agreement", "executive-chair"),  # who agrees it is left open: the board's own choice
            ("audit-plan", MANAGER),
            *of_each("file-audit"),
            ("practitioners-and-families", REVIEWER),
            ("audit-meeting", REVIEWER),
            ("report", REVIEWER),
            ("action-plan", MANAGER),
            ("board-approval", "independent-chair"),
            ("publication-decision", "independent-chair"),
            *TO_IMPACT[:2],
            ("publication", MANAGER),
            ("re-audit", MONITOR),
            *TO_IMPACT[2:],
        ]
    )
    assert (walk.dues, walk.findings, walk.actions) == ({}, RECOMMENDED, BOTH)
    assert walk.published == (walk.of("publication").on, None)


def test_a_child_death_goes_to_the_child_death_overview_panel(store: Store) -> None:
    # 5.2, Annual Reports
    walk = take_to_closure(store, BOARD, "child-death-review", start=date(2016, 5, 31))

    assert walk.order == [
        ("agencies-and-authors", MANAGER),
        *of_each("death-information"),
        ("death-panel", "child-death-chair"),
        ("action-plan", MANAGER),
        ("board-approval", "child-death-chair"),
        *TO_IMPACT,
    ]
    assert (walk.dues, walk.published, walk.findings, walk.actions) == ({}, None, RECOMMENDED, BOTH)


def test_an_audit_is_published_in_the_newsletter_and_a_serious_case_review_on_the_website(store: Store) -> None:
    # Qualitative Information, 5.4
    walker = launched(store, BOARD, "thematic-audit", start=date(2016, 5, 31)).until("publication")

    with pytest.raises(InputError, match="^channel: ‘website’ is not where Croydon"):
        walker.complete("publication")
    with pytest.raises(InputError, match="^issue: is empty. Say in which issue"):
        walker.complete("publication", channel="newsletter")
    walker.complete("publication", **IN_THE_NEWSLETTER["publication"])

    assert board(BOARD).reviews["serious-case-review"].channels[0].value == "website"
