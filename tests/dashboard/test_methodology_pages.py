"""The methodology changed, and another lead reviewer appointed, in the browser."""

import re

import pytest

from casework.views.review import review_view
from dashboard.fields import fields_of
from models.forms.inquiry import MethodChoice
from tests.dashboard.house import House, problems, title, words
from tests.walking import CHAIR, MANAGER, PANEL, REVIEWER, SERIOUS_CASE_REVIEW, launched, walked

CHOICE = {
    "methodology": "scie-learning-together",
    "why_methodology": "The systems are the question.",
    "learning_together": "full",
    "costs": "Paid by the board.",
    "accreditation": "Both certificates were seen.",
}
SECOND = {
    "name": "Rosa Reviewer",
    "email": "rosa.reviewer@independent.example",
    "organisation": "Independent consultant",
}


def at(home: House, stage: str) -> str:
    """A serious case review taken to a stage; its address."""
    reference = launched(home.store)
    walked(home.store, reference, SERIOUS_CASE_REVIEW, until=stage)
    return f"/reviews/{reference}"


@pytest.fixture
def page(home: House) -> str:
    """A review whose agencies are at work on their reports, by the traditional methodology."""
    return at(home, "agency-report:example-children-s-social-care")


def states(home: House, page: str) -> dict[str, str]:
    """The state of every stage."""
    with home.store.reading() as session:
        return {stage.name: stage.state for stage in review_view(session, page.rpartition("/")[2]).stages}


def test_the_methodology_stands_beside_the_review(home: House, page: str) -> None:
    said = words(home.signed_in(MANAGER).get(page))

    assert "Methodology Traditional, with individual management reviews (IMRs) Leads to Recommendations" in said
    assert ("Change the methodology" in said, "Appoint another lead reviewer" in said) == (True, True)


def test_another_methodology_is_asked_for_with_what_it_changes_and_how_it_stands(home: House, page: str) -> None:
    asked = home.signed_in(MANAGER).get(f"{page}/methodology")

    assert title(asked) == "Change the methodology"
    assert "Its methodology now: Traditional, with individual management reviews (IMRs)." in words(asked)


def test_a_changed_methodology_ends_what_it_does_not_need_and_says_what_it_opened(home: House, page: str) -> None:
    chair = home.signed_in(CHAIR)
    second = chair.get(chair.send_form(f"{page}/add-reviewer", SECOND).headers["location"])
    changed = chair.get(chair.send_form(f"{page}/methodology", CHOICE).headers["location"])

    assert "They now lead the review too, and can see all of it." in words(second)
    assert "The methodology is changed. Now open: Review team and case group." in words(changed)
    assert "From Traditional, with individual management reviews (IMRs) to SCIE Learning Together. Opened" in words(
        changed
    )
    assert "Methodology SCIE Learning Together Leads to Findings" in words(changed)
    assert states(home, page)["agency-report:example-police"] == "ended"
    assert home.signed_in(SECOND["email"]).get(page).status_code == 200


def test_a_methodology_without_what_it_takes_is_refused_at_its_field_and_changes_nothing(
    home: House, page: str
) -> None:
    manager, before = home.signed_in(MANAGER), states(home, page)
    alone = manager.send_form(f"{page}/methodology", CHOICE)
    costless = manager.send_form(f"{page}/methodology", CHOICE | {"costs": ""})

    assert "Appoint another lead reviewer" in problems(alone)[0]
    assert ('href="#costs"' in costless.text, "Both certificates were seen." in costless.text) == (True, True)
    assert (alone.status_code, costless.status_code, states(home, page)) == (422, 422, before)


def test_a_reviewer_of_an_agency_under_review_is_refused(home: House, page: str) -> None:
    sent = home.signed_in(MANAGER).send_form(f"{page}/add-reviewer", SECOND | {"organisation": "Example Police"})

    assert (sent.status_code, "which is an agency under review" in problems(sent)[0]) == (422, True)


@pytest.mark.parametrize(
    ("stage", "said"),
    [
        ("terms-of-reference", "has no methodology yet"),
        ("learning-summary", "can no longer be changed"),
    ],
)
def test_it_is_changed_only_between_the_terms_of_reference_and_the_report(home: House, stage: str, said: str) -> None:
    page, manager = at(home, stage), home.signed_in(MANAGER)
    asked, sent = manager.get(f"{page}/methodology"), manager.send_form(f"{page}/methodology", CHOICE)

    assert (asked.status_code, sent.status_code) == (409, 409)
    assert (said in words(asked), said in words(sent)) == (True, True)
    assert "Change the methodology" not in words(manager.get(page))


@pytest.mark.parametrize("path", ["methodology", "add-reviewer"])
def test_nobody_else_changes_it(home: House, page: str, path: str) -> None:
    answers = [
        (browser.get(f"{page}/{path}").status_code, browser.send_form(f"{page}/{path}", CHOICE | SECOND).status_code)
        for browser in (home.signed_in(PANEL), home.signed_in(REVIEWER))
    ]

    assert answers == [(403, 403)] * 2


def test_a_question_of_one_methodology_says_under_which_it_matters() -> None:
    only = {field.name: (field.under, field.only) for field in fields_of(MethodChoice) if field.only}

    assert only == {
        "learning_together": ("methodology", ("scie-learning-together",)),
        "welsh_form": ("methodology", ("child-practice-review",)),
        "steps": ("methodology", ("hybrid",)),
        "accreditation": (
            "methodology",
            ("scie-learning-together", "significant-incident-learning-process", "hybrid"),
        ),
        "overview_author": ("methodology", ("traditional",)),
    }


def test_without_scripts_every_question_is_shown(home: House, page: str) -> None:
    asked = home.signed_in(MANAGER).get(f"{page}/methodology").text
    marked = re.findall(r'<div data-lc-under="methodology" data-lc-only="([^"]*)">', asked)

    assert (len(marked), "hidden>" in asked.partition("<form")[2].partition("</form>")[0]) == (5, False)
