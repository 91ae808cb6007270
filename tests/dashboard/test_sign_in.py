"""Signing in: by a link, once, soon, without telling anybody who is known here."""

from datetime import timedelta

import pytest
from sqlmodel import select

from casework.letters.writing import write_letter
from casework.links.signed_links import form_token
from casework.people.directory import person_for
from casework.record.settings import Settings
from casework.record.store import Store
from models.record import MailOutage, OutboxMessage
from models.vocabulary import OutageCause, Template
from tests.dashboard.house import FROM_HERE, House, house, problems, title, words
from tests.walking import MANAGER, NOW


@pytest.fixture
def door(home: House) -> House:
    """A dashboard at which one person is known."""
    with home.store.transaction() as session:
        person_for(session, email=MANAGER, name="Maya Manager")
    return home


def ask(home: House, email: str, **more: str) -> str:
    """Ask for a link as the page does; what the answering page says."""
    answer = home.browser().post("/sign-in", data={"email": email, **more}, headers=FROM_HERE)
    assert answer.status_code == 200
    page: str = answer.text
    return page.partition("<main")[2].partition("</main>")[0]


def links(home: House) -> list[str]:
    """The links queued so far, without the address of the dashboard."""
    with home.store.reading() as session:
        found = session.exec(select(OutboxMessage).where(OutboxMessage.template == Template.SIGN_IN)).all()
        return [(message.details or {})["link"].partition(":8770")[2] for message in found]


def test_the_answer_is_the_same_whether_or_not_somebody_is_known(door: House) -> None:
    assert ask(door, MANAGER) == ask(door, "nobody@elsewhere.example")
    assert len(links(door)) == 1


def test_while_no_e_mail_goes_out_whoever_waits_for_a_link_is_told_so_known_or_not(door: House) -> None:
    said = "We cannot send e-mail at the moment"
    before = ask(door, MANAGER)
    with door.store.transaction() as session:
        session.add(MailOutage(began_at=NOW, cause=OutageCause.UNREACHABLE, words="refused"))
    known, unknown = ask(door, MANAGER), ask(door, "nobody@elsewhere.example")
    form = {"csrf_token": form_token(door.store.journal_secret, "x")}
    anew = door.browser().post("/answer/x/new-link", data=form, headers=FROM_HERE)

    assert [said in each for each in (before, known, anew.text)] == [False, True, True]
    assert known == unknown


def test_an_address_is_known_in_any_case_and_with_spaces_around_it(door: House) -> None:
    ask(door, "  Business-Manager@Board.Example ")

    assert len(links(door)) == 1


def test_what_is_no_address_is_refused_and_kept(door: House) -> None:
    answer = door.browser().post("/sign-in", data={"email": "maya at board"}, headers=FROM_HERE)

    assert (answer.status_code, 'value="maya at board"' in answer.text) == (422, True)
    assert problems(answer) == ["‘maya at board’ is not an e-mail address: give one such as name@board.example"]


def test_the_sixth_link_within_a_quarter_of_an_hour_is_not_sent(door: House) -> None:
    answers = {ask(door, MANAGER) for _ in range(6)}
    at_once = len(links(door))
    door.clock.goes_on(timedelta(minutes=16))
    ask(door, MANAGER)

    assert (len(answers), at_once, len(links(door))) == (1, 5, 6)


def test_the_letter_can_be_written_and_carries_the_link(door: House, settings: Settings) -> None:
    ask(door, MANAGER)
    with door.store.reading() as session:
        message = session.exec(select(OutboxMessage)).one()
        letter = write_letter(session, message, settings=settings, today=door.clock().date())

    assert links(door)[0] in letter.text


def test_looking_at_a_link_does_not_use_it_up_and_pressing_the_button_does(door: House) -> None:
    ask(door, MANAGER)
    (link,), browser = links(door), door.browser()
    looked = [browser.get(link).status_code for _ in range(3)]

    used = browser.post(link, headers=FROM_HERE)
    again = door.browser().post(link, headers=FROM_HERE)

    assert (looked, used.status_code, used.headers["location"]) == ([200, 200, 200], 303, "/")
    assert browser.get("/").status_code == 200
    assert (again.status_code, title(again)) == (410, "Sign in")
    assert "This link has been used already: each one works once. Ask for a new one below." in words(again)
    assert "set-cookie" not in again.headers


def test_a_link_holds_for_a_quarter_of_an_hour(door: House) -> None:
    ask(door, MANAGER)
    door.clock.goes_on(timedelta(minutes=15, seconds=1))

    late = door.browser().post(links(door)[0], headers=FROM_HERE)

    assert (late.status_code, "This link has expired. Ask for a new one below." in words(late)) == (410, True)


def test_a_made_up_link_opens_nothing(door: House) -> None:
    answer = door.browser().post("/sign-in/made-up", headers=FROM_HERE)

    assert (answer.status_code, "This link is not known here." in words(answer)) == (410, True)


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://elsewhere.example"}])
def test_another_site_can_neither_ask_for_links_nor_use_them(door: House, headers: dict[str, str]) -> None:
    ask(door, MANAGER)
    (link,) = links(door)
    asked = door.browser().post("/sign-in", data={"email": MANAGER}, headers=headers)
    used = door.browser().post(link, headers=headers)

    assert (asked.status_code, used.status_code, len(links(door))) == (403, 403, 1)


def test_whoever_followed_a_deep_link_comes_back_to_it(door: House) -> None:
    browser = door.browser()
    sent = browser.get("/reviews/LSCBN-SCR-2014-001/stages/agency-report:police")
    page = browser.get(sent.headers["location"])
    ask(door, MANAGER, then="/reviews/LSCBN-SCR-2014-001/stages/agency-report:police")

    used = browser.post(links(door)[0], headers=FROM_HERE)

    assert sent.headers["location"] == "/sign-in?then=%2Freviews%2FLSCBN-SCR-2014-001%2Fstages%2Fagency-report%3Apolice"
    assert 'value="/reviews/LSCBN-SCR-2014-001/stages/agency-report:police"' in page.text
    assert used.headers["location"] == "/reviews/LSCBN-SCR-2014-001/stages/agency-report:police"


def test_the_page_says_where_the_link_can_be_read_when_mail_stays_here(settings: Settings, store: Store) -> None:
    with_server = house(Settings(home=settings.home, smtp_host="mail.board.example"), store)

    assert "No mail server is set up" in ask(house(settings, store), MANAGER)
    assert "No mail server is set up" not in ask(with_server, MANAGER)


@pytest.mark.parametrize(
    ("public_url", "cookie"),
    [
        (None, "learning-cycle=TOKEN; HttpOnly; Max-Age=36000; Path=/; SameSite=lax"),
        ("https://board.example", "__Host-learning-cycle=TOKEN; HttpOnly; Max-Age=36000; Path=/; SameSite=lax; Secure"),
    ],
)
def test_the_cookie_is_out_of_reach_of_scripts_and_over_https_bound_to_its_host(
    settings: Settings, store: Store, public_url: str | None, cookie: str
) -> None:
    home = house(Settings(home=settings.home, public_url=public_url), store)
    with store.transaction() as session:
        person_for(session, email=MANAGER, name="Maya Manager")
    ask(home, MANAGER)
    link = "/sign-in/" + stored_link(store).rpartition("/")[2]

    given = home.browser().post(link, headers=FROM_HERE).headers["set-cookie"]

    name, _, rest = given.partition("=")
    assert f"{name}=TOKEN;{rest.partition(';')[2]}" == cookie


def stored_link(store: Store) -> str:
    """The link that was queued."""
    with store.reading() as session:
        return (session.exec(select(OutboxMessage)).one().details or {})["link"]


def test_somebody_signed_in_is_not_asked_again(door: House) -> None:
    answer = door.signed_in(MANAGER).get("/sign-in?then=/launch")

    assert (answer.status_code, answer.headers["location"]) == (303, "/launch")
