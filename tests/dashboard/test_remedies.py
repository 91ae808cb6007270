"""What to do about a refusal, for the command line and for a page."""

import pytest

from dashboard.remedies import Link, link_for, on_command_line
from models.errors import MoveRefused
from models.remedies import AddLeadReviewer, AppointToBoard, CountAgain, ListReviews, Remedy, ResumeReview

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
            Link("Resume it first, on its page", "/reviews/SCR-1"),
        ),
        (
            AddLeadReviewer("SCR-1"),
            "`learning-cycle add-reviewer SCR-1` appoints one.",
            Link("Appoint a further lead reviewer from the review’s page", "/reviews/SCR-1"),
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
