"""Who somebody is to an action, and what that lets them do."""

from collections.abc import Iterable
from enum import StrEnum

from casework.reviews.case import Case
from models.action import Action
from models.errors import NotAllowed
from models.people import Person
from models.vocabulary import Role


class Part(StrEnum):
    """owner: who undertook it. monitor: holds the role that the profile names. manager: the business manager."""

    OWNER = "owner"
    MONITOR = "monitor"
    MANAGER = "manager"


def parts_of(case: Case, action: Action, by: Person) -> set[Part]:
    """What somebody is to an action; the business manager stands in for a monitoring body that nobody holds."""
    monitors = case.roles.get(monitoring_role(case), [])
    manages = by.id in case.roles.get(Role.BUSINESS_MANAGER, [])
    held = {
        Part.OWNER: action.owner_id == by.id,
        Part.MONITOR: by.id in monitors or (manages and not monitors),
        Part.MANAGER: manages,
    }
    return {part for part, theirs in held.items() if theirs}


def monitoring_role(case: Case) -> Role:
    """The role that monitors the actions of this review."""
    return Role(case.kind.monitors.value)


def check_part(case: Case, action: Action, by: Person, who: Iterable[Part], what: str) -> None:
    """Refuse what they may not do; `what` names it: "Signing off"."""
    if parts_of(case, action, by).isdisjoint(who):
        raise NotAllowed(
            f"{what} action {action.number} of {case.reference} is for {' or '.join(titles_of_parts(case, who))}, "
            f"not for {by.email}. Ask {'them' if len(list(who)) == 1 else 'one of them'}."
        )


def titles_of_parts(case: Case, who: Iterable[Part]) -> list[str]:
    """The parts as this board calls them."""
    named = {
        Part.OWNER: "its owner",
        Part.MONITOR: f"the {case.profile.title(monitoring_role(case))}",
        Part.MANAGER: f"the {case.profile.title(Role.BUSINESS_MANAGER)}",
    }
    return [named[part] for part in who]
