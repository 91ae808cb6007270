"""A letter is delivered, its link opened in a real browser in which nobody ever signed in, and the task answered."""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from sqlmodel import select

from casework.delivery.delivery import deliver
from casework.delivery.mailer import mailer_for
from casework.moves.steering import hold
from casework.people.directory import find_person
from casework.record import journal
from casework.record.act import Act
from casework.record.settings import Settings
from casework.record.store import Store
from casework.reviews.files import LARGEST_FILE
from casework.views.review import find_review
from dashboard.fields import ASKS_FOR_FILE
from models.people import BrowserSession
from models.record import OutboxMessage
from models.tables import id_of
from models.vocabulary import TaskKind
from tests.browser.chromium import assert_accessible, launch
from tests.browser.filling import fill_form, submit
from tests.browser.serving import LARGE, TELEPHONE, Served, serving
from tests.casework.links.asking import EVERY_KIND, Asked, report_asked
from tests.dashboard.house import Clock
from tests.smtp import smtp_server
from tests.walking import AGENCY_REPORT, MANAGER, NOW, TODAY

ANSWERS: Mapping[TaskKind, Mapping[str, Any]] = {
    TaskKind.REPORT: AGENCY_REPORT,
    TaskKind.ACTION: {"progress": "Half of it is done."},
    TaskKind.INVITATION: {"coming": True},
    TaskKind.TERMS: {"agreement": "agrees-with-comments", "comment": "Ask the school too."},
    TaskKind.CONTRIBUTION: {"view": "It looked calm.", "role": "To visit.", "tools": "One form."},
}
VERBS = {
    TaskKind.REPORT: "stage completed",
    TaskKind.ACTION: "action progress",
    TaskKind.INVITATION: "meeting answered",
    TaskKind.TERMS: "terms answered",
    TaskKind.CONTRIBUTION: "questions answered",
}
LINK = re.compile(r"http://127\.0\.0\.1:\d+/answer/[A-Za-z0-9_-]{44}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launch() as browser:
        yield browser


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def served(tmp_path: Path, clock: Clock) -> Iterator[Served]:
    with serving(tmp_path / "home", clock) as served:
        yield served


def delivered(served: Served, clock: Clock, home: Path, to: str) -> list[str]:
    """The links to answer by in what arrives for somebody, over a real SMTP connection."""
    with smtp_server() as server:
        settings = Settings(home=home, public_url=served.address, local_mail_port=server.port)
        mailer = mailer_for(settings)
        deliver(served.store, mailer, settings=settings, now=clock, worker="test")
        mailer.close()
        letters = [each.message for each in server.behaviour.received if each.to == to]
    texts = [
        part.get_content() for letter in letters for part in letter.walk() if part.get_content_type() == "text/plain"
    ]
    return [link for text in texts for link in LINK.findall(text)]


def check(page: Page, width: int) -> None:
    """A page keeps the rules of accessibility, and fits."""
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def newest(store: Store, asked: Asked) -> tuple[str, int | None, bool]:
    """The newest entry of a review's journal, of which the whole chain holds."""
    with store.reading() as session:
        review = find_review(session, asked.reference)
        journal.verify(session, review)
        entry = journal.entries(session, id_of(review))[-1]
    return entry.verb, entry.actor_id, entry.detail.get("by_link", False)


@pytest.mark.parametrize("kind", list(EVERY_KIND))
def test_a_letters_link_opens_its_task_and_the_answer_is_on_record(
    served: Served, browser: Browser, clock: Clock, tmp_path: Path, kind: TaskKind
) -> None:
    asked = EVERY_KIND[kind](served.store)
    (link,) = delivered(served, clock, tmp_path, asked.person)
    page = served.window(browser, TELEPHONE)
    page.goto(link)
    check(page, TELEPHONE["width"])
    fill_form(page, ANSWERS[kind])
    if page.get_by_text(ASKS_FOR_FILE).count():
        page.set_input_files("#file", {"name": "report.pdf", "mimeType": "", "buffer": b"%PDF-1.7 as signed"})
    submit(page)

    assert "Thank you" in page.locator(".govuk-notification-banner--success").inner_text()
    check(page, TELEPHONE["width"])
    assert newest(served.store, asked) == (VERBS[kind], asked.person_id, True)
    assert page.context.cookies() == []
    assert served.complaints == []
    with served.store.reading() as session:
        assert session.exec(select(BrowserSession)).all() == []
        kept = "".join(text or "" for text in session.exec(select(OutboxMessage.text)))
    assert (LINK.findall(kept), "(the link is not kept)" in kept) == ([], True)


def test_every_way_and_everything_that_is_wrong_is_said_on_a_page_that_all_can_use(
    served: Served, browser: Browser
) -> None:
    asked = report_asked(served.store)
    here = f"{served.address}/answer/{asked.token}"
    page = served.window(browser, LARGE)
    page.goto(here)
    page.click("text=Say when it will come")
    submit(page)
    assert page.locator(".govuk-error-summary li").all_inner_texts() == [
        "Enter a date for ‘When will it come?’",
        "Enter an answer for ‘Why not before?’",
    ]
    check(page, LARGE["width"])
    with served.store.transaction() as session:
        by = find_person(session, MANAGER)
        hold(Act(session, by, NOW, TODAY), asked.reference, reason="A trial.", until=None)
    fill_form(page, {"comes_on": "2020-02-03", "because": "The author was ill."})
    submit(page)
    assert page.locator("h1").inner_text() == "The review is on hold"
    assert "The author was ill." in page.locator("main").inner_text()
    check(page, LARGE["width"])
    page.goto(f"{served.address}/answer/nonsense")
    check(page, LARGE["width"])
    assert served.complaints == []


def test_a_file_that_is_too_large_is_refused_before_what_was_typed_beside_it_is_lost(
    served: Served, browser: Browser, tmp_path: Path
) -> None:
    asked = report_asked(served.store)
    large, small = tmp_path / "large.pdf", tmp_path / "small.pdf"
    large.write_bytes(b"%PDF-1.7 " + b"x" * LARGEST_FILE)
    small.write_bytes(b"%PDF-1.7 the report")
    page = served.window(browser, TELEPHONE)
    page.goto(f"{served.address}/answer/{asked.token}")
    page.fill("[name=involvement]", "Much was done.")
    page.set_input_files("[name=file]", large)
    said, chosen = page.locator(".govuk-error-message"), "element => element.files.length"

    assert said.all_inner_texts() == ["‘large.pdf’ is larger than 20 MB. Give a smaller file."]
    assert (page.input_value("[name=involvement]"), page.eval_on_selector("[name=file]", chosen)) == (
        "Much was done.",
        0,
    )
    check(page, TELEPHONE["width"])
    page.set_input_files("[name=file]", small)
    assert (said.count(), page.eval_on_selector("[name=file]", chosen)) == (0, 1)
    assert served.complaints == []


def test_whoever_comes_too_late_asks_for_a_new_link_and_it_arrives(
    served: Served, browser: Browser, clock: Clock, tmp_path: Path
) -> None:
    asked = report_asked(served.store)
    (old,) = delivered(served, clock, tmp_path, asked.person)
    clock.goes_on(timedelta(days=30))
    page = served.window(browser, TELEPHONE)
    page.goto(old)
    check(page, TELEPHONE["width"])
    submit(page)
    check(page, TELEPHONE["width"])
    (new,) = delivered(served, clock, tmp_path, asked.person)

    page.goto(new)
    assert page.locator("h1").inner_text() == "Agency report (Example Police)"
    page.goto(old)
    assert page.locator("h1").inner_text() == "There is a newer link"
    assert served.complaints == []
