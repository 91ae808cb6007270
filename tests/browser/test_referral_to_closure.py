"""The main job, for real: a referral comes in, and people take the review to closure with a browser.

Everything runs as `learning-cycle run` starts it. Every e-mail goes over SMTP to a real server; each person signs in
with the link that is sent to them, and opens each stage with the link in the e-mail that says it is theirs.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from sqlmodel import col, select

from casework.people.directory import person_for
from casework.people.roles import appoint
from casework.record.settings import Settings
from casework.record.store import Store, open_store
from casework.views.review import review_view
from deployments.product import answers
from models.record import OutboxMessage, Run, Work
from models.review import Stage
from models.vocabulary import MessageState, ReviewState, Role, StageState, WorkState
from tests.browser.chromium import launch
from tests.browser.filling import fill_form, follow, launch_it, submit
from tests.deployments.running import Process, ended_afterwards, eventually, free_port
from tests.smtp import Received, SmtpServer, smtp_server
from tests.walking import MANAGER, PRACTICE_LEARNING_REVIEW, ROLES, SERIOUS_CASE_REVIEW, Step, referral

LINK = re.compile(r"http://127\.0\.0\.1:\d+/\S+")
SERIOUS = ("serious-case-review", "northamptonshire", "LSCBN-SCR-2014-001", SERIOUS_CASE_REVIEW)
PRACTICE = ("practice-learning-review", "barking-and-dagenham", "BDSCB-PLR-2014-001", PRACTICE_LEARNING_REVIEW)


@dataclass
class Town:
    """The running product, its mail server, and the windows in which people work."""

    settings: Settings
    store: Store
    mail: SmtpServer
    browser: Browser
    windows: dict[str, Page] = field(default_factory=dict)

    def letters_to(self, email: str) -> list[Received]:
        """What has arrived for one person."""
        return [letter for letter in self.mail.behaviour.received if letter.to == email]

    def link_in_letter(self, email: str, ending: str) -> str:
        """Wait for the letter to this person whose link ends like this."""

        def look() -> str | None:
            links = [link for letter in self.letters_to(email) for link in links_in(letter)]
            return next((link for link in reversed(links) if re.search(ending, link)), None)

        return str(eventually(look))

    def window_of(self, email: str) -> Page:
        """The window in which this person is signed in, by the link that was sent to them."""
        if email not in self.windows:
            page = self.browser.new_context().new_page()
            page.goto(f"{self.settings.address}/sign-in")
            fill_form(page, {"email": email})
            submit(page)
            page.goto(self.link_in_letter(email, "/sign-in/[^/]+$"))
            follow(page, "main button")
            self.windows[email] = page
        return self.windows[email]

    def complete(self, reference: str, step: Step) -> None:
        """The person opens the stage from their letter, fills in its form and sends it."""
        name = re.escape(step.stage) if ":" in step.stage else f"{step.stage}(:[a-z-]+)?"
        link = self.link_in_letter(step.by, f"/reviews/{reference}/stages/{name}$")
        page = self.window_of(step.by)
        page.goto(link)
        fill_form(page, step.data)
        submit(page)
        problem = page.locator(".govuk-error-summary")
        assert problem.count() == 0, f"{step.stage}: {problem.inner_text()}"


def links_in(letter: Received) -> list[str]:
    """The addresses in a letter's plain text."""
    text = letter.message.get_body(("plain",))
    return LINK.findall(text.get_content()) if text else []


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """The product with two boards' people on record, and nothing else."""
    with smtp_server() as mail, launch() as browser:
        settings = Settings(
            home=tmp_path / "home",
            port=free_port(),
            prefect_port=free_port(),
            smtp_host="127.0.0.1",
            smtp_port=mail.port,
            smtp_security="none",
            mail_from="learning-cycle@board.example",
        )
        store = open_store(settings)
        put_people_on_record(store)
        product = Process("deployments.run", settings, ("--no-demo",))
        with ended_afterwards(product):
            product.start()
            eventually(lambda: answers("127.0.0.1", settings.port, "/sign-in"))
            yield Town(settings, store, mail, browser)
            product.stop()
        store.engine.dispose()


def put_people_on_record(store: Store) -> None:
    """The people of both boards."""
    with store.transaction() as session:
        for board in ("northamptonshire", "barking-and-dagenham"):
            for role, email in ROLES.items():
                person = person_for(session, email=email, name=role.replace("-", " ").title())
                appoint(session, board=board, role=Role(role), person=person, since=datetime.now(UTC).date())


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("type_", "board", "reference", "steps"), [SERIOUS, PRACTICE], ids=["scr", "plr"])
def test_a_review_goes_from_referral_to_closure(
    town: Town, type_: str, board: str, reference: str, steps: tuple[Step, ...]
) -> None:
    manager = town.window_of(MANAGER)
    manager.goto(f"{town.settings.address}/launch")
    launch_from(manager, board, type_)

    for step in steps:
        town.complete(reference, step)

    manager.goto(f"{town.settings.address}/reviews/{reference}")
    assert "Closed" in manager.inner_text("main")
    with town.store.reading() as session:
        assert review_view(session, reference).review.state is ReviewState.CLOSED
    eventually(lambda: everything_is_done(town.store))
    assert_each_letter_came_once(town)


def launch_from(page: Page, board: str, type_: str) -> None:
    """Refer the case to the board, and launch it as this type whatever the criteria recommend."""
    follow(page, f'a[href="/refer/{board}"]')
    fill_form(page, referral())
    submit(page)
    fill_form(page, {"type": type_})
    launch_it(page)


def everything_is_done(store: Store) -> bool:
    """Whether Prefect has done all the work, and every letter of a review is with the mail server or not needed.

    Reminders and digests are of no review, and wait for their hour. A review has one run while a stage is open, such as
    its months on a website; nothing of it is kept once all is done.
    """
    with store.reading() as session:
        works = session.exec(select(Work.state)).all()
        letters = session.exec(select(OutboxMessage.state).where(col(OutboxMessage.review_id).is_not(None))).all()
        runs = session.exec(select(Run.flow_run_id)).all()
        still_open = session.exec(select(Stage.id).where(Stage.state == StageState.OPEN)).first()
    ended = {MessageState.ACCEPTED, MessageState.RETRACTED}
    return set(works) == {WorkState.DONE} and set(letters) <= ended and len(runs) == int(still_open is not None)


def assert_each_letter_came_once(town: Town) -> None:
    """Every message that the mail server took arrived, once, and nothing else did."""
    with town.store.reading() as session:
        accepted = select(OutboxMessage.message_id).where(OutboxMessage.state == MessageState.ACCEPTED)
        sent = session.exec(accepted).all()
    assert dict(town.mail.behaviour.arrivals) == dict.fromkeys(sent, 1)
