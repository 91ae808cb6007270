"""The door: nobody comes in but by a signed-in browser, and no form but from our own pages.

One dependency, `guard`, stands before every route of the app; the few open ones are listed here by path.
"""

import secrets
from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote, urlsplit

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from casework.demonstration.seeding import is_demonstration
from casework.links.link_state import follow_link
from casework.links.signed_links import form_token
from casework.people.roles import roles_of
from casework.people.signing_in import signed_in
from casework.record.settings import Settings
from casework.reviews.files import LARGEST_FILE
from dashboard.rounds import troubles, watch
from dashboard.site import Site, Visit
from models.errors import LearningCycleError, NotAllowed
from models.vocabulary import LinkState, Role

BY_LINK = frozenset({"/answer/{token}", "/answer/{token}/new-link", "/answer/{token}/{way}"})
# and /static, which is no route but a mount; a calendar program has no other key than its address
OPEN = BY_LINK | {"/sign-in", "/sign-in/{token}", "/health", "/calendar/{token}.ics"}
SAFE_METHODS = ("GET", "HEAD")
OUR_OWN = ("same-origin", "none")
LONGEST_TARGET = 200
LARGEST_FORM = LARGEST_FILE + 2_000_000  # bytes: one file, and what surrounds it
LARGEST_FROM_STRANGERS = 10_000
NOT_THEIRS = (LinkState.ENDED, LinkState.NOT_YOURS, LinkState.GONE)
FROM_ELSEWHERE = (
    "This form did not come from a page of this site that you have open. Go back, load the page again and send "
    "it from there."
)


class SignInFirst(LearningCycleError):
    """Raised when somebody who is not signed in asks for a page; `target` is where they wanted to go."""

    def __init__(self, target: str) -> None:
        super().__init__("Sign in first.")
        self.target = target


def cookie_name(settings: Settings) -> str:
    """The session's cookie; over https its name binds it to this host, and browsers hold to that."""
    return "__Host-learning-cycle" if is_https(settings) else "learning-cycle"


def is_https(settings: Settings) -> bool:
    """Whether people reach the dashboard over https."""
    return settings.address.startswith("https://")


async def guard(request: Request) -> AsyncIterator[None]:
    """Let a request through: from a signed-in browser unless its route is open; a form only from our own page."""
    site: Site = request.app.state.site
    by_link = request.scope["route"].path in BY_LINK  # there a link is all that counts, not who is signed in
    request.state.visit = None if by_link else await run_in_threadpool(visit_of, request, site)
    if request.state.visit is None and request.scope["route"].path not in OPEN:
        raise SignInFirst(wanted(request))
    if request.method in SAFE_METHODS:
        yield
        return
    check_comes_from_here(request)
    known = await run_in_threadpool(is_known, request, site) if by_link else request.state.visit is not None
    check_size(request, known=known)
    async with request.form() as form:
        if by_link:
            check_form_token(form, form_token(site.store.journal_secret, request.path_params["token"]))
        elif request.state.visit is not None and request.scope["route"].path not in OPEN:
            check_form_token(form, request.state.visit.form_token)
        request.state.form = form
        yield


def visit_of(request: Request, site: Site) -> Visit | None:
    """The visit of the person who is signed in in this browser, if anybody is."""
    token, now = request.cookies.get(cookie_name(site.settings)), site.clock()
    if not token:
        return None
    with site.store.reading() as session:
        found = signed_in(session, token, now=now)
        if found is None or found.person.id is None:
            return None
        roles = roles_of(session, found.person.id)
        demonstration = is_demonstration(session)
        sees = any(Role.BUSINESS_MANAGER in held for held in roles.values())
        troubled = troubles(watch(session, since=site.started_at, now=now), now) if sees else []
    return Visit(request, site, found.person, found.form_token, roles, demonstration, now, tuple(troubled))


def check_comes_from_here(request: Request) -> None:
    """Refuse what another site's page has sent: by Sec-Fetch-Site or, where a browser does not say it, by Origin."""
    said = request.headers.get("sec-fetch-site")
    origin = urlsplit(request.headers.get("origin", "")).netloc
    if (said in OUR_OWN) if said else (origin and origin == request.headers.get("host")):
        return
    raise NotAllowed(FROM_ELSEWHERE)


def is_known(request: Request, site: Site) -> bool:
    """Whether the link is theirs who come by it: even where it holds no longer, they see again what they typed."""
    with site.store.reading() as session:
        followed = follow_link(session, request.path_params["token"], now=site.clock())
    return followed is not None and followed.state not in NOT_THEIRS


def check_size(request: Request, *, known: bool) -> None:
    """Refuse a form larger than the largest file, before it is read; from strangers anything but a few lines.

    What comes in chunks does not say how large it is; no browser sends a form so.
    """
    said = "unsaid" if "transfer-encoding" in request.headers else request.headers.get("content-length", "0")
    largest = LARGEST_FORM if known else LARGEST_FROM_STRANGERS
    if not said.isdecimal() or int(said) > largest:
        raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def check_form_token(form: FormData, token: str) -> None:
    """Refuse a form without the token of this browser's session, or of the link behind which it stands."""
    sent = form.get("csrf_token")
    if not isinstance(sent, str) or not secrets.compare_digest(sent.encode(), token.encode()):
        raise NotAllowed(FROM_ELSEWHERE)


def wanted(request: Request) -> str:
    """Where somebody wanted to go: the page itself, or the one a form was on; nothing else of the request."""
    return safe_target(quote(request.url.path, safe="/:"))


def safe_target(target: str) -> str:
    """A path on this site to go to after signing in; the front page in place of anything else."""
    plain = target.startswith("/") and not target.startswith(("//", "/sign-")) and "\\" not in target
    return target if plain and target.isprintable() and len(target) <= LONGEST_TARGET else "/"


async def visit(request: Request) -> Visit:
    """The visit that the guard has found; only routes behind it may ask for one."""
    found: Visit | None = request.state.visit
    assert found is not None
    return found


async def posted(request: Request) -> FormData:
    """The form that the guard has let through."""
    form: FormData = request.state.form
    return form


Visiting = Annotated[Visit, Depends(visit)]
Posted = Annotated[FormData, Depends(posted)]
