"""What to do about a refusal: an act and its arguments.

The command line names a command for it, and a page gives a link or says whom to ask.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class ListReviews:
    """Look the reference up among the reviews there are."""

    def __str__(self) -> str:
        return "The list of reviews shows the references there are."


@dataclass(frozen=True)
class ResumeReview:
    """Resume a review that is on hold."""

    reference: str

    def __str__(self) -> str:
        return "Resume it first, on its page."


@dataclass(frozen=True)
class AppointToBoard:
    """Give somebody a role on a board; the person who appoints fills in what is empty."""

    board: str = ""
    role: str = ""
    email: str = ""
    organisation: bool = False  # whether the role needs one

    def __str__(self) -> str:
        return "The person who runs this installation can appoint somebody."


@dataclass(frozen=True)
class AddLeadReviewer:
    """Appoint a further lead reviewer to a review."""

    reference: str

    def __str__(self) -> str:
        return "Further lead reviewers are appointed from the review’s page."


@dataclass(frozen=True)
class CountAgain:
    """Count the open stages again, where the tally of them is wrong."""

    def __str__(self) -> str:
        return "The person who runs this installation can have the stages counted again."


Remedy = ListReviews | ResumeReview | AppointToBoard | AddLeadReviewer | CountAgain
