"""The kinds of e-mail that come of themselves, in plain words."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.vocabulary import Hears, Role


@dataclass(frozen=True)
class Kind:
    """A kind of e-mail: what it is called, what it tells of, and what of it comes in any case."""

    hears: Hears
    title: str
    hint: str


KINDS = (
    Kind(
        Hears.OPENED,
        "What is given to me",
        "You are given a stage or an action, or an action is ready for you to sign off. We always tell you about a "
        "stage whose deadline your board’s framework sets.",
    ),
    Kind(Hears.AHEAD, "Before a deadline", "What you have to do soon."),
    Kind(
        Hears.PASSED,
        "On a deadline and after it",
        "What you have to do today, or is overdue. We always remind you of a deadline that your board’s framework "
        "sets.",
    ),
    Kind(
        Hears.ESCALATED,
        "What others have not done",
        "What others owe and have done nothing about since its deadline.",
    ),
    Kind(
        Hears.NEWS,
        "What changes in a review",
        "A review is put on hold, resumes or ends, a deadline moves, or a stage is no longer needed.",
    ),
    Kind(Hears.WEEKLY, "The week", "How the board stands, on the first working day of each week."),
    Kind(Hears.MONTHLY, "The month", "How the board or your agency stands, on the first working day of each month."),
)
ONLY_FOR = {
    Hears.ESCALATED: {Role.BUSINESS_MANAGER, Role.PANEL_CHAIR, Role.MONITORING_CHAIR, Role.INDEPENDENT_CHAIR},
    Hears.WEEKLY: {Role.BUSINESS_MANAGER},
    Hears.MONTHLY: {Role.INDEPENDENT_CHAIR, Role.SAFEGUARDING_LEAD},
}


def kinds_for(roles: Mapping[str, set[Role]]) -> tuple[Kind, ...]:
    """The kinds that somebody with these roles is ever sent."""
    held = {role for of_board in roles.values() for role in of_board}
    return tuple(kind for kind in KINDS if kind.hears not in ONLY_FOR or ONLY_FOR[kind.hears] & held)
