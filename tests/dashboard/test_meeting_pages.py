"""Meetings in the browser: arranged, looked at, moved, cancelled; and what somebody with only a task sees."""

from datetime import UTC, datetime

import pytest

from tests.casework.meetings.meeting import LEARNING_EVENT, PANEL_MEETING, WORKER, answer, arrange
from tests.dashboard.house import Browser, House, problems, title, words
from tests.walking import CHAIR, MANAGER, PANEL, POLICE, REVIEWER, SERIOUS_CASE_REVIEW, SOCIAL_CARE, launched, walked

TYPED = {name: value for name, value in PANEL_MEETING.items() if name != "people"} | {"people": CHAIR}


@pytest.fixture
def reference(home: House) -> str:
    """A review of which two agencies are to report."""
    found = launched(home.store)
    walked(home.store, found, SERIOUS_CASE_REVIEW, until="agency-report")
    return found


@pytest.fixture
def page(reference: str) -> str:
    return f"/reviews/{reference}/meetings"


def followed(browser: Browser, path: str, data: dict[str, str]) -> str:
    """What the page says to which a form leads."""
    sent = browser.send_form(path, data)
    assert sent.status_code == 303, problems(sent)
    return words(browser.get(sent.headers["location"]))


def test_a_meeting_is_arranged_and_shown_with_who_is_invited(home: House, page: str) -> None:
    browser = home.signed_in(MANAGER)
    listed = followed(browser, f"{page}/arrange", TYPED)
    shown = words(browser.get(f"{page}/1"))

    assert "The meeting is arranged. The invitations are on their way." in listed
    assert "Panel meeting To come Tuesday 4 February 2020, 10:00 to 12:30 1 invited: 1 no answer yet" in listed
    assert "Where Room 2, Example House Join online" in shown
    assert "Independent Chair Answer No answer yet" in shown


def test_the_form_offers_the_people_of_the_review_and_says_that_the_place_is_sent(home: House, page: str) -> None:
    asked = home.signed_in(REVIEWER).get(f"{page}/arrange")

    assert title(asked) == "Arrange a meeting"
    assert asked.text.count("This is sent by e-mail: no names, nothing about the case.") == 2
    people = (MANAGER, CHAIR, PANEL, REVIEWER, POLICE, SOCIAL_CARE)
    assert [email for email in people if f'value="{email}"' not in asked.text] == []
    assert "Alex Author (Agency report author)" in words(asked)


def test_what_is_wrong_stands_at_its_field_with_everything_typed_kept(home: House, page: str) -> None:
    browser = home.signed_in(MANAGER)
    sent = browser.send_form(f"{page}/arrange", TYPED | {"begins": "half past nine", "on_day": "2020-01-03"})
    again = browser.send_form(f"{page}/arrange", TYPED | {"begins": "2pm"})

    assert (sent.status_code, problems(sent)) == (
        422,
        ["‘half past nine’ is not a time: write it as 10:00 or 2.30pm"],
    )
    assert 'value="half past nine"' in sent.text
    assert f'value="{CHAIR}" checked' in sent.text
    assert problems(again) == ["When does it end? ‘12:30’ is not after the start, ‘14:00’. Give a later time."]
    assert "No meetings are arranged." in words(browser.get(page))


def test_a_time_that_may_be_a_slip_is_pointed_out_on_the_page_that_says_it_is_arranged(home: House, page: str) -> None:
    browser = home.signed_in(MANAGER)
    listed = followed(browser, f"{page}/arrange", TYPED | {"on_day": "2020-04-13"})

    assert "Monday 13 April 2020, 10:00 to 12:30 It is on Easter Monday: not a working day. 1 invited" in listed


def test_a_refusal_of_a_time_or_a_link_says_in_one_sentence_what_to_give_instead(home: House, page: str) -> None:
    browser = home.signed_in(MANAGER)
    left_out = browser.send_form(f"{page}/arrange", TYPED | {"on_day": "2020-03-29", "begins": "1:30"})
    insecure = browser.send_form(f"{page}/arrange", TYPED | {"joining_link": "http://meet.example/a"})
    followed(browser, f"{page}/arrange", TYPED)

    (of_the_time,) = problems(left_out)
    assert of_the_time == (
        "When does it begin? ‘01:30’ comes twice or not at all on Sunday 29 March 2020, when the clocks change in "
        "London. Give another time."
    )
    assert problems(insecure) == [
        "‘http://meet.example/a’ is not a web address: write it as https://board.example/report"
    ]
    assert problems(browser.send_form(f"{page}/1/invite", {"people": CHAIR})) == [
        "Choose at least one person who is not invited yet, or name a practitioner."
    ]


def test_a_form_without_script_gets_another_row(home: House, page: str) -> None:
    sent = home.signed_in(MANAGER).send_form(f"{page}/arrange", TYPED | {"add-another": "professionals"})

    assert (sent.status_code, 'name="professionals-0-name"' in sent.text) == (200, True)
    assert 'value="Room 2, Example House"' in sent.text


def test_a_meeting_is_moved_more_are_invited_and_it_is_cancelled(home: House, page: str) -> None:
    browser = home.signed_in(MANAGER)
    followed(browser, f"{page}/arrange", TYPED)
    asked = browser.get(f"{page}/1/move")
    moved = followed(browser, f"{page}/1/move", {"on_day": "2020-03-07", "begins": "7:30", "ends": "9:00"})
    invited = followed(browser, f"{page}/1/invite", {"people": PANEL})
    fewer = followed(browser, f"{page}/1/uninvite", {"people": CHAIR})
    gone = followed(browser, f"{page}/1/cancel", {"why": "Too few can come."})

    assert ('value="10:00"' in asked.text, 'value="https://meet.example/abc"' in asked.text) == (True, True)
    assert "The meeting has changed. We have told everybody invited." in moved
    assert "Panel meeting To come Saturday 7 March 2020, 07:30 to 09:00" in moved
    assert "It is on a Saturday: not a working day." in moved
    assert "It begins at 07:30, before the working day begins." in moved
    assert "2 invited: 2 no answer yet" in invited
    assert ("We have told them that they do not need to come." in fewer, "Independent Chair" in fewer) == (True, False)
    assert ("Panel meeting Cancelled" in gone, "Too few can come." in gone) == (True, True)
    assert "Cancel the meeting" not in gone


def test_the_reviews_page_says_which_meeting_is_next(home: House, reference: str) -> None:
    browser = home.signed_in(MANAGER)
    before = words(browser.get(f"/reviews/{reference}"))
    arrange(home.store, reference)
    answer(home.store, CHAIR)
    arrange(home.store, reference, PANEL_MEETING | {"on_day": "2020-03-03"})
    after = words(browser.get(f"/reviews/{reference}"))

    assert "Meetings No meetings are arranged. All meetings" in before
    assert (
        "Meetings Panel meeting, Tuesday 4 February 2020, 10:00 to 12:30. 2 invited: 1 accepted, 1 no answer yet. "
        "1 more to come. All meetings"
    ) in after
    assert "Meeting 1: answered by Independent Chair" in after


def test_somebody_with_only_a_task_sees_their_own_invitation_and_nobody_elses(
    home: House, reference: str, page: str
) -> None:
    arrange(home.store, reference, PANEL_MEETING | {"people": [POLICE, CHAIR]})
    arrange(home.store, reference)
    police, care = home.signed_in(POLICE), home.signed_in(SOCIAL_CARE)
    mine = police.get(f"{page}/1")

    assert "Your answer: no answer yet" in words(police.get(page))
    assert ("Your answer: no answer yet." in words(mine), "Chair" in words(mine)) == (True, False)
    assert [police.get(f"{page}/{each}").status_code for each in ("2", "arrange", "1/move", "1/cancel")] == [404] * 4
    assert "You are not invited to any meetings." in words(care.get(page))
    assert care.get(f"{page}/1").status_code == 404


def test_a_practitioner_with_no_part_in_the_review_sees_nothing_of_it(home: House, reference: str, page: str) -> None:
    arrange(home.store, reference, LEARNING_EVENT)
    browser = home.signed_in(WORKER)

    assert [browser.get(each).status_code for each in (page, f"{page}/1", f"/reviews/{reference}")] == [404] * 3
    assert "Learning event" in words(browser.get("/calendar"))


def test_those_who_may_only_look_are_offered_nothing_and_can_do_nothing(home: House, reference: str, page: str) -> None:
    arrange(home.store, reference)
    browser = home.signed_in(PANEL)

    assert "Arrange a meeting" not in words(browser.get(page))
    assert "Cancel the meeting" not in words(browser.get(f"{page}/1"))
    assert browser.send_form(f"{page}/1/cancel", {"why": "No."}).status_code == 403
    assert browser.send_form(f"{page}/arrange", TYPED).status_code == 403


def test_a_meeting_that_is_over_offers_nothing_more(home: House, reference: str, page: str) -> None:
    arrange(home.store, reference)
    home.clock.now = datetime(2020, 2, 5, 9, tzinfo=UTC)
    browser = home.signed_in(MANAGER)

    assert ("Panel meeting Over" in words(browser.get(f"{page}/1")), browser.get(f"{page}/9").status_code) == (
        True,
        404,
    )
    assert "Cancel the meeting" not in words(browser.get(f"{page}/1"))
    assert browser.get(f"{page}/1/burn").status_code == 404


def test_who_came_is_ticked_once_the_meeting_has_begun(home: House, reference: str, page: str) -> None:
    arrange(home.store, reference, LEARNING_EVENT)
    before = words(home.signed_in(MANAGER).get(f"{page}/1"))
    home.clock.now = datetime(2020, 2, 5, 9, tzinfo=UTC)
    browser = home.signed_in(MANAGER)

    assert "Record who came" not in before
    assert "Record who came" in words(browser.get(f"{page}/1"))
    assert "Wyn Worker" in words(browser.get(f"{page}/1/who-came"))
    said = followed(browser, f"{page}/1/who-came", {"kind": "learning-event", "people": WORKER})
    assert "Who came is recorded." in said
    assert f'value="{WORKER}" checked' in browser.get(f"{page}/1/who-came").text
    assert "Took part" in words(browser.get(f"/reviews/{reference}/participation"))
    nobody = browser.send_form(f"{page}/1/who-came", {"kind": "learning-event"})
    assert (nobody.status_code, len(problems(nobody))) == (422, 1)
