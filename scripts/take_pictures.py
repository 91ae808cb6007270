"""Takes the pictures of the README from the running product with its demonstration: docs/pictures/*.png.

Usage: .venv/bin/python scripts/take_pictures.py
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, Page
from sqlmodel import col, select

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # a script's own folder is on the path, the project's is not

from casework.people.directory import find_person  # noqa: E402 -- after the path
from casework.people.signing_in import new_sign_in_link  # noqa: E402
from casework.record.settings import Settings  # noqa: E402
from casework.record.store import Store, open_store  # noqa: E402
from deployments.prefect_server import password  # noqa: E402
from deployments.product import answers  # noqa: E402
from models.action import Action  # noqa: E402
from models.record import Run, Work  # noqa: E402
from models.review import Review  # noqa: E402
from models.vocabulary import ReviewState, WorkState  # noqa: E402
from tests.browser.chromium import launch  # noqa: E402
from tests.browser.filling import fill_form, submit  # noqa: E402
from tests.deployments.running import Process, eventually, free_port  # noqa: E402
from tests.walking import referral  # noqa: E402

MANAGER = "maya.brook@northants-board.example"
PICTURES = {
    "reviews": ("/", 1150),
    "review": ("/reviews/LSCBN-SCR-2026-003", 1250),
    "stage": ("/reviews/LSCBN-SCR-2026-001/stages/criteria-screening", 1250),
    "timetable": ("/launch/northamptonshire/serious-case-review/timetable", 1100),
    "outbox": ("/outbox", 900),
    "deep-dive": ("/reviews/GSCB-DD-2026-001", 1150),
}


def main() -> None:
    """Run the product, wait until its background work is done, and take every picture."""
    folder = ROOT / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, running(Path(home)) as (settings, store), launch() as browser:
        eventually(lambda: all_work_is_done(store))
        page = signed_in(browser, settings, store)
        for name, (path, height) in PICTURES.items():
            page.goto(settings.address + of_this_year(path))
            take(page, folder / f"{name}.png", height)
        page.goto(f"{settings.address}/reviews/{under_action(store)}/actions/1")
        take(page, folder / "action.png", 850)
        page.goto(f"{settings.address}/refer/northamptonshire")
        fill_form(page, referral())
        submit(page)
        take(page, folder / "recommendation.png", 1500)
        take_in_prefect(browser, settings, store, folder)


@contextmanager
def running(home: Path) -> Iterator[tuple[Settings, Store]]:
    """The whole product with its demonstration."""
    ports = {"port": free_port(), "prefect_port": free_port(), "local_mail_port": free_port()}
    settings = Settings.model_validate({"home": home, **ports})
    product = Process("deployments.run", settings)
    product.start()
    try:
        eventually(lambda: answers("127.0.0.1", settings.port, "/sign-in"))
        yield settings, open_store(settings)
    finally:
        product.stop()


def all_work_is_done(store: Store) -> bool:
    """Whether every document is prepared."""
    with store.reading() as session:
        return set(session.exec(select(Work.state)).all()) == {WorkState.DONE}


def signed_in(browser: Browser, settings: Settings, store: Store) -> Page:
    """The business manager's window."""
    with store.transaction() as session:
        person = find_person(session, MANAGER)
        link = new_sign_in_link(session, person, address=settings.address, now=datetime.now(UTC))
    page = browser.new_context(viewport={"width": 1180, "height": 900}).new_page()
    page.goto(link)
    page.click("main button")
    page.wait_for_load_state()
    return page


def of_this_year(path: str) -> str:
    """The path with the year in which the demonstration was made."""
    return path.replace("2026", str(datetime.now(UTC).year))


def under_action(store: Store) -> str:
    """The reference of the review whose actions are under way."""
    with store.reading() as session:
        return (
            session.exec(
                select(Review.reference)
                .join(Action, col(Action.review_id) == col(Review.id))
                .where(Review.state == ReviewState.OPEN)
            ).first()
            or ""
        )


def take_in_prefect(browser: Browser, settings: Settings, store: Store, folder: Path) -> None:
    """A review's run in Prefect's own pages: its task runs, and its table of stages."""
    with store.reading() as session:
        reference = of_this_year("LSCBN-SCR-2026-003")
        of_review = select(Run.flow_run_id).join(Review, col(Review.id) == col(Run.review_id))
        run = session.exec(of_review.where(Review.reference == reference)).one()
    page = browser.new_context(viewport={"width": 1180, "height": 1400}).new_page()
    start = f"http://127.0.0.1:{settings.prefect_port}"
    page.goto(start)
    page.locator("input[type=password]").fill(password(settings))
    page.locator("button[type=submit], button:has-text('Login')").first.click()
    page.get_by_text("Flow Runs").first.wait_for()
    page.goto(f"{start}/runs/flow-run/{run}?tab=Details")
    page.get_by_text("waits for").first.wait_for()
    page.wait_for_load_state("networkidle")
    take(page, folder / "prefect-run.png", 1400)
    page.goto(f"{start}/artifacts/key/{reference.lower()}")
    page.locator("a[href*='/artifacts/artifact/']").first.click()
    page.get_by_text("chair-decision").first.wait_for()
    take(page, folder / "prefect-stages.png", 1150)


def take(page: Page, file: Path, height: int) -> None:
    """One picture, from the top of the page, at most so high."""
    whole = page.evaluate("document.documentElement.scrollHeight")
    page.screenshot(path=file, full_page=True, clip={"x": 0, "y": 0, "width": 1180, "height": min(height, whole)})


if __name__ == "__main__":
    main()
