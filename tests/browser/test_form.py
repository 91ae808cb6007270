"""A form in a real browser: accessible, quick with scripts, whole without them."""

import socket
from collections.abc import Iterator
from threading import Thread

import pytest
import uvicorn
from playwright.sync_api import Browser, Page
from pydantic import BaseModel, Field, ValidationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from dashboard.fields import fields_of
from dashboard.headers import SecurityHeaders
from dashboard.mistakes import errors_of, problems_of
from dashboard.posted import another, read_form
from dashboard.templating import Frame, environment
from tests.browser.chromium import assert_accessible, launch
from tests.browser.filling import follow
from tests.test_layout import ROOT

PAGE = """
{% extends "pages/base.html" %}{% from "pages/macros/form.html" import form %}
{% block title %}Agencies{% endblock %}
{% block page %}<h1 class="govuk-heading-l">Agencies</h1>{{ form("/", "t0ken", questions) }}{% endblock %}
"""
NO_ICON = "<link rel='icon' href='data:,'>"  # else the browser asks for one and complains
PHONE = {"width": 375, "height": 800}


class Agency(BaseModel):
    name: str = Field(title="Name")
    asked: bool | None = Field(None, title="Has it been asked?")


class Agencies(BaseModel):
    reason: str = Field(title="Reason")
    agencies: list[Agency] = Field(title="Agencies")


async def agencies(request: Request) -> HTMLResponse:
    """Ask for agencies until the answers are right, then say what was read."""
    data = await request.form()
    values, more = read_form(Agencies, data), another(data)
    errors: dict[str, str] = {}
    if request.method == "POST" and not more:
        try:
            return HTMLResponse(NO_ICON + Agencies.model_validate(values).model_dump_json())
        except ValidationError as refused:
            errors = errors_of(refused, Agencies)
    questions = fields_of(Agencies, values, errors, another=more)
    frame = Frame(request.state.csp_nonce, person="Alex Example", problems=problems_of(questions, errors))
    return HTMLResponse(environment().from_string(PAGE).render(frame=frame, questions=questions))


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The form on loopback, at a port that is free."""
    static = Mount("/static", StaticFiles(directory=ROOT / "dashboard" / "static"))
    app = SecurityHeaders(Starlette(routes=[Route("/", agencies, methods=["GET", "POST"]), static]))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none"))
        thread = Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launch() as running:
        yield running


def opened(browser: Browser, address: str, *, scripts: bool = True) -> tuple[Page, list[str]]:
    """The form on a telephone's screen, and the list in which the browser's complaints collect."""
    page = browser.new_context(viewport=PHONE, java_script_enabled=scripts).new_page()  # type: ignore[arg-type] # a size
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    return page, complaints


@pytest.mark.parametrize("scripts", [True, False])
def test_agencies_are_added_with_and_without_scripts(browser: Browser, address: str, scripts: bool) -> None:
    page, complaints = opened(browser, address, scripts=scripts)

    page.fill("#reason", "A case")
    page.fill("#agencies-0-name", "Police")
    page.click("text=Add another")
    page.fill("#agencies-1-name", "School")
    page.check("#agencies-1-asked")
    follow(page, "text=Save and continue")

    assert (page.inner_text("body"), complaints) == (
        '{"reason":"A case","agencies":[{"name":"Police","asked":null},{"name":"School","asked":true}]}',
        [],
    )


def test_an_entry_is_removed_again(browser: Browser, address: str) -> None:
    page, _ = opened(browser, address)

    page.fill("#reason", "A case")
    page.fill("#agencies-0-name", "Police")
    page.click("text=Add another")
    page.fill("#agencies-1-name", "School")
    page.locator("text=Remove").first.click()
    left = (
        page.locator(".lc-rows__number").all_inner_texts(),
        page.locator("text=Remove").first.is_visible(),
    )
    page.press("#reason", "Enter")
    page.wait_for_selector(".lc-rows", state="detached")

    assert (left, page.inner_text("body")) == (
        (["1"], False),
        '{"reason":"A case","agencies":[{"name":"School","asked":null}]}',
    )


def test_the_form_is_accessible_before_and_after_a_refusal_and_fits_a_telephone(browser: Browser, address: str) -> None:
    page, complaints = opened(browser, address)

    assert_accessible(page)
    page.click("text=Add another")
    assert_accessible(page)
    page.click("text=Save and continue")
    page.wait_for_selector(".govuk-error-summary")
    assert_accessible(page)

    assert page.locator(".govuk-error-summary__list a").all_inner_texts() == [
        "Enter the reason",
        "Give at least one entry for ‘Agencies’",
    ]
    assert (page.evaluate("document.documentElement.scrollWidth"), complaints) == (PHONE["width"], [])


def test_a_page_that_is_not_accessible_is_told_so(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<html lang='en'><title>x</title><main><img src='data:,'></main>")

    with pytest.raises(AssertionError, match=r"breaks 1 rules of WCAG 2\.2 AA:\n- image-alt"):
        assert_accessible(page)
