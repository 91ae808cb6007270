"""The letters in the browser: how each reads, in whose words, under which letterhead."""

import re
from typing import Any

import pytest

from casework.clock.wording import day_at_time
from casework.letters.letter_variables import VARIABLES
from casework.letters.naming import explained, lists_of
from casework.letters.own_words import own_words, product_source
from casework.people.directory import person_for
from casework.people.roles import appoint
from dashboard.presenters.letters import WHEN, items_of, names_of
from dashboard.presenters.outbox import ABOUT
from models.letters import BoardWords
from models.record import OutboxMessage
from models.tables import id_of
from models.vocabulary import MessageState, Role, Template
from tests.dashboard.house import STRANGER, House, problems, title, words
from tests.walking import CHAIR, MANAGER, NOW, SERIOUS_CASE_REVIEW, TODAY, launched, walked

BOARD = "northamptonshire"
OPENED = f"/letters/{BOARD}/stage-opened"
pytestmark = pytest.mark.usefixtures("reference")
OURS = "{{ reference }}: please begin\n\n“{{ stage }}” is yours now.\n\n[Begin]({{ link }})\n"


@pytest.fixture
def reference(home: House) -> str:
    """A review with an open stage."""
    return launched(home.store)


def kept(home: House) -> str | None:
    """The board’s own words for the letter about an opened stage."""
    with home.store.reading() as session:
        own = own_words(session, BOARD, Template.STAGE_OPENED)
        return own.source if own else None


def test_every_letter_has_what_it_is_about_and_when_it_is_sent_and_explains_its_names() -> None:
    assert (set(ABOUT), set(WHEN)) == (set(Template), set(Template))
    assert [
        template for template in Template if not names_of(template) or "link" not in explained(VARIABLES[template])
    ] == []


@pytest.mark.parametrize("template", [Template.REMINDERS, Template.DIGEST_WEEKLY, Template.DIGEST_AGENCY])
def test_no_table_of_a_letters_page_explains_a_name_twice(home: House, template: Template) -> None:
    page = home.signed_in(MANAGER).get(f"/letters/{BOARD}/{template}").text
    tables = [re.findall(r'scope="row"><code class="lc-code">(.*?)</code>', table) for table in page.split("<caption")]
    lists = [written for table in tables for written in table if written.startswith("{% for")]

    assert [[each for each in table if table.count(each) > 1] for table in tables] == [[]] * len(tables)
    assert len(lists) == len(lists_of(VARIABLES[template]))


def test_what_items_have_is_said_of_all_lists_that_have_them_together() -> None:
    found = {template: [caption for caption, _ in items_of(template)] for template in Template}

    assert {template: captions for template, captions in found.items() if captions} == {
        Template.REMINDERS: ["What each item of overdue, due_today, ahead and brought has"],
        Template.DIGEST_WEEKLY: ["What each item of overdue and coming has", "What each item of at_risk has"],
        Template.DIGEST_MONTHLY: ["What each item of overdue and coming has", "What each item of at_risk has"],
        Template.DIGEST_AGENCY: ["What each item of overdue and coming has"],
    }


def test_the_list_shows_every_letter_with_when_it_is_sent(home: House) -> None:
    page = home.signed_in(MANAGER).get(f"/letters/{BOARD}")

    assert title(page) == "Letters"
    assert [template for template in Template if f'href="/letters/{BOARD}/{template}"' not in page.text] == []
    assert "A stage has opened When it is sent When a stage opens, to its owner." in words(page)


def test_who_manages_one_board_comes_to_its_letters(home: House) -> None:
    assert home.signed_in(MANAGER).get("/letters").headers["location"] == f"/letters/{BOARD}"


@pytest.mark.parametrize("template", list(Template))
def test_every_letter_can_be_looked_at(home: House, reference: str, template: Template) -> None:
    walked(home.store, reference, SERIOUS_CASE_REVIEW, until="national-panel")
    browser = home.signed_in(MANAGER)
    page, sent = browser.get(f"/letters/{BOARD}/{template}"), browser.get(f"/letters/{BOARD}/{template}/letter")

    assert (page.status_code, title(page)) == (200, ABOUT[template])
    assert (sent.status_code, sent.text.count("<h1")) == (200, 1)
    said = ("With the data of review", "With your board’s own data", "With made-up data")
    assert sum(sentence in words(page) for sentence in said) == 1


def test_a_digest_is_shown_with_the_boards_own_data_and_says_so(home: House) -> None:
    page = words(home.signed_in(MANAGER).get(f"/letters/{BOARD}/digest-weekly"))

    assert "With your board’s own data, as it would go out today." in page
    assert "Reviews open: 1" in page


def test_a_letter_is_shown_with_the_data_of_a_real_review_of_the_board(home: House, reference: str) -> None:
    page = words(home.signed_in(MANAGER).get(OPENED))

    assert f"With the data of review {reference}, as it would go out today." in page
    assert f"Subject {reference}: “Screening against the criteria” is now with you" in page


def test_a_letter_that_could_be_about_nothing_yet_is_shown_with_made_up_data_and_says_so(home: House) -> None:
    page = words(home.signed_in(MANAGER).get(f"/letters/{BOARD}/action-assigned"))

    assert "With made-up data, because your board has no data for this letter yet." in page
    assert "EXAMPLE-SCR-2024-001: action 3 is now with you" in page


def test_the_letter_stands_in_a_frame_of_ours_and_can_do_nothing_there(home: House) -> None:
    browser = home.signed_in(MANAGER)
    page, sent = browser.get(OPENED), browser.get(f"{OPENED}/letter")

    assert f'<iframe class="lc-letter" src="{OPENED}/letter"' in page.text
    assert page.headers["content-security-policy"].endswith("frame-ancestors 'none'; base-uri 'none'; frame-src 'self'")
    assert sent.headers["content-security-policy"] == (
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'self'; base-uri 'none'; "
        "sandbox"
    )


def test_own_words_are_looked_at_saved_and_left_again(home: House, reference: str) -> None:
    browser = home.signed_in(MANAGER)
    look = browser.send_form(OPENED, {"words": OURS, "based_on": 0, "do": "look"})
    assert (look.status_code, kept(home)) == (200, None)
    assert f"It is not saved yet. {reference}: please begin “Screening against the criteria” is yours now." in words(
        look
    )

    saved = browser.send_form(OPENED, {"words": OURS, "based_on": 0, "do": "save"})
    assert (saved.headers["location"], kept(home)) == (f"{OPENED}?saved=words", OURS)
    after = words(browser.get(saved.headers["location"]))
    assert "The words are saved." in after
    assert f"Subject {reference}: please begin Words Your board’s own" in after
    assert f"{reference}: please begin" in browser.get(f"{OPENED}/letter").text
    assert "Your own words" in words(browser.get(f"/letters/{BOARD}"))

    left = browser.send_form(f"{OPENED}/leave", {"based_on": 1})
    assert (left.headers["location"], kept(home)) == (f"{OPENED}?saved=product", None)
    assert "Edit version 1" in words(browser.get(OPENED))
    assert "please begin" in browser.get(f"{OPENED}?version=1").text


def test_wrong_words_are_shown_again_with_each_line_that_is_wrong(home: House) -> None:
    typed = OURS.replace("stage", "stgae").replace("({{ link }})", "(http://elsewhere.example)")
    answer = home.signed_in(MANAGER).send_form(OPENED, {"words": typed, "based_on": 0, "do": "save"})

    assert (answer.status_code, kept(home)) == (422, None)
    assert problems(answer) == [
        "Line 3: This letter has no ‘stgae’. Did you mean ‘stage’?",
        "Line 5: A link can lead only to what the letter gives: write {{ link }} between the brackets.",
    ]
    assert "{{ stgae }}” is yours now." in answer.text


def test_words_that_somebody_has_changed_meanwhile_are_kept_on_the_page(home: House) -> None:
    browser = home.signed_in(MANAGER)
    browser.send_form(OPENED, {"words": OURS, "based_on": 0, "do": "save"})
    answer = browser.send_form(OPENED, {"words": OURS.replace("now", "today"), "based_on": 0, "do": "save"})

    assert (answer.status_code, kept(home)) == (422, OURS)
    assert "Somebody has changed the words of this letter since you opened it." in problems(answer)[0]
    assert "is yours today." in answer.text


def test_the_sign_in_letter_is_worded_the_same_for_everybody(home: House) -> None:
    browser, address = home.signed_in(MANAGER), f"/letters/{BOARD}/sign-in"
    page = browser.get(address)

    assert "This letter is the same for every board" in words(page)
    assert re.search(r"<textarea", page.text) is None
    source = product_source(Template.SIGN_IN).replace("Use this", "Take this")
    assert browser.send_form(address, {"words": source, "based_on": 0, "do": "save"}).status_code == 422


def test_a_letterhead_is_saved_and_an_unreadable_one_is_not(home: House) -> None:
    browser, address = home.signed_in(MANAGER), f"/letters/{BOARD}/letterhead"
    wanted = {"name": "Our board", "lines": "One line\nAnother", "colour": "#003078", "sign_off": "The office"}
    wrong = browser.send_form(address, wanted | {"colour": "#ffdd00"})
    assert (wrong.status_code, problems(wrong)[0].partition(":")[0]) == (
        422,
        "White letters cannot be read well enough on #ffdd00",
    )
    assert "One line\nAnother" in wrong.text

    assert browser.send_form(address, wanted).headers["location"] == f"/letters/{BOARD}?saved=letterhead"
    page, letter = words(browser.get(f"/letters/{BOARD}")), browser.get(f"{OPENED}/letter").text
    assert "At the head Our board, One line, Another Colour #003078 Below every letter The office" in page
    assert f"Last changed {day_at_time(NOW)}, by " in page
    assert (letter.count("background: #003078;"), "One line" in letter, "The office" in letter) == (2, True, True)


@pytest.mark.parametrize("person", [CHAIR, STRANGER, "manager.elsewhere@board.example"])
def test_letters_are_for_the_boards_own_business_manager_alone(home: House, person: str) -> None:
    with home.store.transaction() as session:
        other = person_for(session, email="manager.elsewhere@board.example", name="Mo")
        appoint(session, board="portsmouth", role=Role.BUSINESS_MANAGER, person=other, since=TODAY)
    browser = home.signed_in(person)
    pages = (f"/letters/{BOARD}", OPENED, f"{OPENED}/letter", f"/letters/{BOARD}/letterhead")
    save, look = {"words": OURS, "do": "save"}, {"words": OURS, "do": "look"}
    forms: list[tuple[str, dict[str, str]]] = [
        (OPENED, save),
        (OPENED, look),
        (f"{OPENED}/leave", {}),
        (f"/letters/{BOARD}/letterhead", {"name": "x"}),
    ]

    assert [browser.get(page).status_code for page in pages] == [403] * 4
    assert [browser.send_form(address, data).status_code for address, data in forms] == [403] * 4
    assert kept(home) is None


def test_a_letter_or_board_that_there_is_not_is_not_found(home: House) -> None:
    browser = home.signed_in(MANAGER)

    assert browser.get(f"/letters/{BOARD}/nothing").status_code == 404
    assert home.signed_in(STRANGER).get("/letters").status_code == 403


def test_words_that_do_not_work_any_more_are_said_in_the_list_on_the_letter_and_in_the_outbox(home: House) -> None:
    with home.store.transaction() as session:
        manager = person_for(session, email=MANAGER, name="M")
        broken: dict[str, Any] = {"board": BOARD, "template": "stage-opened", "number": 1, "source": "{{ gone }}"}
        session.add(BoardWords(**broken, changed_at=NOW, changed_by=id_of(manager)))
        message = session.get_one(OutboxMessage, 1)
        message.state, message.fell_back_from = MessageState.ACCEPTED, 1
    browser = home.signed_in(MANAGER)

    assert "Your own words do not work" in words(browser.get(f"/letters/{BOARD}"))
    assert "Your own words no longer work as a letter, so we send the product’s words instead." in words(
        browser.get(OPENED)
    )
    assert "Version 1 of your board’s own words did not work as a letter" in words(browser.get("/outbox/1"))
