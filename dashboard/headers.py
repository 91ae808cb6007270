"""The security headers of every response, with a content policy that runs no script but ours."""

import secrets

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from casework.links.signed_links import PATH

NONCE_BYTES = 16
POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
# a letter is shown as it is sent: its styles stand in its elements; in a frame of ours, and it can do nothing there
POLICY_OF_A_LETTER = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'self'; base-uri 'none'; "
    "sandbox"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    # other sites learn nothing, yet our own posts still say where they come from: under no-referrer browsers
    # send "Origin: null" and the check against forged requests could not tell our forms from a stranger's
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# an address with a link in it is told to nobody, not even to ourselves; our own forms still say their origin
OF_A_LINK = {"Referrer-Policy": "strict-origin"}
STATIC = "/static/"
A_YEAR = {"Strict-Transport-Security": "max-age=31536000"}  # of seconds: until then browsers come by https alone


def policy_of_a_page_with_a_letter(nonce: str) -> str:
    """The policy of a page that shows a letter of ours in a frame."""
    return f"{POLICY.format(nonce=nonce)}; frame-src 'self'"


class SecurityHeaders:
    """ASGI middleware: makes a nonce, at hand as `request.state.csp_nonce`, and sets the headers.

    Pages are stored nowhere, since what they show is sensitive and shared machines are common; style sheets,
    scripts and pictures are kept but asked after each time. A route may set a cache rule, and a policy, of its own.
    """

    def __init__(self, app: ASGIApp, *, over_https: bool = False) -> None:
        self.app = app
        self.headers = HEADERS | A_YEAR if over_https else HEADERS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its nonce and the response back with its headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(NONCE_BYTES)
        scope.setdefault("state", {})["csp_nonce"] = nonce
        cache = "no-cache" if scope["path"].startswith(STATIC) else "no-store"

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                of_a_link = OF_A_LINK if scope["path"].startswith(PATH) else {}
                headers.update(self.headers | of_a_link)
                headers.setdefault("Content-Security-Policy", POLICY.format(nonce=nonce))
                headers.setdefault("Cache-Control", cache)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class HeadAsGet:
    """ASGI middleware: HEAD is answered as GET is, without the page itself [RFC 9110, 9.3.2]."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on as a GET, and leave the page out of the answer."""

        async def send_without_page(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        if scope["type"] == "http" and scope["method"] == "HEAD":
            await self.app(dict(scope, method="GET"), receive, send_without_page)
        else:
            await self.app(scope, receive, send)
