"""Signing in with a link sent by e-mail, and signing out."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, Field, ValidationError, field_validator
from starlette.background import BackgroundTask
from starlette.responses import Response

from casework.delivery.outages import current_outage
from casework.links.sign_in_links import send_sign_in_link
from casework.people.signing_in import SESSION_LASTS, end_session, start_session, use_sign_in_link
from dashboard.fields import fields_of
from dashboard.mistakes import errors_of, problems_of
from dashboard.posted import read_form
from dashboard.security import Posted, Visiting, cookie_name, is_https, safe_target
from dashboard.site import SEE_OTHER, Site, see
from dashboard.templating import Frame, render
from models.errors import InputError
from models.forms.base import Address

router = APIRouter()


class SignIn(BaseModel):
    """Who wants to come in."""

    email: Address = Field(title="E-mail address", description="The address that your board or the review has for you.")

    @field_validator("email", mode="before")
    @classmethod
    def in_small_letters(cls, typed: object) -> object:
        """However it is typed, it is the same address."""
        return typed.lower() if isinstance(typed, str) else typed


def site_of(request: Request) -> Site:
    """The installation; these pages are seen before anybody is known."""
    site: Site = request.app.state.site
    return site


def ask(
    request: Request,
    then: str,
    *,
    sorry: str = "",
    values: Mapping[str, object] | None = None,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
) -> HTMLResponse:
    """The page that asks for the address; `sorry` says why a link did not open the door."""
    questions = fields_of(SignIn, values, errors)
    frame = Frame(request.state.csp_nonce, problems=problems_of(questions, errors or {}))
    shown = render("pages/sign_in.html", frame=frame, questions=questions, then=safe_target(then), sorry=sorry)
    return HTMLResponse(shown, status)


@router.get("/sign-in")
def sign_in(request: Request, then: str = "/") -> Response:
    """Ask for the address."""
    return see(safe_target(then)) if request.state.visit else ask(request, then)


@router.post("/sign-in")
def send_link(request: Request, data: Posted) -> Response:
    """Always the same answer, after always the same time: the looking up and sending comes behind it."""
    then = safe_target(str(data.get("then", "/")))
    values = read_form(SignIn, data)
    try:
        wanted = SignIn.model_validate(values)
    except ValidationError as wrong:
        return ask(request, then, values=values, errors=errors_of(wrong, SignIn), status=422)
    site, frame = site_of(request), Frame(request.state.csp_nonce)
    local, away = site.settings.mail_is_local, mail_is_away(site)
    shown = render("pages/sign_in_sent.html", frame=frame, mail_is_local=local, mail_is_away=away)
    return HTMLResponse(shown, background=BackgroundTask(send, site, wanted.email, then))


def mail_is_away(site: Site) -> bool:
    """Whether the mail server takes nothing at the moment: a person who waits for a link must know."""
    with site.store.reading() as session:
        return current_outage(session) is not None


def send(site: Site, email: str, target: str) -> None:
    """Send a link if somebody has this address."""
    with site.store.transaction() as session:
        send_sign_in_link(session, email, settings=site.settings, now=site.clock(), target=target)


@router.get("/sign-in/{token}")
def follow_link(request: Request) -> HTMLResponse:
    """Only a page with a button: mail scanners follow links too, and would use them up."""
    return HTMLResponse(render("pages/sign_in_link.html", frame=Frame(request.state.csp_nonce)))


@router.post("/sign-in/{token}")
def use_link(request: Request, token: str) -> Response:
    """Sign the browser in, and go to where the link was asked for."""
    site = site_of(request)
    now = site.clock()
    try:
        with site.store.transaction() as session:
            link = use_sign_in_link(session, token, now=now)
            cookie = start_session(session, link.person_id, now=now)
    except InputError as sorry:
        return ask(request, "/", sorry=str(sorry), status=410)
    found = see(safe_target(link.target))
    found.set_cookie(
        cookie_name(site.settings),
        cookie,
        max_age=int(SESSION_LASTS.total_seconds()),
        path="/",
        httponly=True,
        samesite="lax",
        secure=is_https(site.settings),
    )
    return found


@router.post("/sign-out")
def sign_out(visit: Visiting) -> RedirectResponse:
    """End the session, in the database too: a copy of its cookie opens nothing."""
    name = cookie_name(visit.site.settings)
    with visit.transaction() as session:
        end_session(session, visit.request.cookies[name], now=visit.now)
    gone = RedirectResponse("/sign-in", SEE_OTHER)
    gone.delete_cookie(name, path="/", httponly=True, secure=is_https(visit.site.settings), samesite="lax")
    return gone
