"""What pages call things: the decisions a board can take, what the criteria say, where a framework says something."""

from collections.abc import Iterable, Mapping

from casework.framework.cited_files import CHOSEN_HERE, in_words
from casework.framework.criteria import is_met
from casework.framework.profiles import board
from dashboard.mistakes import lower_first
from dashboard.shapes import Local
from models.edition import Edition
from models.profile import BOARD, BoardProfile
from models.vocabulary import Decision, Known, Suits

PRODUCTS_STEP = "The product’s step; this framework does not speak of it."


def decisions(profile: BoardProfile) -> dict[str, str]:
    """What can be decided on a board after a referral, by value: the types that it runs, by its names, or no review."""
    runs = {each.value: kind.name for each in Decision if (kind := profile.kind(each.value))}
    return runs | {Decision.NO_REVIEW.value: Decision.NO_REVIEW.label}


def local(board_name: str) -> Local:
    """The answers that a board's forms offer where they are its own."""
    return {Decision: decisions(board(board_name))}


def fitting(names: Local, referral: Mapping[str, object]) -> Local:
    """The answers that fit a referral: a child death review only where it is not said that no child has died."""
    if referral.get("child_died") != Known.NO.value or Decision not in names:
        return names
    offered = {value: name for value, name in names[Decision].items() if value != Decision.CHILD_DEATH_REVIEW.value}
    return {**names, Decision: offered}


def met(suits: str) -> str:
    """What the criteria say of a case, by what it suits."""
    return "are met" if is_met(Suits(suits)) else "are not met on what is known"


def said_of_criteria(criteria: str, suits: str, recommendation: str, names: Mapping[str, str]) -> str:
    """Whether the criteria are met, and what is recommended under the board's name for it."""
    return f"{criteria} {met(suits)}. Recommended: {lower_first(names.get(recommendation, recommendation))}"


def cited(cite: str) -> str:
    """A citation as a page shows it."""
    return CHOSEN_HERE if cite == BOARD else cite


def written(cites: Iterable[str], profile: BoardProfile, under: Edition) -> str:
    """Where a board's own framework speaks of a stage, and where the edition does; of other boards nothing is shown."""
    known = [cite for joined in cites for cite in joined.split("; ")]
    own = [cite for cite in known if cite == BOARD or cite.split(" ")[0] in profile.sources]
    national = [cite for cite in known if cite not in own and cite.split(" ")[0] in under.sources]
    return where([*own, *(in_words(cite, under.sources) for cite in national)])


def where(cites: Iterable[str]) -> str:
    """Where a framework speaks of a stage, or that it does not."""
    return "; ".join(cited(cite) for cite in cites) or PRODUCTS_STEP
