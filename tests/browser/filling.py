"""Filling the forms of our pages in a real browser from plain data, as the pages render their fields."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from playwright.sync_api import Locator, Page

DATE_PARTS = ("day", "month", "year")


def fill_form(page: Page, values: Mapping[str, Any], prefix: str = "") -> None:
    """Fill the form on the page: `values` are by field name, as the stage's form takes them.

    A date may be a date or ISO text; rows are a list of such mappings, for which "Add another" is pressed and
    "Remove" where the page has more; a list of answers is ticked; everything else is chosen or typed. Raises
    AssertionError for a field that the page does not ask.
    """
    for name, value in values.items():
        fill(page, prefix + name, value)


def follow(page: Page, selector: str) -> None:
    """Follow a link or press a button, and wait for the page that comes: a click itself does not."""
    with page.expect_navigation():
        page.click(selector)


def submit(page: Page) -> None:
    """Press the button at the end of the form, and wait for the page that comes."""
    with page.expect_navigation():
        page.locator("main form[method=post] button.govuk-button:not(.lc-rows__add, .lc-rows__remove)").last.click()


def launch_it(page: Page) -> None:
    """Launch what has been referred, as the type that is chosen on the page."""
    follow(page, "main button:has-text('Launch the review')")


def fill(page: Page, name: str, value: Any) -> None:
    """Fill one field, whatever its kind."""
    if is_rows(page, name):
        fill_rows(page, name, value)
    elif page.locator(f'[name="{name}-day"]').count():
        fill_date(page, name, value)
    elif isinstance(value, (list, tuple)):
        for each in value:
            one(page, f'input[name="{name}"][value="{each}"]').check()
    elif page.locator(f'input[type="radio"][name="{name}"]').count():
        answer = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
        one(page, f'input[name="{name}"][value="{answer}"]').check()
    elif page.locator(f'select[name="{name}"]').count():
        one(page, f'select[name="{name}"]').select_option(str(value))
    else:
        one(page, f'[name="{name}"]').fill(str(value))


def is_rows(page: Page, name: str) -> bool:
    """Whether a field takes several entries."""
    return page.locator(f'[data-lc-rows="{name}"]').count() > 0


def fill_rows(page: Page, name: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Fill as many entries as there are rows; what the page had filled in is written over."""
    group = page.locator(f'[data-lc-rows="{name}"]')
    entries = group.locator(".lc-rows__row")
    while entries.count() < len(rows):
        group.locator(".lc-rows__add").click()
    while entries.count() > max(1, len(rows)):
        entries.last.locator(".lc-rows__remove").click()
    for number, row in enumerate(rows):
        fill_form(page, row, prefix_of(entries.nth(number), name))


def prefix_of(entry: Locator, name: str) -> str:
    """What the names in an entry begin with: its number on the page may have gaps."""
    first = str(entry.locator(f'[name^="{name}-"]').first.get_attribute("name"))
    return f"{name}-{first.removeprefix(f'{name}-').partition('-')[0]}-"


def fill_date(page: Page, name: str, value: date | str) -> None:
    """Fill day, month and year."""
    day = value if isinstance(value, date) else date.fromisoformat(value)
    for part in DATE_PARTS:
        one(page, f'[name="{name}-{part}"]').fill(str(getattr(day, part)))


def one(page: Page, selector: str) -> Locator:
    """The one element of this kind; raises AssertionError where the page has none."""
    found = page.locator(selector)
    assert found.count() == 1, f"{page.url} has {found.count()} fields {selector}"
    return found
