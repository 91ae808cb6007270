"""The installation that a running dashboard serves, and what one request of a signed-in person has at hand."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlmodel import Session

from casework.clock import london_day
from casework.framework.profiles import board
from casework.record.act import Act
from casework.record.settings import Settings
from casework.record.store import Store
from casework.reviews.permissions import OVERSEES
from dashboard.mistakes import Problem
from dashboard.templating import Frame, render
from models.people import Person
from models.tables import id_of
from models.vocabulary import Role

SEE_OTHER = 303
Number = Annotated[int, Path(ge=1, le=2_147_483_647)]  # of an action, a document, a message


def this_moment() -> datetime:
    """Now."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Site:
    """One installation: its settings, its database, and its clock."""

    settings: Settings
    store: Store
    clock: Callable[[], datetime]
    started_at: datetime


@dataclass(frozen=True)
class Visit:
    """One request of a signed-in person: who they are, what they are to each board, and when it is."""

    request: Request
    site: Site
    person: Person
    form_token: str
    roles: dict[str, set[Role]]
    demonstration: bool
    now: datetime
    troubles: tuple[str, ...] = ()  # of the installation, for those who have to see to them

    @property
    def today(self) -> date:
        """Today in London."""
        return london_day(self.now)

    def act(self, session: Session) -> Act:
        """What this person does now, in this transaction."""
        return Act(session, self.person, self.now, self.today)

    @property
    def id(self) -> int:
        """The person's number."""
        return id_of(self.person)

    @property
    def oversees(self) -> tuple[str, ...]:
        """The boards of which this person sees every review."""
        return tuple(sorted(name for name, held in self.roles.items() if held & OVERSEES))

    @property
    def manages(self) -> tuple[str, ...]:
        """The boards whose business manager this person is."""
        return tuple(sorted(name for name, held in self.roles.items() if Role.BUSINESS_MANAGER in held))

    def reading(self) -> AbstractContextManager[Session]:
        """A session to look with."""
        return self.site.store.reading()

    def transaction(self) -> AbstractContextManager[Session]:
        """A session whose changes are committed together, or not at all."""
        return self.site.store.transaction()

    def frame(
        self, section: str = "", board_name: str = "", success: str = "", problems: tuple[Problem, ...] = ()
    ) -> Frame:
        """What surrounds this person's pages; `board_name` is a profile's name, where the page is of one board."""
        own = sorted(self.roles) if len(self.roles) == 1 else []
        named = board_name or next(iter(own), "")
        return Frame(
            csp_nonce=self.request.state.csp_nonce,
            board=board(named).name.value if named else "",
            person=self.person.name,
            csrf_token=self.form_token,
            section=section,
            manages=bool(self.manages),
            on_a_board=bool(self.roles),
            leads_agency=any(Role.SAFEGUARDING_LEAD in held for held in self.roles.values()),
            mail_is_local=self.site.settings.mail_is_local,
            demonstration=self.demonstration,
            success=success,
            problems=problems,
            troubles=self.troubles,
        )

    def page(self, name: str, frame: Frame, *, status: int = 200, **shown: object) -> HTMLResponse:
        """A page of templates/pages/."""
        return HTMLResponse(render(f"pages/{name}", frame=frame, today=self.today, **shown), status)


def see(address: str) -> RedirectResponse:
    """Go and look at another page after a form has been dealt with."""
    return RedirectResponse(address, SEE_OTHER)
