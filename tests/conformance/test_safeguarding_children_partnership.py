"""A safeguarding children partnership since 2018 [WT2018, WT2023, SI 2018/789]: every type, on dates by hand."""

from datetime import date

import pytest

from casework.framework.profiles import board
from casework.record.store import Store
from casework.views.review import review_view
from tests.conformance.walk import REPORT_TO_APPROVAL, Walker, launched, of_each, take_to_closure

BOARD = "safeguarding-children-partnership"
MANAGER, REVIEWER, PARTNERS = "business-manager", "lead-reviewer", "strategic-partners"
PANEL, MONITOR = "panel-chair", "monitoring-chair"
BOTH = ((1, "closed"), (2, "closed"))
RECOMMENDED = ((1, "recommendations"), (2, "recommendations"))


def to_impact(monitor: str) -> list[tuple[str, str]]:
    return [("dissemination", MANAGER), ("monitoring", monitor), ("impact", monitor), ("closure", MANAGER)]


def aware(day: date) -> dict[str, dict[str, str]]:
    """A referral that says when the local authority became aware, and that it happened the day before."""
    before = date.fromordinal(day.toordinal() - 1)
    return {"referral": {"aware_on": day.isoformat(), "incident_on": before.isoformat()}}


def test_these_are_the_reviews_that_a_partnership_runs() -> None:
    assert list(board(BOARD).reviews) == [
        "rapid-review",
        "local-child-safeguarding-practice-review",
        "practice-learning-review",
        "thematic-audit",
    ]


def test_a_serious_incident_is_notified_and_its_rapid_review_sent(store: Store) -> None:
    days = {
        "criteria-screening": date(2024, 3, 22),
        "chair-decision": date(2024, 3, 25),
        "serious-incident-notification": date(2024, 3, 27),
        "agencies-and-authors": date(2024, 3, 28),
        "agency-summary": date(2024, 4, 9),
        "rapid-review-meeting": date(2024, 4, 12),
        "local-review-decision": date(2024, 4, 16),
        "rapid-review-sent": date(2024, 4, 18),
    }

    walk = take_to_closure(
        store, BOARD, "rapid-review", start=date(2024, 3, 21), on=days, said=aware(date(2024, 3, 21))
    )

    assert walk.order == [
        ("criteria-screening", MANAGER),
        ("chair-decision", PARTNERS),
        ("serious-incident-notification", MANAGER),
        ("agencies-and-authors", MANAGER),
        *of_each("agency-summary"),
        ("rapid-review-meeting", PANEL),
        ("local-review-decision", PARTNERS),  # SI 2018/789 regulation 11
        ("rapid-review-sent", MANAGER),
        ("action-plan", MANAGER),
        ("board-approval", PARTNERS),
        *to_impact(MONITOR),
    ]
    notified = date(2024, 3, 28)  # five working days from Thursday 21 March: 22, 25, 26, 27, 28
    sent = date(2024, 4, 19)  # 15 working days from Wednesday 27 March; not Good Friday 29 March, Easter Monday 1 April
    assert walk.dues == {
        "criteria-screening": notified,
        "chair-decision": notified,
        "serious-incident-notification": notified,
        "agencies-and-authors": sent,
        "agency-summary:example-social-care": sent,
        "agency-summary:example-police": sent,
        "rapid-review-meeting": sent,
        "local-review-decision": sent,
        "rapid-review-sent": sent,
    }
    assert (walk.of("serious-incident-notification").basis, walk.of("rapid-review-sent").basis) == (
        "statute",
        "national-panel-guidance",
    )
    assert (walk.edition, walk.state, walk.published, walk.findings, walk.actions) == (
        "WT2023",
        "closed",
        None,
        (),
        BOTH,
    )


@pytest.mark.parametrize(
    ("known", "due"),
    [
        (date(2024, 1, 8), date(2024, 1, 15)),  # Monday to Monday
        (date(2023, 12, 22), date(2024, 1, 3)),  # not 25 and 26 December, nor 1 January
        (date(2021, 12, 23), date(2022, 1, 4)),  # 24, 29, 30, 31; 27, 28 December and 3 January are substitutes
        (date(2019, 4, 18), date(2019, 4, 29)),  # over Good Friday 19 April and Easter Monday 22 April
        (date(2024, 2, 29), date(2024, 3, 7)),  # from a leap day
    ],
)
def test_an_incident_is_notified_within_five_working_days_of_becoming_aware(
    store: Store, known: date, due: date
) -> None:
    walker = launched(store, BOARD, "rapid-review", start=known, said=aware(known))

    screening = walker.look("criteria-screening")

    assert (screening.due, screening.rule, screening.basis) == (due, "5 working days", "statute")


@pytest.mark.parametrize(
    ("notified", "due"),
    [
        (date(2024, 12, 11), date(2025, 1, 6)),  # 12, 13; 16 to 20; 23, 24, 27; 30, 31; 2, 3, 6 January
        (date(2018, 12, 10), date(2019, 1, 3)),  # 11 to 14; 17 to 21; 24, 27, 28; 31; 2, 3 January
        (date(2019, 4, 10), date(2019, 5, 3)),  # not Good Friday 19 nor Easter Monday 22 April
        (date(2024, 2, 29), date(2024, 3, 21)),  # three weeks without a holiday, from a leap day
    ],
)
def test_a_rapid_review_is_sent_within_fifteen_working_days_of_the_notification(
    store: Store, notified: date, due: date
) -> None:
    heard = date.fromordinal(notified.toordinal() - 4)
    days = {"criteria-screening": heard, "chair-decision": heard, "serious-incident-notification": notified}
    walker = launched(store, BOARD, "rapid-review", start=heard, on=days, said=aware(heard))

    agencies = walker.until("agencies-and-authors").look("agencies-and-authors")

    assert (agencies.due, agencies.rule, agencies.basis) == (due, "15 working days", "national-panel-guidance")


@pytest.mark.parametrize(("happened", "edition"), [(date(2023, 12, 14), "WT2018"), (date(2023, 12, 15), "WT2023")])
def test_an_incident_keeps_the_guidance_that_was_in_force_when_it_happened(
    store: Store, happened: date, edition: str
) -> None:
    said = {"referral": {"incident_on": happened.isoformat(), "aware_on": "2023-12-18"}}

    walk = take_to_closure(store, BOARD, "rapid-review", start=date(2023, 12, 18), said=said)

    assert (walk.edition, walk.state) == (edition, "closed")


def held(store: Store, decided: date) -> Walker:
    """A rapid review in which the partners decide, on a day, to hold a local review."""
    start = date.fromordinal(decided.toordinal() - 42)
    decision = {"local_review": "hold", "improvements_needed": "yes"}
    return launched(
        store,
        BOARD,
        "rapid-review",
        start=start,
        on={"local-review-decision": decided},
        said={**aware(start), "local-review-decision": decision},
    ).until("local-review-decision")


def test_a_local_review_follows_a_rapid_review_and_is_published_within_six_months_for_a_year(store: Store) -> None:
    walker = held(store, date(2023, 8, 31))
    rapid = walker.reference
    walker.complete("local-review-decision")
    before = len(walker.done)
    walker.on = {"publication": date(2024, 2, 29)}

    walk = walker.to_closure()

    side_by_side = slice(before + 3, before + 5)
    assert sorted(walk.order[side_by_side]) == sorted(of_each("agency-report"))
    assert (
        walk.order[before : side_by_side.start] + walk.order[side_by_side.stop :]
        == [
            ("lead-reviewer", PARTNERS),
            ("terms-of-reference", REVIEWER),
            ("family-invitation", REVIEWER),
            ("combined-chronology", REVIEWER),
            ("practitioner-events", REVIEWER),
            ("report", REVIEWER),
            ("learning-summary", REVIEWER),
            ("action-plan", MANAGER),
            ("board-approval", PARTNERS),
            ("report-to-panel", MANAGER),  # the Panel and the Secretary of State, before it is published
            *to_impact(PARTNERS)[:2],  # SI 2018/789 regulation 14
            ("publication", MANAGER),
            *to_impact(PARTNERS)[2:],
        ]
    )
    due = date(2024, 2, 29)  # six months from 31 August: the last of February, in a leap year
    in_time_for_it = (
        "lead-reviewer",
        "terms-of-reference",
        "family-invitation",
        "agency-report:example-social-care",
        "agency-report:example-police",
        "combined-chronology",
        "practitioner-events",
        "report",
        "learning-summary",
        "action-plan",
        "board-approval",
        "report-to-panel",
        "publication",
    )
    assert {each.stage: each.due for each in walk.done[before:] if each.due} == dict.fromkeys(in_time_for_it, due)
    assert walk.published == (date(2024, 2, 29), date(2025, 2, 28))  # available for at least one year
    assert walk.still_open == {"publication-period": date(2025, 2, 28)}
    assert (walk.edition, walk.state, walk.findings, walk.actions) == ("WT2018", "closed", RECOMMENDED, BOTH)
    with store.reading() as session:  # the rapid review itself is still to be sent
        assert [stage.name for stage in review_view(session, rapid).open_stages] == ["rapid-review-sent"]


@pytest.mark.parametrize(
    ("decided", "due", "safe"),
    [
        (date(2024, 8, 31), date(2025, 2, 28), date(2025, 2, 28)),  # clamped
        (date(2024, 6, 25), date(2024, 12, 25), date(2024, 12, 24)),  # Christmas Day: it does not roll
        (date(2024, 10, 18), date(2025, 4, 18), date(2025, 4, 17)),  # Good Friday
    ],
)
def test_a_local_review_is_published_within_six_months_of_the_decision(
    store: Store, decided: date, due: date, safe: date
) -> None:
    walker = held(store, decided)
    walker.complete("local-review-decision")

    reviewer = walker.look("lead-reviewer")

    assert (reviewer.due, reviewer.safe, reviewer.basis) == (due, safe, "statutory-guidance")


def test_a_learning_review_below_the_criteria_agrees_its_own_time(store: Store) -> None:
    said = {"initial-meeting": {"completion_due": "2024-12-20"}}

    walk = take_to_closure(store, BOARD, "practice-learning-review", start=date(2024, 5, 7), said=said)

    assert walk.order == [
        ("chair-decision", PANEL),
        ("lead-reviewer", PANEL),
        ("agencies-and-authors", MANAGER),
        ("initial-meeting", PANEL),
        ("terms-of-reference", PANEL),
        ("family-invitation", REVIEWER),
        *of_each("agency-report"),
        ("combined-chronology", REVIEWER),
        ("practitioner-events", REVIEWER),
        ("report", REVIEWER),
        ("learning-summary", REVIEWER),
        ("action-plan", MANAGER),
        ("board-approval", PARTNERS),
        *to_impact(MONITOR),
    ]
    assert walk.dues == dict.fromkeys(REPORT_TO_APPROVAL, date(2024, 12, 20))
    assert (walk.published, walk.findings, walk.actions) == (None, RECOMMENDED, BOTH)


def test_a_multi_agency_audit_is_the_partners_to_agree_and_to_approve(store: Store) -> None:
    walk = take_to_closure(store, BOARD, "thematic-audit", start=date(2024, 5, 7))

    assert walk.order == [
        ("theme-agreement", PARTNERS),
        ("audit-plan", MANAGER),
        *of_each("file-audit"),
        ("practitioners-and-families", REVIEWER),
        ("audit-meeting", REVIEWER),
        ("report", REVIEWER),
        ("action-plan", MANAGER),
        ("board-approval", PARTNERS),
        *to_impact(MONITOR)[:2],
        ("re-audit", MONITOR),
        *to_impact(MONITOR)[2:],
    ]
    assert (walk.dues, walk.published, walk.findings, walk.actions) == ({}, None, RECOMMENDED, BOTH)
