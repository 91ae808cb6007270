"""Every kind of page in a real browser: accessible, whole on a telephone, silent in the console."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlmodel import col, select

from casework.clock import london_day
from casework.delivery.local_mail import Mailbox
from casework.demonstration import seeding
from casework.record.settings import Settings
from models.meeting import Meeting
from models.record import OutboxMessage
from models.review import Review, Stage
from models.vocabulary import MessageState, ReviewState, StageState
from tests.browser.chromium import assert_accessible, launch
from tests.browser.filling import fill_form, follow, launch_it, submit
from tests.browser.serving import LARGE, TELEPHONE, Served, serving
from tests.flows.reading import carry_out_all

MANAGER = "maya.brook@northants-board.example"
CHAIR, REVIEWER = "ivor.lane@northants-board.example", "lena.frost@independent.example"
FORM, TYPE = "/refer/northamptonshire", "/launch/northamptonshire/serious-case-review"
LETTERS = "/letters/northamptonshire"
AUDIT = "/launch/northamptonshire/thematic-audit"
LIVE_FIRST = (col(Review.state) == ReviewState.CLOSED, col(Review.id))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launch() as running:
        yield running


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demonstration, with its documents prepared, one message refused and one kept in the mailbox."""
    now, home = datetime.now(UTC), tmp_path_factory.mktemp("served") / "home"
    with serving(home) as running:
        seeding.seed(running.store, today=london_day(now))
        settings = Settings(home=home)
        carry_out_all(running.store, settings, now)
        with running.store.transaction() as session:
            message = session.get_one(OutboxMessage, first_message(running))
            message.state, message.server_said = MessageState.REFUSED, "550 no such user"
        Mailbox(settings.mailbox).keep(
            b"Message-ID: <1@x.example>\r\nTo: a@x.example\r\nSubject: Hello\r\n\r\nWords\r\n"
        )
        yield running


def first_message(served: Served) -> int:
    """The number of the oldest message."""
    with served.store.reading() as session:
        return min(number for number in session.exec(select(OutboxMessage.id)) if number)


def open_stages(served: Served) -> list[str]:
    """The addresses of all open stages."""
    with served.store.reading() as session:
        asked = select(Review.reference, Stage.name).join(Stage).where(Stage.state == StageState.OPEN)
        return [f"/reviews/{reference}/stages/{name}" for reference, name in session.exec(asked.order_by(*LIVE_FIRST))]


def reviews(served: Served) -> list[str]:
    """The addresses of all reviews, the live ones first."""
    with served.store.reading() as session:
        return [f"/reviews/{reference}" for reference in session.exec(select(Review.reference).order_by(*LIVE_FIRST))]


def addresses(served: Served) -> list[str]:
    """One address of every kind of page, and every review and open stage of the demonstration."""
    stages, found = open_stages(served), reviews(served)
    report = next(stage for stage in stages if "agency-report" in stage)
    published = next(each for each in found if "SCR-20" in each and has_actions(served, each))
    return [
        "/",
        "/?state=held",
        "/?mine=yes&type=serious-case-review",
        "/boards",
        "/boards/northamptonshire",
        "/boards/barking-and-dagenham",
        "/launch",
        FORM,
        AUDIT,
        f"{TYPE}/timetable",
        f"{TYPE}/timetable?notified_on-day=31",
        f"{AUDIT}/timetable",
        "/outbox",
        f"/outbox/{first_message(served)}",
        "/mailbox",
        "/letters",
        LETTERS,
        f"{LETTERS}/letterhead",
        f"{LETTERS}/stage-opened",
        f"{LETTERS}/sign-in",
        *found,
        *stages,
        f"{report}/add-file",
        f"{report}/extend",
        f"{report}/hand-over",
        f"{published}/actions/1",
        f"{published}/actions/1/override",
        "/actions",
        "/forecast",
        f"{found[0]}/steer/hold",
        f"{found[0]}/steer/withdraw",
        f"{found[0]}/steer/convert",
        f"{published}/participation",
        f"{published}/participation/add",
        f"{published}/participation/1/answer",
        f"{published}/principles",
        f"{published}/principles/conduct",
        f"{published}/processes",
        f"{published}/processes/add",
        *of_a_meeting(served),
        "/calendar",
        "/nowhere",
        "/reviews/NONE",
    ]


def of_a_meeting(served: Served) -> list[str]:
    """The pages of the demonstration's one meeting, and of its review's meetings."""
    with served.store.reading() as session:
        reference = session.exec(select(Review.reference).join(Meeting)).one()
    found = f"/reviews/{reference}/meetings"
    return [found, f"{found}/arrange", *(f"{found}/1{way}" for way in ("", "/move", "/invite", "/uninvite", "/cancel"))]


def has_actions(served: Served, review: str) -> bool:
    """Whether a review has got as far as its actions."""
    with served.store.reading() as session:
        asked = (
            select(Stage.id)
            .join(Review)
            .where(Review.reference == review.rpartition("/")[2], Stage.key == "monitoring")
        )
        return session.exec(asked).first() is not None


def test_every_page_is_accessible_and_fits_its_screen(browser: Browser, served: Served) -> None:
    page = served.sign_in(browser, MANAGER)
    too_wide = []
    for address in addresses(served):
        page.goto(served.address + address)
        open_everything(page)
        assert_accessible(page)
        if width(page) > LARGE["width"]:
            too_wide.append(address)

    page.goto(f"{served.address}/mailbox")
    follow(page, "tbody a")
    assert_accessible(page)
    assert (too_wide, served.complaints) == ([], [])


def test_every_page_fits_a_telephone_where_the_main_ones_are_accessible_too(browser: Browser, served: Served) -> None:
    page = served.sign_in(browser, MANAGER, size=TELEPHONE)
    main = ("/", FORM, "/outbox", reviews(served)[0], open_stages(served)[0])
    too_wide = []
    for address in addresses(served):
        page.goto(served.address + address)
        open_everything(page)
        if address in main:
            assert_accessible(page)
        if width(page) > TELEPHONE["width"]:
            too_wide.append(address)

    assert (too_wide, served.complaints) == ([], [])


def width(page: Page) -> int:
    """How wide the page is, in pixels."""
    return int(page.evaluate("document.documentElement.scrollWidth"))


def open_everything(page: Page) -> None:
    """Open every part that a click would open, so that it is looked at too."""
    page.evaluate("document.querySelectorAll('details').forEach((part) => (part.open = true))")


def test_whoever_looks_at_their_own_words_first_sees_how_they_read_or_what_is_wrong(
    browser: Browser, served: Served
) -> None:
    page = served.sign_in(browser, MANAGER, target=f"{LETTERS}/stage-opened")
    page.click("text=Look at it first")
    expect(page.locator("#draft")).to_be_in_viewport()
    page.fill("#words", "Nothing to press")
    page.click("text=Look at it first")
    expect(page.locator(".govuk-error-summary")).to_be_in_viewport()
    assert [words for words in served.complaints if "422" not in words] == []
    served.complaints.clear()


@pytest.mark.parametrize("person", [CHAIR, REVIEWER, "pat.stone@police.example"])
def test_the_pages_of_others_are_accessible_too(browser: Browser, served: Served, person: str) -> None:
    page = served.sign_in(browser, person)
    assert_accessible(page)
    links = page.locator("tbody a").evaluate_all("(all) => all.map((each) => each.href)")
    assert links
    for address in dict.fromkeys(links):
        page.goto(address)
        open_everything(page)
        assert_accessible(page)

    assert served.complaints == []


def test_the_pages_of_signing_in_are_accessible(browser: Browser, served: Served) -> None:
    page = served.window(browser, TELEPHONE)
    page.goto(f"{served.address}/reviews/NONE")
    assert_accessible(page)
    page.click("text=Send me a link")
    page.wait_for_selector(".govuk-error-summary")
    assert_accessible(page)
    page.fill("#email", "nobody@elsewhere.example")
    page.click("text=Send me a link")
    page.wait_for_selector("text=Check your e-mail")
    assert_accessible(page)
    page.goto(f"{served.address}/sign-in/used-up")
    assert_accessible(page)
    page.click("main button")
    page.wait_for_selector("text=This link is not known here")
    assert_accessible(page)

    assert [words for words in served.complaints if "410" not in words] == []
    served.complaints.clear()


def test_a_referral_is_entered_with_the_keyboard_alone(browser: Browser, served: Served) -> None:
    page = served.sign_in(browser, MANAGER, target=FORM)
    page.locator('[name="notified_on-day"]').focus()
    typed = ["6", "5", "2014", "2", "5", "2014", "duty@social-care.example", "What happened.", "The reasons."]
    for text in typed:
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    for _ in range(6):  # the criteria: each a group of radio buttons, one stop of the Tab key
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
    for text in ("Example Police", "Pat Author", "pat.author@police.example"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")  # past "Add another"
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.locator('[name="type"]').first.focus()
    page.keyboard.press("Tab")  # past the types, of which the recommended one is chosen, to the button
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert "is launched. Now open: Screening against the criteria." in page.inner_text(".govuk-notification-banner")
    assert page.evaluate("document.activeElement.className").startswith("govuk-notification-banner")


def test_a_refusal_leads_to_the_field_and_a_second_try_succeeds(browser: Browser, served: Served) -> None:
    page = served.sign_in(browser, MANAGER, target=FORM)
    agencies = [
        {"name": "Example Police", "author_name": "Pat Author", "author_email": "pat.author@police.example"},
        {"name": "Example School", "author_name": "Sal Author", "author_email": "sal.author@school.example"},
    ]
    fill_form(
        page,
        {
            "notified_on": "2014-05-06",
            "circumstances": "What happened.",
            "reasons": "The reasons.",
            "abuse_or_neglect": "yes",
            "child_died": "no",
            "seriously_harmed": "yes",
            "concern_about_working_together": "not-known",
            "died_in_custody": "no",
            "agencies": agencies,
        },
    )
    submit(page)
    assert_accessible(page)
    page.click(".govuk-error-summary a")
    focused = page.evaluate("document.activeElement.name")
    page.keyboard.type("duty@social-care.example")
    submit(page)
    launch_it(page)

    assert focused == "referred_by"
    assert "is launched" in page.inner_text(".govuk-notification-banner")
    page.click("text=Referral >> nth=0")
    assert_accessible(page)


def test_a_known_agency_is_taken_out_again_in_the_terms_of_reference(browser: Browser, served: Served) -> None:
    """The page comes with the agencies known: `fill_form` writes over them, and removes those too many."""
    page = served.sign_in(browser, MANAGER, target=FORM)
    fill_form(page, {"agencies": [{"name": name} for name in ("One", "Two", "Three")]})
    fill_form(page, {"agencies": [{"name": "Only"}]})

    assert page.locator('[data-lc-rows="agencies"] [name$="-name"]').evaluate_all(
        "(all) => all.map((e) => e.value)"
    ) == ["Only"]


def test_signing_out_closes_the_door(browser: Browser, served: Served) -> None:
    page = served.sign_in(browser, MANAGER)
    page.click("text=Sign out")
    page.wait_for_url(f"{served.address}/sign-in")
    page.goto(f"{served.address}/outbox")

    assert page.inner_text("h1") == "Sign in"


def test_on_paper_a_page_has_what_is_folded_and_no_addresses_beside_its_links(browser: Browser, served: Served) -> None:
    page = served.sign_in(browser, MANAGER)
    page.goto(f"{served.address}{reviews(served)[0]}")
    page.emulate_media(media="print")

    folded = page.locator("details:not([open]) .govuk-details__text")
    beside = page.eval_on_selector_all(
        "a.govuk-link[href]", "links => links.map(link => getComputedStyle(link, '::after').content)"
    )

    assert folded.count()
    expect(folded.first).to_be_visible()
    assert set(beside) == {"none"}
    assert page.locator("nav, footer, .govuk-button:visible").filter(visible=True).count() == 0
