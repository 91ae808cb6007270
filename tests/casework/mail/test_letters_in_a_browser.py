"""The letters as a screen reader meets them."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from casework.mail.letter_variables import VARIABLES
from casework.mail.letters import render
from models.vocabulary import Basis, Template
from tests.browser.chromium import assert_accessible, launch
from tests.casework.mail.a_case import ADDRESS, DATED, MEETING, NOW, TODAY

VARIABLES_OF_ALL = (
    DATED
    | MEETING
    | {
        "address": ADDRESS,
        "link": f"{ADDRESS}/reviews/SCR-LSCBN-2024-01/stages/lead-reviewer",
        "today": TODAY,
        "reference": "SCR-LSCBN-2024-01",
        "board": "Northamptonshire Local Safeguarding Children Board",
        "stage": "Appointment of the independent lead reviewer",
        "last_safe_on": "2024-01-19",
        "original_due_on": None,
        "basis": Basis.STATUTORY_GUIDANCE,
        "from": "2024-01-15",
        "number": 3,
        "due": "2024-06-28",
        "keep": "12 months",
        "minutes": 15,
        "what": "Agency report (Police)",
        "days": 30,
        "comes_on": "2024-01-29",
        "answer_by": "2024-01-22",
        "queued_at": NOW,
    }
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launch() as browser:
        yield browser


@pytest.mark.parametrize("template", list(Template))
def test_every_letter_is_accessible_and_fits_a_telephone(browser: Browser, template: Template) -> None:
    letter = render(template, VARIABLES[template].model_validate(VARIABLES_OF_ALL))
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.set_content(letter.html)

    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert page.title() == letter.subject
    page.close()
