"""Nobody comes in but by a signed-in browser, and no form but from our own pages."""

from dataclasses import replace
from datetime import timedelta

import pytest
from starlette.routing import Mount, Route

from dashboard.app import ROUTES
from dashboard.security import LARGEST_FORM, LARGEST_FROM_STRANGERS, OPEN, safe_target
from tests.dashboard.house import FROM_HERE, House, words
from tests.walking import MANAGER, launched


def routes(home: House) -> list[tuple[str, str]]:
    """Every method and address there is: the app's own routes, and those of the routers included in it."""
    everything = [*home.app.routes, *(route for module in ROUTES for route in module.router.routes)]
    found = [route for route in everything if isinstance(route, Route)]
    return [(method, route.path) for route in found for method in sorted(route.methods or ()) if method != "HEAD"]


def filled(path: str) -> str:
    """An address with something in place of what varies."""
    for name in ("reference", "name", "way", "token", "board_name", "type_", "mail_id"):
        path = path.replace(f"{{{name}}}", "x")
    return path.replace("{number}", "1")


def test_every_route_but_the_listed_ones_sends_strangers_to_the_sign_in_page(home: House) -> None:
    closed = [(method, path) for method, path in routes(home) if path not in OPEN]
    answers = {
        (method, path): home.browser().request(method, filled(path), headers=FROM_HERE) for method, path in closed
    }

    assert len(closed) > 25
    assert {key: answer.status_code for key, answer in answers.items()} == dict.fromkeys(closed, 303)
    assert {answer.headers["location"].partition("?")[0] for answer in answers.values()} == {"/sign-in"}


def test_only_signing_in_secret_addresses_the_health_and_the_style_sheets_are_open(home: House) -> None:
    mounts = [route.path for route in home.app.routes if isinstance(route, Mount)]

    secret = ["/answer/{token}", "/answer/{token}/new-link", "/answer/{token}/{way}", "/calendar/{token}.ics"]
    assert (sorted(OPEN), mounts) == ([*secret, "/health", "/sign-in", "/sign-in/{token}"], ["/static"])
    assert home.browser().get("/static/learning-cycle.css").status_code == 200


def test_the_app_has_no_pages_about_itself(home: House) -> None:
    browser = home.signed_in(MANAGER)

    assert [browser.get(path).status_code for path in ("/docs", "/redoc", "/openapi.json")] == [404, 404, 404]


@pytest.mark.parametrize(
    ("headers", "token", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True, 303),
        ({"Origin": "http://testserver"}, True, 303),
        ({"Sec-Fetch-Site": "same-origin"}, False, 403),
        ({"Sec-Fetch-Site": "cross-site"}, True, 403),
        ({"Sec-Fetch-Site": "same-site"}, True, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, True, 403),
        ({"Origin": "http://elsewhere.example"}, True, 403),
        ({"Origin": "null"}, True, 403),
        ({"Origin": "http://["}, True, 403),
        ({}, True, 403),
    ],
)
def test_a_form_is_taken_only_from_our_own_page_and_with_its_token(
    home: House, headers: dict[str, str], token: bool, status: int
) -> None:
    browser = home.signed_in(MANAGER)

    sent = browser.post("/sign-out", data={"csrf_token": browser.token if token else "guessed"}, headers=headers)

    assert sent.status_code == status


def test_where_a_public_address_is_set_a_form_comes_from_there_whatever_the_request_calls_us(home: House) -> None:
    home.app.state.site = replace(
        home.app.state.site,
        settings=home.app.state.site.settings.model_copy(update={"public_url": "http://lc.example"}),
    )
    browser = home.browser()
    headers = {"Origin": "http://evil.example", "Host": "evil.example"}
    answers = [
        browser.post("/sign-in", data={"email": MANAGER}, headers=given).status_code
        for given in (headers, headers | {"Origin": "http://lc.example"})
    ]

    assert answers == [403, 200]


@pytest.mark.parametrize("charset", ["undefined", "punycode"])
def test_a_form_whose_letters_cannot_be_told_is_refused_in_words(home: House, charset: str) -> None:
    part = '--x\r\nContent-Disposition: form-data; name="email"\r\n\r\nx-!!\r\n--x--\r\n'
    kind = {"Content-Type": f"multipart/form-data; boundary=x; charset={charset}"}

    answer = home.browser().post("/sign-in", content=part.encode("latin-1"), headers=FROM_HERE | kind)

    assert (answer.status_code, "That form could not be read" in answer.text) == (400, True)


def test_what_can_be_looked_at_answers_head_without_the_page(home: House) -> None:
    browser = home.signed_in(MANAGER)

    for path in ("/", "/sign-in", "/static/learning-cycle.css", "/nowhere", "/health"):
        looked, asked = browser.get(path), browser.head(path)
        assert (asked.status_code, asked.content) == (looked.status_code, b"")
    assert browser.head("/sign-out").status_code == 405


def test_one_browsers_token_is_no_good_in_another(home: House) -> None:
    one, other = home.signed_in(MANAGER), home.signed_in(MANAGER)

    assert one.post("/sign-out", data={"csrf_token": other.token}, headers=FROM_HERE).status_code == 403


def test_a_session_ends_after_ten_hours(home: House) -> None:
    browser = home.signed_in(MANAGER)

    home.clock.goes_on(timedelta(hours=9, minutes=59))
    before = browser.get("/").status_code
    home.clock.goes_on(timedelta(minutes=2))

    assert (before, browser.get("/").status_code) == (200, 303)


def test_signing_out_ends_the_session_for_every_copy_of_its_cookie(home: House) -> None:
    browser = home.signed_in(MANAGER)
    thief = home.browser()
    thief.cookies.update(browser.cookies)
    before = thief.get("/").status_code

    out = browser.send_form("/sign-out")

    assert (out.status_code, out.headers["location"]) == (303, "/sign-in")
    assert (before, thief.get("/").status_code) == (200, 303)


@pytest.mark.parametrize(
    ("given", "target"),
    [
        ("/reviews/LSCBN-SCR-2014-001", "/reviews/LSCBN-SCR-2014-001"),
        ("/reviews/X/stages/agency-report:police", "/reviews/X/stages/agency-report:police"),
        ("https://elsewhere.example", "/"),
        ("//elsewhere.example", "/"),
        ("/\\elsewhere.example", "/"),
        ("/sign-out", "/"),
        ("/a\nb", "/"),
        ("/" + "a" * 200, "/"),
        ("", "/"),
    ],
)
def test_signing_in_leads_nowhere_but_to_a_page_of_ours(given: str, target: str) -> None:
    assert safe_target(given) == target


def test_a_form_that_is_too_large_is_refused_before_it_is_read(home: House) -> None:
    browser = home.signed_in(MANAGER)
    large = browser.send_form("/sign-out", files={"file": ("a.pdf", b"x" * LARGEST_FORM, "application/pdf")})
    stranger = home.browser().post("/sign-in", data={"email": "x" * 10_001}, headers=FROM_HERE)

    assert large.status_code == 413
    assert words(large) == (
        "That file is too large Give a file of at most 20 MB. Go back in your browser: what you typed should still be "
        "there. Go to the front page"
    )
    assert stranger.status_code == 413


@pytest.mark.parametrize("path", ["/sign-in", "/answer/x/report", "/answer/x/new-link"])
def test_a_form_that_does_not_say_how_large_it_is_is_refused_before_it_is_read(home: House, path: str) -> None:
    chunks = iter([b"email=a%40board.example&more=", b"x" * LARGEST_FROM_STRANGERS])
    form = {"Content-Type": "application/x-www-form-urlencoded"}

    assert home.browser().post(path, content=chunks, headers=FROM_HERE | form).status_code == 413


def test_an_unexpected_error_shows_a_plain_page_and_logs_nothing_that_was_typed(
    home: House, caplog: pytest.LogCaptureFixture
) -> None:
    browser = home.signed_in(MANAGER)

    def breaks(typed: str = "The child’s name") -> None:
        raise RuntimeError(f"could not store {typed}")

    home.app.add_api_route("/breaks", breaks)
    answer = browser.get("/breaks")

    assert answer.status_code == 500
    assert "Nothing that you entered has been recorded" in words(answer)
    assert "content-security-policy" in answer.headers
    assert ("RuntimeError" in caplog.text, " breaks" in caplog.text) == (True, True)
    assert "child" not in caplog.text + answer.text.partition("<main")[2]


@pytest.mark.parametrize("address", ["/outbox/99999999999999999999999", "/outbox/none", "/outbox/0"])
def test_a_number_that_is_none_is_an_address_that_is_not_there(home: House, address: str) -> None:
    launched(home.store)

    page = home.signed_in(MANAGER).get(address)

    assert (page.status_code, "There is nothing at this address." in page.text) == (404, True)
