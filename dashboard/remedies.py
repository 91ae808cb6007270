"""What to do about a refusal, as a command for the command line and as a link for a page."""

from dataclasses import dataclass
from typing import assert_never

from dashboard.addresses import address_of
from models.errors import LearningCycleError
from models.remedies import AddLeadReviewer, AppointToBoard, CountAgain, ListReviews, Remedy, ResumeReview


@dataclass(frozen=True)
class Link:
    """What a page says about a remedy, and where it leads; nowhere, where nobody can do it on a page."""

    words: str
    address: str = ""


def on_command_line(refusal: LearningCycleError) -> str:
    """A refusal as it is printed: the fields by their keys, then the command that helps."""
    return f"{refusal.sentence} {command_for(refusal.remedy)}" if refusal.remedy else str(refusal)


def command_for(remedy: Remedy) -> str:
    """The command that carries out a remedy, in a sentence."""
    match remedy:
        case ListReviews():
            return "`learning-cycle list` shows the references there are."
        case ResumeReview(reference):
            return f"Resume it first: `learning-cycle resume {reference}`."
        case AddLeadReviewer(reference):
            return f"`learning-cycle add-reviewer {reference}` appoints one."
        case AppointToBoard():
            return f"`learning-cycle {appointing(remedy)}` does that."
        case CountAgain():
            return "`learning-cycle verify --recount` counts the stages again. Check later that the tally stays right."
        case _:
            assert_never(remedy)


def appointing(remedy: AppointToBoard) -> str:
    """The command that gives somebody a role, with what is not known in capitals."""
    organisation = " --organisation NAME" if remedy.organisation else ""
    who = f"{remedy.board or 'BOARD'} {remedy.role or 'ROLE'} {remedy.email or 'EMAIL'}"
    return f"appoint {who} --name NAME{organisation}"


def link_for(remedy: Remedy) -> Link:
    """Where on the pages a remedy is found; a review's page offers each person what they may do there."""
    match remedy:
        case ListReviews():
            return Link("See the reviews there are", "/reviews")
        case ResumeReview(reference):
            return Link("See on its page why it is on hold, and who can resume it", address_of(reference))
        case AddLeadReviewer(reference):
            return Link("The business manager can appoint another lead reviewer on its page", address_of(reference))
        case AppointToBoard() | CountAgain():
            return Link(str(remedy))
        case _:
            assert_never(remedy)
