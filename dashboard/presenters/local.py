"""What pages call things: the decisions a board can take, what the criteria say, where a framework says something."""

from collections.abc import Iterable

from casework.boards import board
from casework.criteria import CITE, CITE_IN_WORDS
from dashboard.shapes import Local
from models.profile import BOARD, BoardProfile
from models.vocabulary import Decision

CHOSEN_HERE = "Chosen by the board; the framework is silent"
PRODUCTS_STEP = "The product’s step; this framework does not speak of it."


def decisions(profile: BoardProfile) -> dict[str, str]:
    """What can be decided on a board, by value: the types of review that it runs, under its names, or no review."""
    runs = {each.value: kind.name for each in Decision if (kind := profile.kind(each.value))}
    return runs | {Decision.NO_REVIEW.value: Decision.NO_REVIEW.label}


def local(board_name: str) -> Local:
    """The answers that a board's forms offer where they are its own."""
    return {Decision: decisions(board(board_name))}


def met(recommendation: str) -> str:
    """What the criteria say; below the threshold they prescribe no kind of review."""
    return "are met" if recommendation == Decision.SERIOUS_CASE_REVIEW else "are not met on what is known"


def cited(cite: str) -> str:
    """A citation as a page shows it."""
    return {BOARD: CHOSEN_HERE, CITE: CITE_IN_WORDS}.get(cite, cite)


def where(cites: Iterable[str]) -> str:
    """Where a framework speaks of a stage, or that it does not."""
    return "; ".join(cited(cite) for cite in cites) or PRODUCTS_STEP
