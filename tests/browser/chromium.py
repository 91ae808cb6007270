"""A real Chromium for the browser tests, and the accessibility check they all end with."""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WANTED = (
    "No Chromium was found for the browser tests: install one (Debian: apt-get install chromium) "
    "or put its path into the environment variable CHROMIUM."
)
# no sandbox, because tests run as root in containers; no traffic of the browser's own
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")  # WCAG 2.2 AA, the law for public bodies


def find() -> Path | None:
    """The Chromium to use: the variable CHROMIUM, else one on PATH, else Playwright's own."""
    if named := os.environ.get("CHROMIUM"):
        return Path(named) if Path(named).is_file() else None
    for name in NAMES:
        if there := shutil.which(name):
            return Path(there)
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    return own if own.is_file() else None


@contextmanager
def launch() -> Iterator[Browser]:
    """A running browser, closed at the end.

    Raises FileNotFoundError, with what to do about it, where there is no Chromium: such a test never passes.
    """
    chromium = find()
    if chromium is None:
        raise FileNotFoundError(WANTED)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


def assert_accessible(page: Page) -> None:
    """Fail, listing each violation and its element, unless the page keeps WCAG 2.2 AA as far as axe sees."""
    found = Axe().run(page, options={"runOnly": list(RULES)}).response["violations"]
    assert not found, f"{page.url} breaks {len(found)} rules of WCAG 2.2 AA:\n{listed(found)}"


def listed(violations: Sequence[dict[str, Any]]) -> str:
    """What axe found as lines of text: rule, explanation and, below, each element with how to mend it."""
    lines = []
    for violation in violations:
        lines.append(f"- {violation['id']}: {violation['help']}")
        for node in violation["nodes"]:
            lines.append(f"    {' '.join(node['target'])}: {node['html']}")
            lines.append(f"      {node['failureSummary']}")
    return "\n".join(lines)
