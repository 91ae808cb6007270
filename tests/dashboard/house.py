"""A dashboard to knock at in tests: on a real store, at a fixed moment, with browsers that are signed in or not."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import unescape
from typing import Any

from fastapi import FastAPI
from httpx import Response
from sqlmodel import select
from starlette.testclient import TestClient

from casework.people.directory import find_person, person_for
from casework.people.signing_in import new_sign_in_link
from casework.record.settings import Settings
from casework.record.store import Store
from dashboard.app import create_app
from models.people import BrowserSession
from tests.walking import NOW

FROM_HERE = {"Sec-Fetch-Site": "same-origin"}
STRANGER = "sam.stranger@elsewhere.example"


class Clock:
    """The clock on the wall of the dashboard."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def goes_on(self, by: timedelta) -> None:
        """Let time pass."""
        self.now += by


class Browser(TestClient):
    """A browser: it follows no redirection of itself, and says with each form that it comes from our own page."""

    token = ""

    def send_form(self, path: str, data: Mapping[str, Any] | None = None, **more: Any) -> Response:
        """Send a form as a page of ours would."""
        filled = {"csrf_token": self.token} | typed(data or {})
        answer: Response = self.post(path, data=filled, headers=FROM_HERE, **more)
        return answer


def typed(data: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    """Plain data as the fields of a form: a date in its three parts, rows by their numbers."""
    fields: dict[str, str] = {}
    for name, value in data.items():
        if isinstance(value, list):
            for number, row in enumerate(value):
                fields |= typed(row, f"{prefix}{name}-{number}-")
        elif re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(value)):
            year, month, day = str(value).split("-")
            fields |= {f"{prefix}{name}-day": day, f"{prefix}{name}-month": month, f"{prefix}{name}-year": year}
        else:
            fields[prefix + name] = str(value)
    return fields


@dataclass
class House:
    """A dashboard with its store and its clock."""

    app: FastAPI
    store: Store
    clock: Clock
    base_url: str

    def browser(self) -> Browser:
        """A browser in which nobody is signed in."""
        return Browser(self.app, base_url=self.base_url, follow_redirects=False)

    def signed_in(self, email: str) -> Browser:
        """A browser in which this person has just signed in, who is put on record if they are not."""
        browser = self.browser()
        with self.store.transaction() as session:
            person_for(session, email=email, name=email.partition("@")[0])
            link = new_sign_in_link(session, find_person(session, email), address="", now=self.clock())
        assert browser.post(link, headers=FROM_HERE).status_code == 303
        with self.store.reading() as session:
            person = find_person(session, email)
            newest = select(BrowserSession).where(BrowserSession.person_id == person.id)
            browser.token = session.exec(newest.order_by("started_at")).all()[-1].form_token
        return browser


def house(settings: Settings, store: Store) -> House:
    """The dashboard of these settings."""
    clock = Clock()
    secure = settings.address.startswith("https")
    return House(create_app(settings, store, clock=clock), store, clock, f"http{'s' if secure else ''}://testserver")


def words(response: Response) -> str:
    """What a page says, without its mark-up, in one line."""
    body = response.text.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def title(response: Response) -> str:
    """The heading of a page."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", response.text, re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found[1])).split()) if found else ""


def problems(response: Response) -> list[str]:
    """The sentences of the error summary."""
    summary = response.text.partition("govuk-error-summary__body")[2].partition("</ul>")[0]
    return [
        unescape(re.sub(r"<[^>]+>", "", line)).strip() for line in re.findall(r"<li>(.*?)</li>", summary, re.DOTALL)
    ]


def standing(response: Response) -> tuple[list[str], str]:
    """What stands in the form of an invitation when it is opened: whether they come, and why not."""
    radios = re.findall(r'<input[^>]*name="coming"[^>]*>', response.text)
    chosen = [found[1] for radio in radios if " checked" in radio and (found := re.search(r'value="(\w+)"', radio))]
    reason = re.search(r'<input[^>]*name="reason"[^>]*>', response.text)
    typed_in = re.search(r'value="([^"]*)"', reason[0]) if reason else None
    return chosen, unescape(typed_in[1]) if typed_in else ""
