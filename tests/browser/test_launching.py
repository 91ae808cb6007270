"""Referring a case, proposing a theme and changing a methodology in a real browser, as business managers do it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from casework.moves.launching import launch_file
from casework.record.act import Act
from casework.record.store import Store
from tests.browser.chromium import assert_accessible, launch
from tests.browser.filling import fill_form, follow, launch_it, submit
from tests.browser.serving import LARGE, TELEPHONE, Served, serving
from tests.walking import MANAGER, NOW, SERIOUS_CASE_REVIEW, launch_data, referral, walked

PARTNERSHIP, DAY = "safeguarding-children-partnership", date(2025, 1, 6)
BOARDS = ("northamptonshire", "portsmouth", "gloucestershire")
METHODOLOGY = {
    "methodology": "scie-learning-together",
    "why_methodology": "The systems are the question.",
    "learning_together": "full",
    "costs": "Paid by the board.",
    "accreditation": "Both certificates were seen.",
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launch() as running:
        yield running


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A dashboard whose business manager serves four boards, with a review that has its terms of reference."""
    with serving(tmp_path_factory.mktemp("launching") / "home") as running:
        reference = begun(running.store, *BOARDS)
        walked(running.store, reference, SERIOUS_CASE_REVIEW, until="agency-report:example-children-s-social-care")
        yield running


def begun(store: Store, *boards: str) -> str:
    """A review on each board, which puts its people into their roles; the reference of the first."""
    contents = [launch_data(board=name) for name in boards]
    contents.append(launch_data("rapid-review", PARTNERSHIP, notified_on="2024-05-07", aware_on="2024-05-03"))
    with store.transaction() as session:
        launched = [launch_file(Act(session, None, NOW, DAY), each).reference for each in contents]
    return launched[0]


def looked_at(page: Page, size: dict[str, int]) -> None:
    """Fail unless the page is accessible and fits its screen."""
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") == size["width"], page.url


@pytest.mark.parametrize("size", [LARGE, TELEPHONE], ids=["large", "telephone"])
def test_a_case_is_referred_and_launched_as_another_type_than_recommended(
    browser: Browser, served: Served, size: dict[str, int]
) -> None:
    page = served.sign_in(browser, MANAGER, size=size, target="/launch")
    looked_at(page, size)
    follow(page, 'a[href="/refer/portsmouth"]')
    looked_at(page, size)
    fill_form(page, referral())
    submit(page)
    looked_at(page, size)
    reasons = page.locator(".lc-advice li").all_inner_texts()
    recommended = page.locator('[name="type"]:checked').get_attribute("value")
    address = page.url
    fill_form(page, {"type": "reflective-practice-review"})
    launch_it(page)
    looked_at(page, size)

    assert ["7.8.1" in reason for reason in reasons] == [True] * 4
    assert (recommended, address) == ("serious-case-review", f"{served.address}/refer/portsmouth")
    assert page.inner_text("h1").startswith("PSCB-RPR-2014-00")
    assert "is launched. Now open: Decision." in page.inner_text(".govuk-notification-banner")
    assert served.complaints == []


def test_a_referral_is_changed_after_the_recommendation_and_nothing_is_typed_twice(
    browser: Browser, served: Served
) -> None:
    page = served.sign_in(browser, MANAGER, target="/refer/gloucestershire")
    fill_form(page, referral(circumstances="One line.\nAnother."))
    submit(page)
    fill_form(page, {"type": "practice-learning-review"})
    follow(page, "text=Change the referral")
    page.wait_for_selector("text=See what the criteria recommend")
    kept = page.input_value('[name="circumstances"]')
    fill_form(page, {"seriously_harmed": "no"})
    submit(page)

    assert kept == "One line.\nAnother."
    assert "are not met on what is known. Recommended: case review" in page.inner_text(".lc-advice")
    assert page.locator('[name="type"]:checked').get_attribute("value") == "practice-learning-review"
    assert served.complaints == []


def test_a_rapid_review_asks_when_the_authority_became_aware(browser: Browser, served: Served) -> None:
    page = served.sign_in(browser, MANAGER, size=TELEPHONE, target=f"/refer/{PARTNERSHIP}")
    fill_form(page, referral(notified_on="2024-06-04", incident_on="2024-06-01"))
    submit(page)
    launch_it(page)
    looked_at(page, TELEPHONE)
    page.click(".govuk-error-summary a")
    focused = page.evaluate("document.activeElement.name")
    fill_form(page, {"aware_on": "2024-06-03"})
    submit(page)
    launch_it(page)

    assert focused == "aware_on-day"
    assert page.inner_text("h1").startswith("SCP-RR-2024-002")
    assert served.complaints == []


@pytest.mark.parametrize("size", [LARGE, TELEPHONE], ids=["large", "telephone"])
def test_a_theme_is_proposed_after_a_look_at_its_timetable(
    browser: Browser, served: Served, size: dict[str, int]
) -> None:
    page = served.sign_in(browser, MANAGER, size=size, target="/launch")
    follow(page, 'a[href="/launch/gloucestershire/deep-dive/timetable"]')
    looked_at(page, size)
    follow(page, "main a.govuk-button")
    looked_at(page, size)
    fill_form(
        page,
        {
            "proposed_on": "2016-05-10",
            "theme": "Neglect of young children",
            "source": "board-priority",
            "proposed_by": "The board",
            "rationale": "Three case reviews in two years.",
        },
    )
    submit(page)
    looked_at(page, size)

    assert "is launched. Now open: Priority area agreed." in page.inner_text(".govuk-notification-banner")
    assert "Three case reviews in two years." in str(page.text_content("#recorded ~ .lc-recorded details"))
    assert served.complaints == []


def test_the_timetable_follows_the_methodology(browser: Browser, served: Served) -> None:
    page = served.sign_in(browser, MANAGER, target="/launch/portsmouth/serious-case-review/timetable")
    page.select_option("#methodology", "scie-learning-together")
    with page.expect_navigation():
        page.click("text=Show the timetable")
    looked_at(page, LARGE)

    assert ("Individual conversations" in page.inner_text("table"), page.input_value("#methodology")) == (
        True,
        "scie-learning-together",
    )


def test_a_methodology_is_changed_and_only_its_own_questions_are_asked(browser: Browser, served: Served) -> None:
    page = served.sign_in(browser, MANAGER, target="/reviews/LSCBN-SCR-2014-001")
    follow(page, "text=Appoint another lead reviewer")
    looked_at(page, LARGE)
    fill_form(
        page,
        {
            "name": "Rosa Reviewer",
            "email": "rosa.reviewer@independent.example",
            "organisation": "Independent consultant",
        },
    )
    submit(page)
    follow(page, "text=Change the methodology")
    looked_at(page, LARGE)
    before = asked(page)
    fill_form(page, {"methodology": "hybrid", "steps": ["conversations"]})
    hybrid = asked(page)
    fill_form(page, METHODOLOGY)  # what was ticked for the hybrid is hidden now, and not sent
    together = asked(page)
    looked_at(page, LARGE)
    submit(page)

    assert (before, hybrid, together) == ([], ["steps", "accreditation"], ["learning_together", "accreditation"])
    assert "The methodology is changed. Now open: Review team and case group." in page.inner_text(
        ".govuk-notification-banner"
    )
    assert served.complaints == []


def asked(page: Page) -> list[str]:
    """The questions of one methodology that the page shows."""
    shown = "(all) => all.filter((each) => !each.hidden).map((each) => each.querySelector('[name]').name)"
    return list(page.locator("[data-lc-only]").evaluate_all(shown))


def test_without_scripts_every_question_is_asked(browser: Browser, served: Served, tmp_path: Path) -> None:
    page = served.sign_in(browser, MANAGER, target="/reviews/LSCBN-SCR-2014-001")
    page.context.storage_state(path=tmp_path / "state.json")
    plain = browser.new_context(storage_state=tmp_path / "state.json", java_script_enabled=False).new_page()
    plain.goto(f"{served.address}/reviews/LSCBN-SCR-2014-001/methodology")

    assert plain.locator("[data-lc-only]").evaluate_all("(all) => all.map((each) => each.hidden)") == [False] * 5
    assert plain.locator('[name="learning_together"]').first.is_visible()
