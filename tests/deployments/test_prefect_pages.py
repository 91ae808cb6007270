"""Prefect's pages, as the product serves them, have the engineer's browser ask nobody outside this machine."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page

from deployments.prefect_server import password
from deployments.registry import register
from tests.browser import chromium
from tests.deployments.clients import client_of
from tests.deployments.running import PrefectServer, eventually

PAGES = ("dashboard", "runs", "flows", "deployments", "work-pools", "blocks", "events", "settings")
CHROMIUMS_OWN = "content-autofill.googleapis.com"  # it asks its maker how to fill in the sign-in form; no page does


@dataclass
class Outside:
    """Stands for the world: a proxy through which a browser asks for whatever is not this machine, and gets nothing."""

    server: socket.socket
    asked: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Note the first line of everything asked, until the socket is closed."""
        while True:
            try:
                connection, _ = self.server.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(5)
                self.asked.append(connection.recv(1000).partition(b"\r\n")[0].decode())


@contextmanager
def outside_world() -> Iterator[Outside]:
    """A proxy that listens while in the block."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        outside = Outside(server)
        threading.Thread(target=outside.listen, daemon=True).start()
        yield outside


@pytest.fixture(scope="module")
def browser(prefect_server: PrefectServer) -> Iterator[Browser]:
    """A running Chromium; and the deployments are known to the server, for a thread that runs one cannot do that."""
    with client_of(prefect_server.settings) as client:
        register(client)
    with chromium.launch() as browser:
        yield browser


@contextmanager
def signed_in(browser: Browser, server: PrefectServer, outside: Outside, *, bypass_csp: bool) -> Iterator[Page]:
    """Prefect's first page, signed in, in a browser to which everything but this machine lies behind the proxy."""
    proxy = {"server": f"http://127.0.0.1:{outside.server.getsockname()[1]}", "bypass": "127.0.0.1"}
    context = browser.new_context(proxy=proxy, bypass_csp=bypass_csp)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{server.settings.prefect_port}/")
    page.locator("input[type=password]").fill(password(server.settings))
    page.locator("button[type=submit], button:has-text('Login')").first.click()
    page.get_by_text("Flow Runs").first.wait_for()
    yield page
    context.close()


def test_no_page_asks_outside_although_prefects_own_library_would(
    browser: Browser, prefect_server: PrefectServer
) -> None:
    with outside_world() as outside, signed_in(browser, prefect_server, outside, bypass_csp=False) as page:
        start = page.url.rpartition("/")[0]
        for name in PAGES:
            page.goto(f"{start}/{name}")
            page.wait_for_load_state("networkidle")
        asked_of_us = [line for line in outside.asked if CHROMIUMS_OWN not in line]
    with outside_world() as outside, signed_in(browser, prefect_server, outside, bypass_csp=True):
        eventually(lambda: [line for line in outside.asked if "amplitude" in line])

    assert asked_of_us == []


def test_the_pool_says_what_stays_empty_and_shows_as_ours(browser: Browser, prefect_server: PrefectServer) -> None:
    with outside_world() as outside, signed_in(browser, prefect_server, outside, bypass_csp=False) as page:
        page.goto(f"{page.url.rpartition('/')[0]}/work-pools/work-pool/learning-cycle")
        page.get_by_text("What stays empty, on purpose").first.wait_for()
