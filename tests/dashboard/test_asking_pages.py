"""Asking people who have no account, and ending the links that they were sent."""

from typing import Any

import pytest
from sqlmodel import select

from casework.links.link_state import follow_link
from casework.people.directory import find_person
from casework.record.act import Act
from casework.requests.promised_dates import promise_report
from models.answering import Contribution, TermsDraft, TermsReply
from models.record import OutboxMessage
from models.vocabulary import LinkState, TaskKind, Template
from tests.casework.links.asking import (
    DRAFT,
    EVERY_KIND,
    MEMBER,
    OTHER_MEMBER,
    POLICE_REPORT,
    PRACTITIONER,
    Asked,
    contribution_asked,
    invitation_asked,
    report_asked,
    terms_asked,
)
from tests.casework.meetings.meeting import WORKER
from tests.dashboard.house import House, problems, title, words
from tests.dashboard.test_answer_pages import send
from tests.walking import CHAIR, MANAGER, NOW, PANEL, POLICE, REVIEWER, SERIOUS_CASE_REVIEW, TODAY, launched, walked

PEOPLE = [{"name": "Mia Member", "email": MEMBER}, {"name": "Max Member", "email": OTHER_MEMBER}]
CIRCULATED: dict[str, Any] = {"wording": DRAFT, "people": PEOPLE, "answer_by": "2020-01-20"}
ASKED: dict[str, Any] = {
    "people": [{"name": "Pia Practitioner", "email": PRACTITIONER}],
    "answer_by": "2020-01-20",
}


@pytest.fixture
def reference(home: House) -> str:
    """A review whose terms of reference are to be agreed."""
    made = launched(home.store)
    walked(home.store, made, SERIOUS_CASE_REVIEW, until="terms-of-reference")
    return made


def state(home: House, asked: Asked) -> LinkState | None:
    """What a link comes to now."""
    with home.store.reading() as session:
        followed = follow_link(session, asked.token, now=home.clock())
    return followed.state if followed else None


@pytest.mark.parametrize("person", [MANAGER, REVIEWER])
def test_a_draft_goes_round_from_the_stage_and_each_gets_a_letter(home: House, reference: str, person: str) -> None:
    browser = home.signed_in(person)
    assert f'href="/reviews/{reference}/terms"' in browser.get(f"/reviews/{reference}/stages/terms-of-reference").text

    sent = browser.send_form(f"/reviews/{reference}/terms", CIRCULATED)
    page = browser.get(sent.headers["location"])

    assert sent.status_code == 303
    assert "The draft is on its way. Each person gets a link of their own." in words(page)
    assert (words(page).count("No answer yet"), DRAFT in words(page)) == (2, True)
    with home.store.reading() as session:
        found = session.exec(select(OutboxMessage).where(OutboxMessage.template == Template.TERMS_CIRCULATED)).all()
    assert len(found) == 2


def test_what_is_said_to_a_draft_is_shown_and_filled_in_where_the_terms_are_completed(home: House) -> None:
    asked = terms_asked(home.store)
    send(home, asked, "terms", {"agreement": "does-not-agree", "comment": "Ask the school too."})
    browser = home.signed_in(REVIEWER)

    page = words(browser.get(f"/reviews/{asked.reference}/terms"))
    form = browser.get(f"/reviews/{asked.reference}/stages/terms-of-reference").text
    assert "Mia Member Does not agree Answered on 6 January 2020 Comments Ask the school too." in page
    assert "Mia Member: does not agree, Monday 6 January 2020: “Ask the school too.”\nMax Member: no answer yet" in form


def test_what_was_said_to_an_earlier_draft_is_filled_in_too_with_which_draft_it_was(home: House) -> None:
    asked = terms_asked(home.store)
    send(home, asked, "terms", {"agreement": "agrees"})
    browser = home.signed_in(REVIEWER)

    sent = browser.send_form(f"/reviews/{asked.reference}/terms", CIRCULATED | {"people": PEOPLE[1:]})
    form = browser.get(f"/reviews/{asked.reference}/stages/terms-of-reference").text

    assert sent.status_code == 303
    assert "Draft 2 was circulated on Monday 6 January 2020.\n" in form
    assert "Mia Member: agrees, Monday 6 January 2020 (draft 1)" in form
    assert "Max Member: no answer yet" in form


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"wording": ""}, "Enter an answer for ‘The draft terms of reference’"),
        ({"people": []}, "Give at least one entry for ‘To whom?’"),
        ({"answer_by": "2020-01-05"}, "Sunday 5 January 2020"),
    ],
)
def test_a_draft_that_cannot_go_round_keeps_what_was_typed(
    home: House, reference: str, changes: dict[str, Any], said: str
) -> None:
    sent = home.signed_in(REVIEWER).send_form(f"/reviews/{reference}/terms", CIRCULATED | changes)

    assert sent.status_code == 422
    assert said in problems(sent)[0]
    assert "2020" in sent.text
    with home.store.reading() as session:
        assert session.exec(select(TermsDraft)).all() == []


def test_only_whoever_completes_the_terms_sends_a_draft_round(home: House, reference: str) -> None:
    browser = home.signed_in(PANEL)

    assert "Send a draft round" not in words(browser.get(f"/reviews/{reference}/terms"))
    assert browser.send_form(f"/reviews/{reference}/terms", CIRCULATED).status_code == 403
    assert home.signed_in(MEMBER).get(f"/reviews/{reference}/terms").status_code == 404


def test_the_five_questions_are_asked_and_read_by_two_alone(home: House) -> None:
    asked = contribution_asked(home.store)
    send(home, asked, "questions", {"view": "It looked calm."})
    place = f"/reviews/{asked.reference}/contributions"

    read = {person: home.signed_in(person).get(place) for person in (REVIEWER, MANAGER, CHAIR, PANEL, PRACTITIONER)}
    assert {person: answer.status_code for person, answer in read.items()} == {
        REVIEWER: 200,
        MANAGER: 200,
        CHAIR: 403,
        PANEL: 403,
        PRACTITIONER: 404,
    }
    assert [person for person, answer in read.items() if "It looked calm." in answer.text] == [REVIEWER, MANAGER]
    assert "It looked calm." not in home.signed_in(CHAIR).get(f"/reviews/{asked.reference}").text


def test_practitioners_are_asked_from_the_record_of_who_takes_part(home: House, reference: str) -> None:
    browser = home.signed_in(MANAGER)
    link = f'href="/reviews/{reference}/contributions"'
    assert link in browser.get(f"/reviews/{reference}/participation").text
    assert link not in home.signed_in(CHAIR).get(f"/reviews/{reference}/participation").text

    sent = browser.send_form(f"/reviews/{reference}/contributions", ASKED)
    assert "We have sent each of them an e-mail" in words(browser.get(sent.headers["location"]))
    with home.store.reading() as session:
        (row,) = session.exec(select(Contribution)).all()
        (letter,) = session.exec(select(OutboxMessage).where(OutboxMessage.template == Template.QUESTIONS_ASKED)).all()
    assert (letter.person_id, str(row.answer_by)) == (row.person_id, "2020-01-20")


def test_when_a_report_will_come_stands_beside_its_stage(home: House) -> None:
    asked = report_asked(home.store)
    with home.store.transaction() as session:
        data = {"comes_on": "2020-02-03", "because": "The author was ill."}
        by = find_person(session, POLICE)
        promise_report(Act(session, by, NOW, TODAY), asked.reference, POLICE_REPORT, data)

    said = "Expected on 3 February 2020 , as announced on 6 January 2020: The author was ill."
    assert said in words(home.signed_in(MANAGER).get(f"/reviews/{asked.reference}"))
    assert said in words(home.signed_in(POLICE).get(f"/reviews/{asked.reference}"))


@pytest.mark.parametrize("kind", list(EVERY_KIND))
def test_whoever_steers_ends_the_links_to_a_task(home: House, kind: TaskKind) -> None:
    asked = EVERY_KIND[kind](home.store)
    place = f"/reviews/{asked.reference}/links/{kind.value}/{asked.task.id}"
    browser = home.signed_in(MANAGER)
    page = browser.get(place)
    others = home.signed_in(REVIEWER).get(place).status_code
    ended = browser.send_form(place)

    assert (page.status_code, title(page), others in (403, 404)) == (200, "End the links that were sent", True)
    assert "The links that were sent no longer work." in words(browser.get(ended.headers["location"]))
    assert state(home, asked) is LinkState.ENDED


def test_the_links_of_another_review_are_not_ended_here(home: House) -> None:
    asked = report_asked(home.store)
    other = launched(home.store)
    browser = home.signed_in(MANAGER)

    places = [f"/reviews/{other}/links/report/{asked.task.id}", f"/reviews/{other}/links/terms/99"]
    answers = [browser.get(place).status_code for place in places]
    assert (answers, [browser.send_form(place).status_code for place in places]) == ([404, 404], [404, 404])
    assert state(home, asked) is LinkState.OPEN


def test_links_to_a_report_and_to_an_action_are_ended_from_their_pages(home: House) -> None:
    asked = report_asked(home.store)
    browser = home.signed_in(MANAGER)

    assert (
        f'href="/reviews/{asked.reference}/links/report/{asked.task.id}"'
        in browser.get(f"/reviews/{asked.reference}").text
    )
    assert "/links/" not in home.signed_in(POLICE).get(f"/reviews/{asked.reference}").text


def test_replies_are_one_to_a_person_and_a_draft(home: House, reference: str) -> None:
    twice = CIRCULATED | {"people": [*PEOPLE, PEOPLE[0]]}
    home.signed_in(REVIEWER).send_form(f"/reviews/{reference}/terms", twice)

    with home.store.reading() as session:
        assert len(session.exec(select(TermsReply)).all()) == 2


def test_whoever_was_invited_to_a_meeting_and_not_asked_yet_stands_in_the_form_already(home: House) -> None:
    asked = invitation_asked(home.store)
    browser, place = home.signed_in(MANAGER), f"/reviews/{asked.reference}/contributions"
    before = browser.get(place).text
    browser.send_form(place, {"people": [{"name": "Wyn Worker", "email": WORKER}], "answer_by": "2020-01-20"})

    assert f'value="{WORKER}"' in before
    assert f'value="{WORKER}"' not in browser.get(place).text


def test_a_second_draft_goes_to_the_same_people_unless_that_is_changed(home: House) -> None:
    asked = terms_asked(home.store)
    form = home.signed_in(REVIEWER).get(f"/reviews/{asked.reference}/terms").text

    assert [f'value="{email}"' in form for email in (MEMBER, OTHER_MEMBER)] == [True, True]


def test_links_to_a_meeting_are_ended_from_its_page(home: House) -> None:
    asked = invitation_asked(home.store)
    page = home.signed_in(MANAGER).get(f"/reviews/{asked.reference}/meetings/1").text

    assert f'href="/reviews/{asked.reference}/links/invitation/{asked.task.id}"' in page
