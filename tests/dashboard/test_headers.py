"""Every response carries the security headers; the page and its policy agree on one nonce, new each time."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard.headers import SecurityHeaders


async def page(request: Request) -> PlainTextResponse:
    return PlainTextResponse(request.state.csp_nonce)


async def with_a_rule(_: Request) -> PlainTextResponse:
    return PlainTextResponse("", headers={"Cache-Control": "private"})


PATHS = {"/": page, "/static/x.css": page, "/ruled": with_a_rule}
client = TestClient(SecurityHeaders(Starlette(routes=[Route(path, answer) for path, answer in PATHS.items()])))


def test_a_page_has_all_headers() -> None:
    response = client.get("/")
    own = {name: value for name, value in response.headers.items() if name not in ("content-length", "content-type")}

    assert own == {
        "content-security-policy": (
            f"default-src 'none'; script-src 'self' 'nonce-{response.text}'; style-src 'self'; "
            "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; "
            "frame-ancestors 'none'; base-uri 'none'"
        ),
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "permissions-policy": ("camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"),
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "cache-control": "no-store",
    }


def test_a_nonce_is_used_once() -> None:
    assert client.get("/").text != client.get("/").text


def test_a_page_that_does_not_exist_has_them_too() -> None:
    assert client.get("/nowhere").headers["X-Content-Type-Options"] == "nosniff"


def test_style_sheets_are_asked_after_and_a_routes_own_rule_stays() -> None:
    rules = [client.get(path).headers["Cache-Control"] for path in ("/static/x.css", "/ruled")]

    assert rules == ["no-cache", "private"]


def test_over_https_browsers_are_told_to_come_by_nothing_else() -> None:
    over_https = TestClient(SecurityHeaders(Starlette(routes=[Route("/", page)]), over_https=True))

    assert over_https.get("/").headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in client.get("/").headers
