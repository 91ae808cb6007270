"""Every diagram in a real browser: it fits whatever sans-serif font the machine has, and a page shows it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from casework.framework.profiles import board, board_names
from casework.views.diagram.drawing import diagram
from tests.browser.chromium import assert_accessible, launch
from tests.browser.serving import serving
from tests.walking import MANAGER, launched

FONTS = ("Arial, Helvetica, sans-serif", "DejaVu Sans, Verdana, sans-serif")
NAME = "Northamptonshire Local Safeguarding Children Board"
RUNS_OUT = """() => {
  const outside = (text, room) => {
    const words = text.getBBox();
    return words.x < room.x || words.x + words.width > room.x + room.width
      || words.y < room.y || words.y + words.height > room.y + room.height;
  };
  const found = [];
  for (const group of document.querySelectorAll("g:has(text)")) {
    const box = [...group.querySelectorAll("rect, path")].pop().getBBox();
    found.push(...[...group.querySelectorAll("text")].filter((text) => outside(text, box)));
  }
  const page = document.querySelector("svg").viewBox.baseVal;
  found.push(...[...document.querySelectorAll("text")].filter((text) => outside(text, page)));
  return found.map((text) => text.textContent);
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launch() as running:
        yield running


@pytest.mark.parametrize("font", FONTS)
def test_no_words_run_out_of_their_box_or_off_the_picture(browser: Browser, font: str) -> None:
    page, found = browser.new_page(), {}
    for name in board_names():
        for type_ in board(name).reviews:
            page.set_content(diagram(type_, name).replace(FONTS[0], font))
            found[type_, name] = page.evaluate(RUNS_OUT)

    assert {which: words for which, words in found.items() if words} == {}


def test_the_boards_page_shows_the_diagram_when_it_is_asked_for(browser: Browser, tmp_path: Path) -> None:
    with serving(tmp_path / "home") as served:
        launched(served.store)
        page = served.sign_in(browser, MANAGER, target="/boards/northamptonshire")
        details = page.locator("details", has=page.locator("img.lc-diagram")).first
        picture = details.locator("img")
        details.locator("summary").click()
        picture.scroll_into_view_if_needed()
        width = picture.evaluate("(image) => image.decode().then(() => image.naturalWidth)")
        assert_accessible(page)

        details.get_by_role("link").click()
        page.wait_for_url("**/diagram.svg")

        title = page.locator("title").first.text_content()
        assert (title, width > 700, served.complaints) == (f"Serious case review, {NAME}", True, [])
