"""The outbox on a telephone: what is wrong is seen first, the rest is short, and an address is corrected from it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from sqlmodel import select

from casework.outbox.payloads import SignInLetter
from casework.outbox.queueing import queue_letter
from casework.people.directory import find_person
from casework.reminders.rounds import remind
from models.record import OutboxMessage
from models.tables import id_of
from models.vocabulary import MessageState, Template
from tests.browser.chromium import assert_accessible, launch
from tests.browser.filling import fill_form
from tests.browser.serving import LARGE, TELEPHONE, Served, serving
from tests.dashboard.house import Clock
from tests.walking import MANAGER, NOW, POLICE, SERIOUS_CASE_REVIEW, TODAY, launched, walked

RIGHT = "petra.author@police.example"
SCREENS = 6  # of a telephone; it was more than fifteen


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launch() as running:
        yield running


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A review whose every e-mail so far has gone, with sixty others; the police were reminded at a wrong address."""
    with serving(tmp_path / "home", Clock()) as running:
        reference = launched(running.store)
        walked(running.store, reference, SERIOUS_CASE_REVIEW, until="agency-report:example-children-s-social-care")
        remind(running.store, on=TODAY, now=NOW)
        with running.store.transaction() as session:
            manager, police = (id_of(find_person(session, email)) for email in (MANAGER, POLICE))
            for number in range(60):
                payload = SignInLetter(link=f"http://127.0.0.1:8770/sign-in/{number}", minutes=15)
                of: dict[str, Any] = {"template": Template.SIGN_IN, "person_id": manager, "payload": payload}
                queue_letter(session, key=f"k{number}", now=NOW, **of)
            for message in session.exec(select(OutboxMessage)):
                message.state, message.accepted_at = MessageState.ACCEPTED, NOW
                if message.template is Template.REMINDERS and message.person_id == police:
                    message.state, message.server_said = MessageState.REFUSED, "550 5.1.1 no such user " * 12
                session.add(message)
        yield running


def height(page: Page) -> int:
    """How long the page is, in pixels."""
    return int(page.evaluate("document.documentElement.scrollHeight"))


def test_on_a_telephone_what_is_wrong_is_on_the_first_screen_and_the_rest_is_short(
    browser: Browser, served: Served
) -> None:
    page = served.sign_in(browser, MANAGER, size=TELEPHONE, target="/outbox")
    wrong = page.get_by_text("Correct the address").bounding_box()
    chosen = page.locator(".lc-filter").bounding_box()

    assert wrong is not None
    assert chosen is not None
    assert wrong["y"] < chosen["y"]
    assert wrong["y"] < TELEPHONE["height"]
    assert height(page) < SCREENS * TELEPHONE["height"]
    assert_accessible(page)
    page.locator("details summary", has_text="40 earlier e-mails").click()
    assert page.locator("tbody a:visible").count() == 50 + 2
    assert_accessible(page)
    assert served.complaints == []


@pytest.mark.parametrize("size", [LARGE, TELEPHONE], ids=["large", "telephone"])
def test_the_address_of_a_refused_reminder_is_corrected_from_the_outbox(
    browser: Browser, served: Served, size: dict[str, int]
) -> None:
    page = served.sign_in(browser, MANAGER, size=size, target="/outbox")
    with page.expect_navigation():
        page.get_by_text("Correct the address").click()
    assert_accessible(page)
    fill_form(page, {"email": MANAGER})
    with page.expect_navigation():
        page.get_by_role("button", name="Correct it and send again").click()
    assert page.locator(".govuk-error-summary li").all_inner_texts() == [
        f"E-mail address: ‘{MANAGER}’ belongs to somebody else here. Give this person’s own address."
    ]
    assert_accessible(page)
    fill_form(page, {"email": RIGHT})
    with page.expect_navigation():
        page.get_by_role("button", name="Correct it and send again").click()

    assert "The message is queued again." in page.locator(".govuk-notification-banner--success").inner_text()
    assert RIGHT in page.locator(".govuk-summary-list").first.inner_text()
    assert int(page.evaluate("document.documentElement.scrollWidth")) <= size["width"]
    assert served.complaints == []
