"""Referring a case in the browser: what the criteria recommend, and the launch as the type that is chosen."""

import re
from html import unescape
from typing import Any

import pytest
from httpx import Response
from sqlmodel import select

from casework.framework.criteria import screen
from casework.framework.editions import edition
from casework.framework.profiles import board
from casework.moves.launching import begin_with_referral
from casework.people.directory import person_for
from casework.people.roles import appoint
from casework.views.review import review_view
from dashboard.presenters.local import decisions
from models.forms.referral import Referral
from models.review import Review
from models.vocabulary import Decision, Role
from tests.dashboard.house import Browser, House, problems, title, words
from tests.walking import AGENCIES, MANAGER, PANEL, PARTNERS, TODAY, launched, referral

FORM = "/refer/northamptonshire"
PARTNERSHIP = "safeguarding-children-partnership"


@pytest.fixture
def manager(home: House) -> Browser:
    """The business manager of Northamptonshire's board, where one review has been launched."""
    launched(home.store)
    return home.signed_in(MANAGER)


def manages(home: House, board_name: str) -> Browser:
    """The business manager of another board."""
    with home.store.transaction() as session:
        person = person_for(session, email=MANAGER, name="Business Manager")
        appoint(session, board=board_name, role=Role.BUSINESS_MANAGER, person=person, since=TODAY)
    return home.signed_in(MANAGER)


def choices(page: Response) -> list[str]:
    """The types to launch as, in their order; a star before the one that is chosen."""
    radios = re.findall(r'<input[^>]*type="radio" value="([^"]*)"([^>]*)>', page.text)
    return [f"*{type_}" if "checked" in more else type_ for type_, more in radios]


def carried(page: Response) -> dict[str, str]:
    """What the page sends again with the type that is chosen."""
    hidden = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page.text)
    return {unescape(name): unescape(value) for name, value in hidden if name != "csrf_token"}


def test_a_referral_is_asked_without_a_type(manager: Browser) -> None:
    page = manager.get(FORM)

    assert (page.status_code, title(page)) == (200, "Refer a case")
    assert ("Serious case review" in words(page), 'name="type"' in page.text) == (False, False)


def test_a_board_is_asked_only_what_bears_on_its_reviews(home: House) -> None:
    asked = {}
    for name in ("portsmouth", PARTNERSHIP, "welsh-safeguarding-board"):
        page = words(manages(home, name).get(f"/refer/{name}"))
        asked[name] = ("When did the local authority become aware" in page, "In Wales: was the child" in page)

    assert asked == {
        "portsmouth": (False, False),
        PARTNERSHIP: (True, False),
        "welsh-safeguarding-board": (False, True),
    }


def test_the_criteria_recommend_with_every_reason_and_its_paragraph(manager: Browser) -> None:
    page = manager.send_form(FORM, referral())
    found = screen(Referral.model_validate(referral()), board("northamptonshire"), edition("WT2013"))

    assert (page.status_code, title(page)) == (200, "What the criteria recommend")
    assert "The criteria for a serious case review are met. Recommended: serious case review" in words(page)
    assert [f"{reason.text} {reason.cite}" in words(page) for reason in found.reasons] == [True] * 4
    assert "Working Together to Safeguard Children, March 2013" in words(page)
    assert "This is a recommendation, not a decision." in words(page)


def test_the_recommended_type_comes_first_and_every_other_that_begins_with_a_referral_can_be_chosen(
    manager: Browser,
) -> None:
    serious = choices(manager.send_form(FORM, referral()))
    below = choices(manager.send_form(FORM, referral(seriously_harmed="no")))
    died = choices(manager.send_form(FORM, referral(child_died="yes")))

    assert serious == ["*serious-case-review", "practice-learning-review", "single-case-audit"]
    assert below == ["*practice-learning-review", "serious-case-review", "single-case-audit"]
    assert died == ["*serious-case-review", "practice-learning-review", "single-case-audit", "child-death-review"]


def test_nothing_is_stored_before_the_launch(home: House, manager: Browser) -> None:
    manager.send_form(FORM, referral())

    with home.store.reading() as session:
        assert session.exec(select(Review.reference)).all() == ["LSCBN-SCR-2014-001"]


def test_everything_typed_goes_on_to_the_launch_as_another_type_than_recommended(home: House, manager: Browser) -> None:
    typed = referral(circumstances="One line.\nAnother, with “quotes” & <signs>.")
    page = manager.send_form(FORM, typed)
    sent = manager.send_form(f"{FORM}/launch", carried(page) | {"type": "practice-learning-review"})
    review = manager.get(sent.headers["location"])

    assert (sent.status_code, title(review)) == (303, "LSCBN-PLR-2014-001 Open")
    assert "LSCBN-PLR-2014-001 is launched. Now open: Panel’s recommendation." in words(review)
    assert "as it came in The criteria for a serious case review are met. Recommended: serious" in words(review)
    with home.store.reading() as session:
        kept = review_view(session, "LSCBN-PLR-2014-001").review.referral
    assert (kept["circumstances"], kept["agencies"]) == (typed["circumstances"], AGENCIES)


def test_the_referral_can_be_changed_again_with_everything_typed(manager: Browser) -> None:
    page = manager.send_form(FORM, referral())
    form = manager.send_form(FORM, carried(page) | {"type": "single-case-audit", "change": "yes"})

    assert (form.status_code, title(form), problems(form)) == (200, "Refer a case", [])
    assert "A child was seriously harmed.</textarea>" in form.text
    assert 'value="pat.author@police.example"' in form.text
    assert carried(form)["type"] == "single-case-audit"


def test_a_referral_sent_twice_from_one_page_launches_one_review(manager: Browser) -> None:
    page, other = (carried(manager.get(FORM))["once"] for _ in range(2))

    def send(once: str, type_: str = "serious-case-review", **changes: Any) -> str:
        data = referral(once=once, type=type_, **changes)
        return str(manager.send_form(f"{FORM}/launch", data).headers["location"])

    sent = [send(page), send(page), send(page, reasons="Others."), send(page, "single-case-audit"), send(other)]

    assert sent == [
        f"/reviews/LSCBN-{number}?entry=1"
        for number in ("SCR-2014-002", "SCR-2014-002", "SCR-2014-003", "SCA-2014-001", "SCR-2014-004")
    ]


def test_the_page_of_the_recommendation_keeps_what_tells_it_from_every_other(manager: Browser) -> None:
    once = carried(manager.get(FORM))["once"]

    assert carried(manager.send_form(FORM, referral(once=once)))["once"] == once


@pytest.mark.parametrize("path", ["", "/launch"])
def test_a_wrong_referral_is_kept_and_launches_nothing(manager: Browser, path: str) -> None:
    wrong = referral(referred_by="nobody", agencies=[AGENCIES[0], {"name": "Police"}], type="serious-case-review")

    sent = manager.send_form(f"{FORM}{path}", wrong)

    assert (sent.status_code, problems(sent)) == (
        422,
        [
            "‘nobody’ is not an e-mail address: give one such as name@board.example",
            "Enter an answer for ‘Report author’ (number 2 of ‘Agencies involved’)",
            "Enter an answer for ‘Author’s e-mail address’ (number 2 of ‘Agencies involved’)",
        ],
    )
    assert ("A child was seriously harmed." in sent.text, 'value="Police"' in sent.text) == (True, True)
    assert manager.get("/reviews/LSCBN-SCR-2014-002").status_code == 404


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"notified_on": "2020-01-07"}, "notified_on-day"),
        ({"incident_on": "2014-05-07"}, "incident_on-day"),
        ({"died_in_custody": "yes"}, "died_in_custody"),
        ({"about": "child-death"}, "about"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_before_anything_is_recommended(
    manager: Browser, changes: dict[str, str], field: str
) -> None:
    sent = manager.send_form(FORM, referral(**changes))

    assert (sent.status_code, title(sent), f'href="#{field}"' in sent.text) == (422, "Refer a case", True)


def test_a_type_has_to_be_chosen_and_must_begin_with_a_referral(manager: Browser) -> None:
    sent = [manager.send_form(f"{FORM}/launch", referral(type=type_)) for type_ in ("", "thematic-audit", "rapid")]

    assert [(each.status_code, problems(each)) for each in sent] == [(422, ["Choose one of the types of review"])] * 3
    assert carried(sent[0])["reasons"] == "Several agencies knew the family."


def test_a_case_for_which_no_review_is_named_can_still_be_launched_to_decide_that(home: House) -> None:
    manager = manages(home, PARTNERSHIP)
    page = manager.send_form(f"/refer/{PARTNERSHIP}", referral(seriously_harmed="no", about="youth-justice-incident"))

    assert "Recommended: no review" in words(page)
    assert choices(page)[0] == "*practice-learning-review"
    assert "A decision to hold no review is made, and recorded with its reasons, in the same way." in words(page)


def test_a_rapid_review_needs_the_day_on_which_the_authority_became_aware(home: House) -> None:
    manager, form = manages(home, PARTNERSHIP), f"/refer/{PARTNERSHIP}"
    days = {"notified_on": "2019-05-07", "incident_on": "2019-05-03"}
    page = manager.send_form(form, referral(**days))
    refused = manager.send_form(f"{form}/launch", carried(page) | {"type": "rapid-review"})
    again = manager.send_form(form, carried(refused) | referral(**days, aware_on="2019-05-04"))
    sent = manager.send_form(f"{form}/launch", carried(again) | {"type": "rapid-review"})

    assert "It needs an answer to: “When did the local authority become aware of it?”" in words(page)
    assert (refused.status_code, 'href="#aware_on-day"' in refused.text) == (422, True)
    assert (carried(refused)["type"], "It needs" in words(again)) == ("rapid-review", False)
    assert sent.headers["location"] == "/reviews/SCP-RR-2019-001?entry=1"


def test_a_framework_that_does_not_name_the_edition_in_force_says_so(home: House) -> None:
    manager = manages(home, "portsmouth")
    page = manager.send_form("/refer/portsmouth", referral())
    launch = manager.send_form("/refer/portsmouth/launch", carried(page) | {"type": "best-practice-review"})
    note = "In England another edition was in force on 2 May 2014: HM Government, Working Together to Safeguard"

    assert (note in words(page), note in words(manager.get(launch.headers["location"]))) == (True, True)


def test_a_decision_offers_the_boards_own_types_that_begin_with_a_referral_under_its_names() -> None:
    for name in ("portsmouth", "gloucestershire", PARTNERSHIP, "welsh-safeguarding-board"):
        profile = board(name)
        offered = decisions(profile)

        assert set(offered) == {*begin_with_referral(profile), Decision.NO_REVIEW.value}
        assert offered == {
            type_: profile.reviews[type_].name if type_ in profile.reviews else "No review" for type_ in offered
        }


@pytest.mark.parametrize(
    ("board_name", "type_", "who", "stage"),
    [
        ("gloucestershire", "practice-learning-review", PANEL, "chair-decision"),
        (PARTNERSHIP, "rapid-review", MANAGER, "criteria-screening"),
        (PARTNERSHIP, "local-child-safeguarding-practice-review", PARTNERS, "local-review-decision"),
        ("barking-and-dagenham", "practice-learning-review", PANEL, "panel-recommendation"),
    ],
)
def test_whoever_screens_recommends_or_decides_reads_what_the_criteria_say_with_the_paragraphs(
    home: House, board_name: str, type_: str, who: str, stage: str
) -> None:
    reference = launched(home.store, type_, board_name, notified_on="2019-05-07", aware_on="2019-05-04")
    page = words(home.signed_in(who).get(f"/reviews/{reference}/stages/{stage}"))

    assert "What the criteria say of the referral as it came in The criteria for a serious" in page
    assert "Where this comes from:" in page


def test_only_the_boards_own_business_manager_refers_there(manager: Browser) -> None:
    paths = ("/refer/nowhere", "/refer/barking-and-dagenham")
    answers = [(manager.get(path).status_code, manager.send_form(path, referral()).status_code) for path in paths]

    assert answers == [(404, 404), (403, 403)]
