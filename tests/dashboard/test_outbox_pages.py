"""The outbox in the browser: what could not be delivered, and the remedy."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from casework.delivery.undelivered import correct_address
from casework.links.sign_in_links import send_sign_in_link
from casework.people.directory import find_person, person_for
from casework.people.roles import appoint
from casework.record.act import Act
from casework.record.journal import verify
from casework.views.review import find_review
from models.errors import NotAllowed
from models.record import Attempt, MailOutage, OutboxMessage
from models.tables import id_of
from models.vocabulary import MessageState, OutageCause, Role, Template
from tests.dashboard.house import House, problems, title, words
from tests.walking import CHAIR, MANAGER, NOW, PANEL, POLICE, SERIOUS_CASE_REVIEW, TODAY, launched, walked


@pytest.fixture
def number(home: House) -> int:
    """The number of a message to an agency’s author that the mail server has refused."""
    first = "agency-report:example-children-s-social-care"
    walked(home.store, launched(home.store), SERIOUS_CASE_REVIEW, until=first)
    return changed(home, state=MessageState.REFUSED, server_said="550 no such user", text="Your stage is open.")


def changed(home: House, number: int | None = None, **to: Any) -> int:
    """Change a message, or else the newest; its number."""
    with home.store.transaction() as session:
        wanted = select(OutboxMessage).order_by(col(OutboxMessage.id).desc())
        message = session.get(OutboxMessage, number) if number else session.exec(wanted).first()
        assert message is not None
        for name, value in to.items():
            setattr(message, name, value)
        return id_of(message)


def stored(home: House, number: int) -> OutboxMessage:
    """A message as it is now."""
    with home.store.reading() as session:
        return session.get_one(OutboxMessage, number)


def test_what_needs_somebody_comes_first_with_the_servers_own_words(home: House, number: int) -> None:
    page = home.signed_in(MANAGER).get("/outbox")

    assert "E-mails that need you" in words(page)
    assert f"A stage has opened LSCBN-SCR-2014-001 To {POLICE} State Refused" in words(page)
    assert "“550 no such user”" in words(page)
    assert f'href="/outbox/{number}"' in page.text


def test_a_message_shows_what_it_says(home: House, number: int) -> None:
    page = home.signed_in(MANAGER).get(f"/outbox/{number}")

    assert (title(page), "What it says Your stage is open." in words(page)) == ("A stage has opened", True)


def test_what_waits_says_what_it_waits_for(home: House, number: int) -> None:
    browser, queued = home.signed_in(MANAGER), {"state": MessageState.QUEUED, "server_said": None}
    changed(home, number, **queued, next_try_at=NOW)
    soon = words(browser.get(f"/outbox/{number}"))
    changed(home, number, next_try_at=NOW + timedelta(hours=18))
    at_its_hour = words(browser.get(f"/outbox/{number}"))
    changed(home, number, next_try_at=NOW)
    with home.store.transaction() as session:
        session.add(MailOutage(began_at=NOW, cause=OutageCause.UNREACHABLE, words="refused"))

    assert "State Waiting What that means We will send it within a minute." in soon
    assert "What that means We will not send it before " in at_its_hour
    assert "What that means We will send it automatically as soon as the mail server works again." in words(
        browser.get(f"/outbox/{number}")
    )


def test_a_refused_message_is_sent_again_once(home: House, number: int) -> None:
    browser = home.signed_in(MANAGER)
    sent = browser.send_form(f"/outbox/{number}/again")
    after = words(browser.get(sent.headers["location"]))

    assert (sent.status_code, stored(home, number).state) == (303, MessageState.QUEUED)
    assert "The message is queued again." in after
    assert browser.send_form(f"/outbox/{number}/again").status_code == 409


@pytest.mark.parametrize(
    ("said", "first"), [("550 no such user", "Correct the address"), ("550 5.7.1 rejected as spam", "Send it again")]
)
def test_what_is_offered_first_is_the_remedy_for_what_the_server_said(
    home: House, number: int, said: str, first: str
) -> None:
    changed(home, number, server_said=said)
    page = home.signed_in(MANAGER).get(f"/outbox/{number}").text

    headings = [found for found in re.findall(r"<h2[^>]*>([^<]+)</h2>", page) if "address" in found or "again" in found]
    assert (headings[0], len(headings)) == (first, 2)


def test_an_address_is_corrected_on_record_in_the_history_and_the_message_sent_again(home: House, number: int) -> None:
    browser = home.signed_in(MANAGER)
    sent = browser.send_form(f"/outbox/{number}/address", {"email": "Petra.Author@police.example"})
    said = words(browser.get("/reviews/LSCBN-SCR-2014-001"))

    assert (sent.status_code, stored(home, number).state) == (303, MessageState.QUEUED)
    assert "An e-mail address was corrected by Business Manager" in said
    with home.store.transaction() as session:
        assert find_person(session, "petra.author@police.example").name == "Pat Author"
        assert verify(session, find_review(session, "LSCBN-SCR-2014-001")) == 8


def test_the_address_of_somebody_with_a_role_on_a_board_is_not_the_managers_to_change(home: House) -> None:
    walked(home.store, launched(home.store), SERIOUS_CASE_REVIEW, until="chair-decision")
    number = changed(home, state=MessageState.REFUSED, server_said="550 no such user")

    sent = home.signed_in(MANAGER).send_form(f"/outbox/{number}/address", {"email": "mine@evil.example"})

    assert sent.status_code == 403
    with home.store.reading() as session:
        assert find_person(session, CHAIR).name == "Independent Chair"


@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        ("nobody", "‘nobody’ is not an e-mail address: give one such as name@board.example"),
        (POLICE, f"E-mail address: ‘{POLICE}’ is the address that was refused. Give the right one."),
        (CHAIR, f"E-mail address: ‘{CHAIR}’ belongs to somebody else here. Give this person’s own address."),
    ],
)
def test_an_address_that_cannot_be_right_is_refused(home: House, number: int, email: str, sentence: str) -> None:
    sent = home.signed_in(MANAGER).send_form(f"/outbox/{number}/address", {"email": email})

    assert (sent.status_code, problems(sent), stored(home, number).state) == (422, [sentence], MessageState.REFUSED)


@pytest.mark.parametrize("state", [MessageState.QUEUED, MessageState.SENDING, MessageState.ACCEPTED])
def test_an_address_is_changed_only_after_it_was_refused(home: House, number: int, state: MessageState) -> None:
    """It is also how somebody signs in."""
    changed(home, state=state)

    sent = home.signed_in(MANAGER).send_form(f"/outbox/{number}/address", {"email": "mine@board.example"})

    assert (sent.status_code, len(problems(sent))) == (422, 1)
    with home.store.reading() as session:
        assert find_person(session, PANEL).name == "Panel Chair"


def test_only_the_boards_business_manager_corrects_an_address(home: House, number: int) -> None:
    with home.store.transaction() as session:
        chair = find_person(session, CHAIR)
        with pytest.raises(NotAllowed, match="Only a board’s business manager"):
            correct_address(Act(session, chair, NOW, TODAY), number, "x@board.example")


@pytest.mark.usefixtures("number")
def test_the_text_of_a_sign_in_e_mail_is_shown_to_nobody(home: House) -> None:
    with home.store.transaction() as session:
        send_sign_in_link(session, PANEL, settings=home.app.state.site.settings, now=NOW)
    newest = changed(home, state=MessageState.REFUSED, text="http://localhost/sign-in/secret")
    browser = home.signed_in(MANAGER)

    page = browser.get(f"/outbox/{newest}")

    assert (stored(home, newest).template, title(page)) == (Template.SIGN_IN, "Link to sign in")
    assert ("secret" in page.text, "Send it again" in page.text) == (False, False)
    assert browser.send_form(f"/outbox/{newest}/again").status_code == 409
    assert browser.send_form(f"/outbox/{newest}/address", {"email": "x@board.example"}).status_code == 422


def test_an_e_mail_that_was_put_off_says_until_when_and_is_tried_now(home: House, number: int) -> None:
    changed(home, state=MessageState.DEFERRED, server_said="451 4.7.1 Later", next_try_at=NOW + timedelta(hours=2))
    browser = home.signed_in(MANAGER)
    listed = words(browser.get("/outbox"))
    sent = browser.send_form(f"/outbox/{number}/sooner")

    assert "Put off next try 6 January 2020 at 11:30am The mail server asked us to try again later." in listed
    assert (sent.status_code, stored(home, number).state) == (303, MessageState.DEFERRED)
    assert stored(home, number).next_try_at == home.clock()
    changed(home, state=MessageState.ACCEPTED)
    assert browser.send_form(f"/outbox/{number}/sooner").status_code == 409


def test_all_that_was_given_up_is_sent_again_at_once(home: House, number: int) -> None:
    with home.store.transaction() as session:
        for message in session.exec(select(OutboxMessage)):
            message.state, message.server_said = MessageState.GIVEN_UP, "452 4.2.2 Mailbox full"
            session.add(message)
    browser = home.signed_in(MANAGER)
    before = words(browser.get("/outbox"))
    sent = browser.send_form("/outbox/again", {"board_name": ""})
    after = words(browser.get(sent.headers["location"]))

    assert ("Send again all e-mails that were given up" in before, "The mailbox is full." in before) == (True, True)
    assert (sent.status_code, stored(home, number).state) == (303, MessageState.QUEUED)
    assert "e-mails are queued again." in after
    assert "Send again all e-mails that were given up" not in after


def test_all_that_was_put_off_is_tried_at_once(home: House, number: int) -> None:
    changed(home, state=MessageState.DEFERRED, server_said="451 4.7.1 Later", next_try_at=NOW + timedelta(hours=2))
    browser = home.signed_in(MANAGER)
    sent = browser.send_form("/outbox/sooner", {"board_name": "northamptonshire"})

    assert "1 e-mail is tried now." in words(browser.get(sent.headers["location"]))
    assert stored(home, number).next_try_at == home.clock()


def test_the_list_shows_one_state_alone_when_asked(home: House, number: int) -> None:
    browser = home.signed_in(MANAGER)
    refused, retracted = (words(browser.get(f"/outbox?state={state}")) for state in ("refused", "retracted"))

    assert (f"To {POLICE}" in refused, CHAIR in refused) == (True, False)
    assert ("Correct the address" in refused, "There are no e-mails in this state." in retracted) == (True, True)
    assert stored(home, number).state is MessageState.REFUSED


def test_every_try_that_failed_stays_in_the_servers_own_words(home: House, number: int) -> None:
    with home.store.transaction() as session:
        for hour, said in enumerate(("451 4.7.1 Greylisted", "550 5.1.1 No such user")):
            session.add(Attempt(outbox_id=number, at=NOW + timedelta(hours=hour), words=said))
    page = words(home.signed_in(MANAGER).get(f"/outbox/{number}"))

    assert "Tries that failed 6 January 2020 at 10:30am “550 5.1.1 No such user”" in page
    assert page.index("10:30am “550") < page.index("9:30am “451 4.7.1 Greylisted”")


def test_where_the_log_in_is_refused_the_pages_say_so_and_since_when(home: House, number: int) -> None:
    with home.store.transaction() as session:
        session.add(MailOutage(began_at=NOW, cause=OutageCause.LOG_IN, words="535 5.7.8 Authentication failed"))
    changed(home, state=MessageState.QUEUED)
    browser = home.signed_in(MANAGER)
    pages = [words(browser.get(path)) for path in ("/outbox", f"/outbox/{number}")]

    sentence = "The mail server does not accept the log-in. Nothing has gone out since 6 January 2020 at 9:30am"
    assert [sentence in page for page in pages] == [True, True]
    assert ["LEARNING_CYCLE_SMTP_PASSWORD" in page for page in pages] == [True, True]
    assert ["“535 5.7.8 Authentication failed”" in page for page in pages] == [True, True]


def test_why_an_address_is_not_theirs_to_correct_stands_in_place_of_the_form(home: House) -> None:
    walked(home.store, launched(home.store), SERIOUS_CASE_REVIEW, until="chair-decision")
    number = changed(home, state=MessageState.REFUSED, server_said="550 no such user")
    page = words(home.signed_in(MANAGER).get(f"/outbox/{number}"))

    assert "This person has a role on a board" in page
    assert "Correct it and send again" not in page


def test_nobody_else_sends_anything_again(home: House, number: int) -> None:
    changed(home, state=MessageState.GIVEN_UP)
    browser = home.signed_in(CHAIR)
    paths = ("/outbox/again", "/outbox/sooner", f"/outbox/{number}/again", f"/outbox/{number}/sooner")

    assert [browser.send_form(path).status_code for path in paths] == [403] * 4
    assert stored(home, number).state is MessageState.GIVEN_UP


def test_a_message_of_another_board_is_not_theirs(home: House, number: int) -> None:
    other = "other.manager@board.example"
    launched(home.store, "practice-learning-review", "barking-and-dagenham")
    with home.store.transaction() as session:
        person = person_for(session, email=other, name="Olga Other")
        appoint(session, board="barking-and-dagenham", role=Role.BUSINESS_MANAGER, person=person, since=TODAY)
    browser = home.signed_in(other)

    assert (browser.get(f"/outbox/{number}").status_code, browser.get("/outbox/999").status_code) == (403, 404)
    assert browser.send_form(f"/outbox/{number}/again").status_code == 403
    changed(home, number, state=MessageState.GIVEN_UP)
    browser.send_form("/outbox/again", {"board_name": "northamptonshire"})
    assert stored(home, number).state is MessageState.GIVEN_UP
    assert "LSCBN" not in words(browser.get("/outbox"))
    assert "LSCBN" not in words(browser.get("/outbox?board_name=northamptonshire"))


def test_a_letter_of_a_board_says_whose_it_is_and_when_its_hour_comes(home: House, number: int) -> None:
    changed(
        home,
        number,
        state=MessageState.QUEUED,
        review_id=None,
        stage_id=None,
        board="northamptonshire",
        template=Template.DIGEST_WEEKLY,
        server_said=None,
        queued_at=datetime(2014, 5, 12, 2, 0, tzinfo=UTC),
        next_try_at=datetime(2014, 5, 12, 7, 0, tzinfo=UTC),
    )
    listed = words(home.signed_in(MANAGER).get("/outbox"))

    assert (
        f"The week of the board Northamptonshire Local Safeguarding Children Board To {POLICE} State Waiting "
        "not before 12 May 2014 at 8:00am"
    ) in listed


def test_the_reminders_and_digests_of_a_board_stand_in_its_outbox_and_in_no_other(home: House, number: int) -> None:
    changed(
        home,
        state=MessageState.GIVEN_UP,
        review_id=None,
        stage_id=None,
        board="northamptonshire",
        template=Template.REMINDERS,
    )
    launched(home.store, "practice-learning-review", "barking-and-dagenham")
    with home.store.transaction() as session:
        person = person_for(session, email="other@board.example", name="Olga Other")
        appoint(session, board="barking-and-dagenham", role=Role.BUSINESS_MANAGER, person=person, since=TODAY)
    theirs, other = home.signed_in(MANAGER), home.signed_in("other@board.example")

    pages = [browser.get("/outbox?state=given-up&board_name=").text for browser in (theirs, other)]
    assert [f'href="/outbox/{number}"' in page for page in pages] == [True, False]
    assert [browser.get(f"/outbox/{number}").status_code for browser in (theirs, other)] == [200, 403]
    assert other.send_form("/outbox/again").status_code == 303
    assert stored(home, number).state is MessageState.GIVEN_UP
    assert theirs.send_form("/outbox/again").status_code == 303
    assert stored(home, number).state is MessageState.QUEUED


def test_the_page_of_a_refused_reminder_corrects_its_address_and_that_of_a_digest_says_why_not(
    home: House, number: int
) -> None:
    of_board = {"review_id": None, "stage_id": None, "board": "northamptonshire"}
    changed(home, number, template=Template.REMINDERS, **of_board)
    browser = home.signed_in(MANAGER)
    asked = words(browser.get(f"/outbox/{number}"))
    sent = browser.send_form(f"/outbox/{number}/address", {"email": "petra.author@police.example"})
    with home.store.reading() as session:
        manager = find_person(session, MANAGER).id
    changed(home, number, template=Template.DIGEST_WEEKLY, person_id=manager, state=MessageState.REFUSED)
    refused = words(browser.get(f"/outbox/{number}"))

    assert "We record the change in the history of each review of the board in which they take part" in asked
    assert (sent.status_code, sent.headers["location"]) == (303, f"/outbox/{number}?again=yes")
    assert ("Correct the address This person has a role" in refused, "Correct it and send" in refused) == (True, False)
