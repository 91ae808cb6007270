"""What to do about a refusal, for the command line and for a page."""

import pytest

from casework.moves.steering import hold
from casework.people.directory import find_person
from casework.record.act import Act
from dashboard.remedies import Link, link_for, on_command_line
from models.errors import MoveRefused
from models.remedies import AddLeadReviewer, AppointToBoard, CountAgain, ListReviews, Remedy, ResumeReview
from tests.dashboard.house import House, words
from tests.walking import MANAGER, NOW, SERIOUS_CASE_REVIEW, SOCIAL_CARE, TODAY, launched, walked

NOBODY = Link("The person who runs this installation can appoint somebody.")


@pytest.mark.parametrize(
    ("remedy", "command", "link"),
    [
        (
            ListReviews(),
            "`learning-cycle list` shows the references there are.",
            Link("See the reviews there are", "/reviews"),
        ),
        (
            ResumeReview("SCR-1"),
            "Resume it first: `learning-cycle resume SCR-1`.",
            Link("See on its page why it is on hold, and who can resume it", "/reviews/SCR-1"),
        ),
        (
            AddLeadReviewer("SCR-1"),
            "`learning-cycle add-reviewer SCR-1` appoints one.",
            Link("The business manager can appoint another lead reviewer on its page", "/reviews/SCR-1"),
        ),
        (
            AppointToBoard("leeds", "business-manager"),
            "`learning-cycle appoint leeds business-manager EMAIL --name NAME` does that.",
            NOBODY,
        ),
        (
            AppointToBoard("leeds", "safeguarding-lead", "pat@a.example", organisation=True),
            "`learning-cycle appoint leeds safeguarding-lead pat@a.example --name NAME --organisation NAME` does that.",
            NOBODY,
        ),
        (
            CountAgain(),
            "`learning-cycle verify --recount` counts the stages again. Check later that the tally stays right.",
            Link("The person who runs this installation can have the stages counted again."),
        ),
        (AppointToBoard(), "`learning-cycle appoint BOARD ROLE EMAIL --name NAME` does that.", NOBODY),
    ],
)
def test_a_remedy_is_a_command_here_and_a_link_there(remedy: Remedy, command: str, link: Link) -> None:
    assert on_command_line(MoveRefused("That is refused.", remedy=remedy)) == f"That is refused. {command}"
    assert link_for(remedy) == link


def test_without_a_remedy_the_sentence_is_all() -> None:
    assert on_command_line(MoveRefused("That is refused. Do this.")) == "That is refused. Do this."


@pytest.mark.parametrize(
    ("reader", "says"),
    [(MANAGER, "Resume the review"), (SOCIAL_CARE, "The business manager or the independent chair can resume it.")],
)
def test_a_link_leads_everybody_who_meets_it_to_what_helps(home: House, reader: str, says: str) -> None:
    reference = launched(home.store)
    walked(home.store, reference, SERIOUS_CASE_REVIEW, until="agency-report:example-children-s-social-care")
    with home.store.transaction() as session:
        hold(Act(session, find_person(session, MANAGER), NOW, TODAY), reference, reason="A trial.", until=None)
    browser = home.signed_in(reader)

    pages = [
        browser.get(link_for(remedy).address)
        for remedy in (ListReviews(), ResumeReview(reference), AddLeadReviewer(reference))
    ]

    assert [page.status_code for page in pages] == [200, 200, 200]
    assert says in words(pages[1])
    if reader == MANAGER:
        assert browser.get(f"/reviews/{reference}/steer/resume").status_code == 200


def test_nobody_is_sent_to_themselves_to_be_appointed(home: House) -> None:
    launched(home.store)

    refused = home.signed_in(MANAGER).get("/agency")

    assert (refused.status_code, NOBODY.words in words(refused)) == (403, True)
