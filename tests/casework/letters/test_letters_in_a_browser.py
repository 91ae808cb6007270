"""The letters as a screen reader meets them."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from casework.letters.naming import ADDRESS, example
from casework.letters.writing import render
from models.vocabulary import Template
from tests.browser.chromium import assert_accessible, launch

ANSWER = f"{ADDRESS}/answer/{'A' * 44}"  # the longest word of any letter


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launch() as browser:
        yield browser


@pytest.mark.parametrize("template", list(Template))
def test_every_letter_is_accessible_and_fits_a_telephone(browser: Browser, template: Template) -> None:
    letter = render(template, example(template, answer=ANSWER))
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.set_content(letter.html)

    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert page.title() == letter.subject
    page.close()
