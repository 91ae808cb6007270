"""What people see when something cannot be done, and what the log keeps of what went wrong: no form, no message."""

import logging
import traceback
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from casework.links.signed_links import PATH
from casework.reviews.files import MOST
from dashboard.plain import lines_of_refusal
from dashboard.security import SignInFirst, visit_of
from dashboard.site import SEE_OTHER, Visit
from dashboard.templating import Frame, render
from models.errors import InputError, LearningCycleError, MoveRefused, NotAllowed, NotFound, RuleError

log = logging.getLogger("learning_cycle.dashboard")

STATUSES: dict[type[LearningCycleError], HTTPStatus] = {
    NotFound: HTTPStatus.NOT_FOUND,
    NotAllowed: HTTPStatus.FORBIDDEN,
    MoveRefused: HTTPStatus.CONFLICT,
    RuleError: HTTPStatus.UNPROCESSABLE_ENTITY,
    InputError: HTTPStatus.UNPROCESSABLE_ENTITY,
}
TITLES = {
    HTTPStatus.BAD_REQUEST: "That form could not be read",
    HTTPStatus.FORBIDDEN: "You cannot open this page",
    HTTPStatus.NOT_FOUND: "Page not found",
    HTTPStatus.CONFLICT: "That cannot be done now",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "That file is too large",
    HTTPStatus.UNPROCESSABLE_ENTITY: "There is a problem with what was entered",
}
# what only somebody hears who sees the review itself, and can go back to it
IN_A_REVIEW = (HTTPStatus.FORBIDDEN, HTTPStatus.CONFLICT)
OUR_FAULT = "Sorry, there is a problem with the service"
SENTENCES = {
    HTTPStatus.BAD_REQUEST: "Go back, load the page again and send the form once more.",
    HTTPStatus.NOT_FOUND: "There is nothing at this address. Check it, or start from the front page.",
    HTTPStatus.METHOD_NOT_ALLOWED: "This address is opened through a form. Start from the front page.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
        f"Give a file of at most {MOST}. Go back in your browser: what you typed should still be there."
    ),
}
TRY_LATER = (
    "Nothing that you entered has been recorded. Try again in a few minutes. If the problem continues, tell the "
    "person who runs this installation when it happened."
)


def install(app: FastAPI) -> None:
    """Give an app these pages."""
    app.add_exception_handler(SignInFirst, sign_in_first)
    app.add_exception_handler(LearningCycleError, refused)
    app.add_exception_handler(HTTPException, not_served)
    app.add_exception_handler(RequestValidationError, no_such_address)


def sign_in_first(request: Request, why: Exception) -> Response:
    """Send somebody to the sign-in page, from where they come back to what they wanted."""
    assert isinstance(why, SignInFirst)
    address = request.url_for("sign_in").include_query_params(then=why.target)
    return RedirectResponse(f"{address.path}?{address.query}", SEE_OTHER)


def refused(request: Request, why: Exception) -> Response:
    """The sentence of a refusal; what is no refusal but a fault of the installation goes to the log alone."""
    assert isinstance(why, LearningCycleError)
    status = next((STATUSES[kind] for kind in type(why).__mro__ if kind in STATUSES), None)
    if status is None:
        log.error("%s", account_of(why))
        return page(request, HTTPStatus.INTERNAL_SERVER_ERROR, TRY_LATER)
    return page(request, status, *lines_of_refusal(why))


def not_served(request: Request, why: Exception) -> Response:
    """An address or a way of asking that there is not."""
    assert isinstance(why, HTTPException)
    status = HTTPStatus(why.status_code)
    return page(request, status, SENTENCES.get(status, "Start again from the front page."))


def no_such_address(request: Request, why: Exception) -> Response:  # noqa: ARG001 -- what is wrong with it helps nobody
    """An address with something in it that no page has, such as something that is not a number."""
    return page(request, HTTPStatus.NOT_FOUND, SENTENCES[HTTPStatus.NOT_FOUND])


def page(request: Request, status: HTTPStatus, *sentences: str) -> HTMLResponse:
    """A page that says what is the matter, in the frame of the reader."""
    visit: Visit | None = getattr(request.state, "visit", None) or visit_of(request, request.app.state.site)
    alone = request.url.path.startswith(PATH)
    frame = visit.frame() if visit and not alone else Frame(request.state.csp_nonce, alone=alone)
    title = OUR_FAULT if status >= HTTPStatus.INTERNAL_SERVER_ERROR else TITLES.get(status, "That cannot be done")
    return HTMLResponse(
        render(
            "pages/refusal.html",
            frame=frame,
            heading=title,
            sentences=sentences,
            review=request.path_params.get("reference") if status in IN_A_REVIEW else None,
        ),
        status,
    )


class QuietErrors:
    """ASGI middleware: what nobody foresaw becomes a plain page, and a log entry without anything people wrote.

    An exception's own message may quote a form, so the log gets its type and the places it came through.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and answer for it if that fails."""
        started = False

        async def noted(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, noted)
        except Exception as why:
            log.error("%s", account_of(why))
            if not started and scope["type"] == "http":
                frame = Frame(scope["state"]["csp_nonce"], alone=scope["path"].startswith(PATH))
                text = render("pages/refusal.html", frame=frame, heading=OUR_FAULT, sentences=[TRY_LATER], review=None)
                await HTMLResponse(text, HTTPStatus.INTERNAL_SERVER_ERROR)(scope, receive, noted)


def account_of(why: BaseException) -> str:
    """An error for the log: its type, and the way it came, innermost last."""
    places = [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(why.__traceback__)]
    return "\n".join([type(why).__name__, *places])
