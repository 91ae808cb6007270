"""A person's own calendar: the page, and the secret address at which a calendar program asks."""

import re
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from icalendar import Calendar

from casework.delivery.undelivered import shut_out
from casework.people.directory import find_person
from models.tables import id_of
from models.vocabulary import Response
from tests.casework.meetings.meeting import (
    LEARNING_EVENT,
    PANEL_MEETING,
    WORKER,
    a_review,
    answer,
    arrange,
    cancel,
    invitation,
    move,
    uninvite,
)
from tests.dashboard.house import Browser, House, standing, words
from tests.walking import CHAIR, MANAGER, NOW, PANEL, SERIOUS_CASE_REVIEW, SOCIAL_CARE, walked

INSTEAD_OF = re.compile(r'name="instead_of" value="([^"]*)"')
ADDRESS = re.compile(r'value="(http://[^"]+/calendar/[^"]+\.ics)"')


@pytest.fixture
def reference(home: House) -> str:
    return a_review(home.store)


def new_address(browser: Browser) -> str:
    """The path at which the calendar of whoever is signed in is found from now on."""
    there = INSTEAD_OF.search(browser.get("/calendar").text)
    assert there is not None
    found = ADDRESS.search(browser.send_form("/calendar/address", {"instead_of": there[1]}).text)
    assert found is not None
    return "/" + found[1].split("/", 3)[3]


def read(home: House, path: str) -> list[dict[str, Any]]:
    """What a program finds there, without being signed in."""
    answer = home.browser().get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    calendar: Any = Calendar.from_ical(answer.text)
    assert [component.errors for component in calendar.walk()] == [[]] * len(calendar.walk())
    return [
        {
            "what": str(event["summary"]),
            "begins": event["dtstart"].dt,
            "status": str(event.get("status", "")),
            "sequence": event.get("sequence"),
        }
        for event in calendar.walk("VEVENT")
    ]


def test_the_calendar_has_the_meetings_and_the_deadlines_of_one_person(home: House, reference: str) -> None:
    arrange(home.store, reference)
    arrange(home.store, reference, PANEL_MEETING | {"people": [PANEL], "on_day": "2020-03-03"})
    found = read(home, new_address(home.signed_in(CHAIR)))

    assert [(each["what"], each["status"]) for each in found] == [(f"{reference}: Panel meeting", "CONFIRMED")]
    assert found[0]["begins"].astimezone(UTC) == datetime(2020, 2, 4, 10, tzinfo=UTC)


def test_deadlines_are_whole_days_with_a_reference_and_a_title_and_nothing_more(home: House, reference: str) -> None:
    home.clock.now = datetime(2014, 9, 15, 9, tzinfo=UTC)
    walked(home.store, reference, SERIOUS_CASE_REVIEW[2:6])
    path = new_address(home.signed_in(SOCIAL_CARE))

    assert read(home, path) == [
        {
            "what": f"{reference}: Agency report (Example Children's Social Care) due",
            "begins": date(2014, 9, 1),
            "status": "",
            "sequence": None,
        }
    ]
    text = home.browser().get(path).text
    assert [word for word in ("Alex", "Author", "harmed", "family", "chronology", SOCIAL_CARE) if word in text] == []


def test_what_lies_more_than_ninety_days_back_is_left_out(home: House, reference: str) -> None:
    arrange(home.store, reference)
    path = new_address(home.signed_in(CHAIR))
    home.clock.now = datetime(2020, 5, 4, 9, tzinfo=UTC)  # ninety days after the meeting
    there = len(read(home, path))
    home.clock.now = datetime(2020, 5, 5, 9, tzinfo=UTC)

    assert (there, read(home, path)) == (1, [])


def test_a_meeting_that_was_declined_says_so_and_takes_up_no_time(home: House, reference: str) -> None:
    arrange(home.store, reference)
    path = new_address(home.signed_in(CHAIR))
    before = home.browser().get(path).text
    answer(home.store, CHAIR, Response.DECLINED)

    assert [each["what"] for each in read(home, path)] == [f"Declined: {reference}: Panel meeting"]
    assert ("TRANSP:OPAQUE" in before, "TRANSP:TRANSPARENT" in home.browser().get(path).text) == (True, True)


def test_moves_and_cancellations_are_seen(home: House, reference: str) -> None:
    arrange(home.store, reference)
    path = new_address(home.signed_in(CHAIR))
    move(home.store, reference, {"on_day": "2020-07-07"})
    moved = read(home, path)
    cancel(home.store, reference)

    assert [each["begins"].astimezone(UTC) for each in moved] == [datetime(2020, 7, 7, 9, tzinfo=UTC)]
    assert [(each["status"], each["sequence"]) for each in read(home, path)] == [("CANCELLED", 2)]


def test_a_meeting_that_somebody_need_not_come_to_is_not_in_their_calendar(home: House, reference: str) -> None:
    arrange(home.store, reference)
    path = new_address(home.signed_in(CHAIR))
    uninvite(home.store, reference, CHAIR)

    assert read(home, path) == []


def test_a_renewed_address_ends_the_old_one_and_an_ended_one_opens_nothing(home: House, reference: str) -> None:
    arrange(home.store, reference)
    browser = home.signed_in(CHAIR)
    first, second = new_address(browser), new_address(browser)
    stranger = home.browser()
    answers = [stranger.get(path).status_code for path in (first, second)]
    browser.send_form("/calendar/end")

    assert answers == [404, 200]
    assert [stranger.get(path).status_code for path in (first, second, "/calendar/x.ics")] == [404, 404, 404]
    assert stranger.get(first).text.count("There is nothing at this address") == 1


def test_a_page_that_is_loaded_again_ends_no_address_that_it_has_just_shown(home: House, reference: str) -> None:
    arrange(home.store, reference)
    browser = home.signed_in(CHAIR)
    path = new_address(browser)
    again = browser.send_form("/calendar/address", {"instead_of": ""})

    assert (again.status_code, ADDRESS.search(again.text)) == (200, None)
    assert "Your calendar has had an address since" in words(again)
    assert home.browser().get(path).status_code == 200


def test_a_meeting_in_a_practitioners_calendar_leads_to_a_page_that_they_may_open(home: House, reference: str) -> None:
    arrange(home.store, reference, LEARNING_EVENT)
    arrange(home.store, reference)
    worker, chair = home.signed_in(WORKER), home.signed_in(CHAIR)
    leads = [
        urlsplit(str(event["url"])).path
        for browser in (worker, chair)
        for event in Calendar.from_ical(home.browser().get(new_address(browser)).text).walk("VEVENT")
    ]

    assert leads == ["/calendar", f"/reviews/{reference}/meetings/2"]
    assert [browser.get(path).status_code for browser, path in zip((worker, chair), leads, strict=True)] == [200, 200]


def test_whoever_gets_another_e_mail_address_needs_another_address_of_their_calendar_too(home: House) -> None:
    path = new_address(home.signed_in(CHAIR))
    with home.store.transaction() as session:
        shut_out(session, id_of(find_person(session, CHAIR)), NOW)

    assert home.browser().get(path).status_code == 404


def test_the_address_is_shown_once_and_only_its_hash_is_kept(home: House) -> None:
    browser = home.signed_in(CHAIR)
    before = words(browser.get("/calendar"))
    token = new_address(browser).removeprefix("/calendar/").removesuffix(".ics")
    after = browser.get("/calendar")

    assert ("Make an address" in before, "Renew the address" in words(after)) == (True, True)
    assert token not in after.text
    with home.store.engine.connect() as connection:
        (row,) = connection.exec_driver_sql("SELECT token_hash FROM calendarfeed").all()
    assert (len(row[0]), token in row[0]) == (64, False)


def test_a_program_that_has_the_newest_is_told_so(home: House, reference: str) -> None:
    arrange(home.store, reference)
    path, program = new_address(home.signed_in(CHAIR)), home.browser()
    first = program.get(path)
    again = program.get(path, headers={"If-None-Match": first.headers["etag"]})
    move(home.store, reference, {"on_day": "2020-07-07"})
    changed = program.get(path, headers={"If-None-Match": first.headers["etag"]})

    assert first.headers["cache-control"] == "private, no-cache"
    assert "set-cookie" not in first.headers
    assert [(each.status_code, bool(each.content)) for each in (again, changed)] == [(304, False), (200, True)]
    assert program.head(path).status_code == 200


def test_everybody_sees_their_own_meetings_and_nobody_elses(home: House, reference: str) -> None:
    arrange(home.store, reference)

    assert "Panel meeting" in words(home.signed_in(CHAIR).get("/calendar"))
    assert "You have no upcoming meetings." in words(home.signed_in(MANAGER).get("/calendar"))


def test_whoever_is_signed_in_answers_on_their_calendar_for_themselves_alone(home: House, reference: str) -> None:
    arrange(home.store, reference)
    number = invitation(home.store, CHAIR).id
    chair, path = home.signed_in(CHAIR), f"/calendar/meetings/{number}"
    asked = [f'href="{path}"' in chair.get(page).text for page in ("/calendar", f"/reviews/{reference}/meetings/1")]
    nothing = chair.send_form(path)
    said = chair.send_form(path, {"coming": "no", "reason": "On leave."})
    for other in (MANAGER, PANEL):
        assert home.signed_in(other).send_form(path, {"coming": "yes"}).status_code == 404

    found = invitation(home.store, CHAIR)
    assert (asked, nothing.status_code, said.headers["location"]) == ([True, True], 422, "/calendar")
    assert (found.response, found.reason) == (Response.DECLINED, "On leave.")
    assert "Declined" in words(chair.get("/calendar"))


def test_an_answer_is_opened_again_as_it_was_given_and_a_meeting_that_moved_without_one(
    home: House, reference: str
) -> None:
    arrange(home.store, reference)
    chair, path = home.signed_in(CHAIR), f"/calendar/meetings/{invitation(home.store, CHAIR).id}"
    chosen = [standing(chair.get(path))]
    for data in ({"coming": "no", "reason": "On leave."}, {"coming": "yes", "reason": "On leave."}):
        chair.send_form(path, data)
        chosen.append(standing(chair.get(path)))
    move(home.store, reference, {"on_day": "2020-07-07"})
    chosen.append(standing(chair.get(path)))

    assert chosen == [([], ""), (["no"], "On leave."), (["yes"], ""), ([], "")]


def test_what_is_cancelled_is_answered_no_more(home: House, reference: str) -> None:
    arrange(home.store, reference)
    path = f"/calendar/meetings/{invitation(home.store, CHAIR).id}"
    chair = home.signed_in(CHAIR)
    open_still = chair.get(path).status_code
    cancel(home.store, reference)

    assert (open_still, chair.get(path).status_code) == (200, 404)
    assert chair.send_form(path, {"coming": "yes"}).status_code == 404
    assert "Cancelled" in words(chair.get("/calendar"))
