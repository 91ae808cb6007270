"""The whole dashboard on loopback, for a real browser to open."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import uvicorn
from playwright.sync_api import Browser, Page

from casework.people.directory import find_person
from casework.people.signing_in import new_sign_in_link
from casework.record.settings import Settings
from casework.record.store import Store, open_store
from dashboard.app import create_app
from dashboard.site import this_moment

LARGE = {"width": 1280, "height": 900}
TELEPHONE = {"width": 375, "height": 800}
# what Chromium says of a refusal
EXPECTED = ("status of 403", "status of 404", "status of 409", "status of 410", "status of 422")


class Served:
    """A running dashboard with its store."""

    def __init__(self, address: str, store: Store) -> None:
        self.address = address
        self.store = store
        self.complaints: list[str] = []

    def sign_in(self, browser: Browser, email: str, *, size: dict[str, int] = LARGE, target: str = "/") -> Page:
        """A window in which this person has followed their link and pressed its button."""
        with self.store.transaction() as session:
            person = find_person(session, email)
            link = new_sign_in_link(session, person, address=self.address, now=datetime.now(UTC), target=target)
        page = self.window(browser, size)
        page.goto(link)
        page.click("main button")
        page.wait_for_url(f"{self.address}{target}")
        return page

    def window(self, browser: Browser, size: dict[str, int] = LARGE) -> Page:
        """A new window; what the browser complains of in it collects in `complaints`."""
        page = browser.new_context(viewport=size).new_page()  # type: ignore[arg-type] # a size
        page.on("console", lambda message: self.note(f"{page.url}: {message.text}"))
        page.on("pageerror", lambda error: self.note(f"{page.url}: {error}"))
        return page

    def note(self, complaint: str) -> None:
        """Keep what a browser complains of, except that it was refused a page."""
        if not any(words in complaint for words in EXPECTED):
            self.complaints.append(complaint)


@contextmanager
def serving(home: Path, clock: Callable[[], datetime] = this_moment) -> Iterator[Served]:
    """A dashboard with an empty database, at a port that is free, by the real clock or another."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        settings = Settings(home=home, port=listening.getsockname()[1])
        store = open_store(settings)
        app = create_app(settings, store, clock=clock)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, ws="none"))
        thread = Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield Served(settings.address, store)
        finally:
            server.should_exit = True
            thread.join()
            store.engine.dispose()
