"""W5: from the click that completes a stage to the next stage's e-mail at the SMTP server, through the real worker."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, perf_counter, sleep

import httpx
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from benchmarks.measure import report
from benchmarks.ten_stages import NOW, TODAY, referral
from casework.moves.launching import launch
from casework.people.directory import person_for
from casework.people.roles import appoint
from casework.people.signing_in import new_sign_in_link
from casework.record.act import Act
from casework.record.settings import Settings
from casework.record.store import Store, open_store
from models.people import Person
from models.vocabulary import Role

BOARD = "northamptonshire"
PATIENCE = 120
CRITERIA = {
    "abuse_or_neglect": "yes",
    "child_died": "no",
    "seriously_harmed": "yes",
    "died_in_custody": "no",
    "concern_about_working_together": "yes",
}


class Arrivals:
    """What has arrived at the mail server, with the moment."""

    def __init__(self) -> None:
        self.moments: list[tuple[str, bytes, float]] = []
        self.changed = threading.Condition()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep recipient, content and moment."""
        with self.changed:
            assert isinstance(envelope.content, bytes)
            self.moments.append((envelope.rcpt_tos[0], envelope.content, perf_counter()))
            self.changed.notify_all()
        return "250 OK"

    def moment_of(self, recipient: str, reference: str) -> float:
        """Wait for the e-mail to this person about this review; the moment at which it arrived."""

        def found() -> float | None:
            matching = (
                moment for to, content, moment in self.moments if to == recipient and reference.encode() in content
            )
            return next(matching, None)

        with self.changed:
            assert self.changed.wait_for(lambda: found() is not None, PATIENCE)
        return found() or 0.0


def run(home: Path, *, clicks: int) -> None:
    """Run the whole product, click through the screening of so many reviews one at a time, and report."""
    arrivals = Arrivals()
    with ExitStack() as everything:
        mail_port = everything.enter_context(mail_server(arrivals))
        settings = Settings(
            home=home / "product",
            port=free_port(),
            prefect_port=free_port(),
            smtp_host="127.0.0.1",
            smtp_port=mail_port,
            smtp_security="none",
            mail_from="learning-cycle@board.example",
        )
        store = open_store(settings)
        manager = put_people_on_record(store)
        references = launched(store, manager, clicks)
        everything.enter_context(product(settings))
        browser = everything.enter_context(
            httpx.Client(base_url=settings.address, headers={"sec-fetch-site": "same-origin"})
        )
        sign_in(browser, store, manager, settings)
        for reference in references:
            arrivals.moment_of(manager.email, reference)
        taken = [click(browser, reference, arrivals) for reference in references]
        store.engine.dispose()
    report(
        "W5", taken, notes="browser form to SMTP hand-over; SQLite FULL, Prefect server on SQLite, one click at a time"
    )


def click(browser: httpx.Client, reference: str, arrivals: Arrivals) -> float:
    """Complete the screening of a review by its form; the seconds until the next owner's e-mail has arrived."""
    page = f"/reviews/{reference}/stages/criteria-screening"
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get(page).text)
    assert token is not None
    start = perf_counter()
    answer = browser.post(page, data=CRITERIA | {"csrf_token": token.group(1)})
    assert answer.status_code == httpx.codes.SEE_OTHER, answer.status_code
    return arrivals.moment_of("panel-chair@board.example", reference) - start


def sign_in(browser: httpx.Client, store: Store, manager: Person, settings: Settings) -> None:
    """Use a sign-in link as a browser does."""
    with store.transaction() as session:
        link = new_sign_in_link(session, manager, address=settings.address, now=datetime.now(UTC))
    assert browser.post(link).status_code == httpx.codes.SEE_OTHER


def put_people_on_record(store: Store) -> Person:
    """The board's people; gives the business manager."""
    with store.transaction() as session:
        for role in (Role.BUSINESS_MANAGER, Role.INDEPENDENT_CHAIR, Role.PANEL_CHAIR, Role.MONITORING_CHAIR):
            person = person_for(session, email=f"{role}@board.example", name=role.label)
            appoint(session, board=BOARD, role=role, person=person, since=TODAY)
        return person_for(session, email="business-manager@board.example", name="")


def launched(store: Store, manager: Person, count: int) -> list[str]:
    """So many serious case reviews."""
    references = []
    for _ in range(count):
        with store.transaction() as session:
            moved = launch(Act(session, manager, NOW, TODAY), BOARD, "serious-case-review", referral())
            references.append(moved.reference)
    return references


@contextmanager
def mail_server(arrivals: Arrivals) -> Iterator[int]:
    """An SMTP server on loopback; gives its port."""
    controller = Controller(arrivals, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


@contextmanager
def product(settings: Settings) -> Iterator[None]:
    """`learning-cycle run` on this installation, until the block ends."""
    given = settings.model_dump(exclude_unset=True)
    environment = os.environ | {f"LEARNING_CYCLE_{name.upper()}": str(value) for name, value in given.items()}
    running = subprocess.Popen(
        [sys.executable, "-m", "deployments.run", "--no-demo"], env=environment, stdout=subprocess.DEVNULL
    )
    try:
        wait_for(settings.address)
        yield
    finally:
        running.send_signal(signal.SIGINT)
        running.wait()


def wait_for(address: str) -> None:
    """Wait until the dashboard answers."""
    until = monotonic() + PATIENCE
    while monotonic() < until:
        try:
            httpx.get(f"{address}/sign-in")
        except httpx.TransportError:
            sleep(0.1)
        else:
            return
    raise TimeoutError(f"{address} does not answer.")


def free_port() -> int:
    """A port that the system has just found free."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
