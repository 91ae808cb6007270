"""Steering a review in the browser: each way says what will happen, does it once, and is for two people only."""

import pytest

from casework.views.review import review_view
from models.vocabulary import ReviewState
from tests.dashboard.house import House, problems, title, words
from tests.walking import CHAIR, DECISION, MANAGER, MONITOR, PANEL, SERIOUS_CASE_REVIEW, launched, walked

SUCCESSOR = {
    "name": "Rosa Reviewer",
    "email": "rosa.reviewer@independent.example",
    "organisation": "Independent consultant",
    "reason": "The first reviewer is ill.",
}
OF_STAGE = ("stages/chair-decision/extend", "stages/chair-decision/hand-over")


@pytest.fixture
def page(home: House) -> str:
    """A review in which the chair has to decide."""
    reference = launched(home.store)
    walked(home.store, reference, SERIOUS_CASE_REVIEW, until="chair-decision")
    return f"/reviews/{reference}"


def state(home: House, page: str) -> ReviewState:
    """How the review stands."""
    with home.store.reading() as session:
        return review_view(session, page.rpartition("/")[2]).review.state


@pytest.mark.parametrize("person", [MANAGER, CHAIR])
def test_a_review_is_held_and_resumed(home: House, page: str, person: str) -> None:
    browser = home.signed_in(person)
    held = browser.send_form(f"{page}/steer/hold", {"reason": "A trial.", "until": "2020-06-01"})
    while_held = words(browser.get(held.headers["location"]))
    between = state(home, page)
    resumed = browser.send_form(f"{page}/steer/resume")

    assert "The review is on hold since 6 January 2020, expected until 1 June 2020." in while_held
    assert (between, state(home, page)) == (ReviewState.HELD, ReviewState.OPEN)
    assert "The review has resumed." in words(browser.get(resumed.headers["location"]))


@pytest.mark.parametrize("way", ["hold", "withdraw", "convert"])
def test_every_way_asks_why(home: House, page: str, way: str) -> None:
    browser = home.signed_in(MANAGER)
    shown, sent = browser.get(f"{page}/steer/{way}"), browser.send_form(f"{page}/steer/{way}")

    assert (shown.status_code, sent.status_code, len(problems(sent)) > 0) == (200, 422, True)
    assert state(home, page) is ReviewState.OPEN


def test_a_hold_that_ends_before_it_begins_is_refused_at_its_field(home: House, page: str) -> None:
    sent = home.signed_in(MANAGER).send_form(f"{page}/steer/hold", {"reason": "A trial.", "until": "2019-01-01"})

    assert 'href="#until-day"' in sent.text
    assert problems(sent)[0].startswith("Until when, if you know? ‘Tuesday 1 January 2019’ is not after")


def test_a_deadline_is_extended_and_the_first_date_stays_on_record(home: House, page: str) -> None:
    browser = home.signed_in(CHAIR)
    sent = browser.send_form(
        f"{page}/stages/chair-decision/extend", {"to": "2020-02-03", "reason": "The panel met late."}
    )
    said = words(browser.get(sent.headers["location"]))

    assert "The deadline of ‘Chair’s decision’ has moved. We have told its owner." in said
    assert "At first due on 6 June 2014" in said
    assert "From 6 June 2014 to 3 February 2020. The panel met late." in said


def test_a_deadline_that_is_no_later_is_refused_with_the_title_of_its_stage(home: House, page: str) -> None:
    sent = home.signed_in(CHAIR).send_form(f"{page}/stages/chair-decision/extend", {"to": "2014-06-01", "reason": "x"})

    (sentence,) = problems(sent)
    assert ("chair-decision" in sentence, "‘Chair’s decision’" in sentence) == (False, True)


def test_a_stage_is_given_to_somebody_else(home: House) -> None:
    reference = launched(home.store)
    walked(home.store, reference, SERIOUS_CASE_REVIEW, until="terms-of-reference")
    page, manager = f"/reviews/{reference}", home.signed_in(MANAGER)
    handed = f"{page}/stages/terms-of-reference/hand-over"

    linked = f'href="{handed}"' in manager.get(page).text
    sent = manager.send_form(handed, SUCCESSOR)
    said, owed = words(manager.get(sent.headers["location"])), home.signed_in(SUCCESSOR["email"]).get("/")

    assert (linked, "It is owed by Lena Reviewer." in words(manager.get(handed))) == (True, False)
    assert "‘Terms of reference and methodology’ is handed over. We have told its new owner." in said
    assert "Terms of reference and methodology: handed over" in said
    assert "Terms of reference and methodology" in words(owed)


def test_nobody_leads_a_review_of_their_own_agency(home: House) -> None:
    reference = launched(home.store)
    walked(home.store, reference, SERIOUS_CASE_REVIEW, until="terms-of-reference")
    path = f"/reviews/{reference}/stages/terms-of-reference/hand-over"
    sent = home.signed_in(MANAGER).send_form(path, SUCCESSOR | {"organisation": "Example Police"})

    assert (sent.status_code, "Example Police, which is an agency under review" in problems(sent)[0]) == (422, True)
    assert f'value="{SUCCESSOR["email"]}"' in sent.text


def test_a_withdrawn_review_keeps_everything_and_can_be_steered_no_more(home: House, page: str) -> None:
    browser = home.signed_in(MANAGER)
    sent = browser.send_form(f"{page}/steer/withdraw", {"reason": "The referral was for another board."})
    said = words(browser.get(sent.headers["location"]))

    assert ("The referral was for another board." in said, "Steer the review" in said) == (True, False)
    assert state(home, page) is ReviewState.WITHDRAWN
    assert browser.get(f"{page}/steer/hold").status_code == 403


def test_a_review_goes_on_as_another_type_under_its_local_name(home: House, page: str) -> None:
    browser = home.signed_in(MANAGER)
    asked = words(browser.get(f"{page}/steer/convert"))
    sent = browser.send_form(f"{page}/steer/convert", {"type": "practice-learning-review", "reason": "Below."})
    new, old = browser.get(sent.headers["location"]), browser.get(page)

    assert ("Multi-agency case review" in asked, "Serious case review" in asked) == (True, False)
    assert title(new) == "LSCBN-PLR-2014-001 Open"
    assert f'href="{page}"' in new.text
    assert (title(old), 'href="/reviews/LSCBN-PLR-2014-001"' in old.text) == ("LSCBN-SCR-2014-001 Converted", True)


def test_whoever_decides_for_another_type_lands_on_the_new_review_and_is_told(home: House, page: str) -> None:
    decision = DECISION | {"decision": "practice-learning-review", "reasons_against_recommendation": "Below."}
    chair = home.signed_in(CHAIR)
    sent = chair.send_form(f"{page}/stages/chair-decision", decision)
    new, old = chair.get(sent.headers["location"]), chair.get(page)

    assert (sent.status_code, title(new)) == (303, "LSCBN-PLR-2014-001 Open")
    assert "The review goes on as LSCBN-PLR-2014-001. What was recorded has been carried over. Now open:" in words(new)
    assert ("Carried over from LSCBN-SCR-2014-001" in words(new), "Goes on as LSCBN-PLR-2014-001" in words(old)) == (
        True,
        True,
    )
    assert title(old) == "LSCBN-SCR-2014-001 Converted"


def test_a_review_goes_on_only_as_what_begins_alike(home: House, page: str) -> None:
    asked = words(home.signed_in(MANAGER).get(f"{page}/steer/convert"))

    assert ("In-depth single case audit" in asked, "thematic audit" in asked) == (True, False)


@pytest.mark.parametrize("person", [PANEL, MONITOR])
@pytest.mark.parametrize("path", ["steer/hold", "steer/withdraw", "steer/convert", *OF_STAGE])
def test_nobody_else_steers(home: House, page: str, person: str, path: str) -> None:
    browser = home.signed_in(person)
    sent = browser.send_form(f"{page}/{path}", SUCCESSOR | {"to": "2020-02-03", "type": "practice-learning-review"})

    assert (browser.get(f"{page}/{path}").status_code, sent.status_code, state(home, page)) == (
        403,
        403,
        ReviewState.OPEN,
    )
    assert "Steer the review" not in words(browser.get(page))


def test_what_cannot_be_done_now_says_so(home: House, page: str) -> None:
    answer = home.signed_in(MANAGER).get(f"{page}/steer/resume")

    assert (answer.status_code, "LSCBN-SCR-2014-001 is open, so you cannot do that to it now." in words(answer)) == (
        409,
        True,
    )


def test_an_unknown_way_is_not_there(home: House, page: str) -> None:
    assert home.signed_in(MANAGER).get(f"{page}/steer/delete").status_code == 404
