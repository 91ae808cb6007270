"""What a review leads to, as it stands: each recommendation or finding, the board's response, the actions to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from casework.actions.lookup import actions_of
from casework.framework.cited_files import in_words
from casework.registers.keeping import rows_of
from models.action import Action
from models.finding import Finding
from models.profile import BoardProfile
from models.vocabulary import ActionState, OutputModel


@dataclass(frozen=True)
class FindingWithActions:
    """A recommendation or finding with the actions that answer it."""

    finding: Finding
    actions: tuple[Action, ...]

    @property
    def waits(self) -> bool:
        """Whether no action answers it, and nobody has said why."""
        return not self.actions and self.finding.no_action is None


def findings_of(session: Session, review_id: int) -> list[Finding]:
    """The recommendations or findings of a review, by number."""
    return rows_of(session, review_id, Finding)


def outputs_of(session: Session, review_id: int) -> tuple[FindingWithActions, ...]:
    """Each with the actions that answer it."""
    found = findings_of(session, review_id)
    actions = actions_of(session, review_id) if found else []
    return tuple(
        FindingWithActions(row, tuple(each for each in actions if each.answers == row.number)) for row in found
    )


def actions_to_plan(session: Session, review_id: int) -> list[dict[str, Any]]:
    """The rows of an action plan as far as the report has them: the plan adds who owns each."""
    return [
        {
            "action": row.wording,
            "organisation": row.organisation,
            "owner_name": row.responsible,
            "due_on": row.due_on,
            "measure": row.measure,
            "scope": row.scope,
            "answers": row.number,
        }
        if row.model is OutputModel.RECOMMENDATIONS
        else {"answers": row.number}
        for row in findings_of(session, review_id)
    ]


def responses_to_give(session: Session, review_id: int) -> list[dict[str, Any]]:
    """The rows of the board's response: a number for each finding that it has not answered."""
    waiting = (row for row in findings_of(session, review_id) if row.model is OutputModel.FINDINGS)
    return [{"number": row.number} for row in waiting if row.response is None]


def still_open(outputs: Iterable[FindingWithActions], actions: Iterable[Action]) -> list[tuple[str, str]]:
    """What a review still has to do, as people name it and in its wording: what waits for an action, and actions."""
    waiting = [(each.finding.called, each.finding.wording) for each in outputs if each.waits]
    open_ = (action for action in actions if action.state is not ActionState.CLOSED)
    return [*waiting, *((f"Action {action.number}", action.wording) for action in open_)]


def how_many(findings: Iterable[Finding]) -> int:
    """How many of these are recommendations."""
    return sum(row.model is OutputModel.RECOMMENDATIONS for row in findings)


def recommendation_limit(profile: BoardProfile) -> str:
    """How many recommendations the framework asks for at most; empty where it says nothing of it."""
    if (most := profile.most_recommendations) is None:
        return ""
    return f"The framework asks for no more than {most.value} recommendations ({in_words(most.cite, profile.sources)})."


def too_many(profile: BoardProfile, made: int) -> str | None:
    """The warning that a review makes more recommendations than its framework asks for; it never stops anybody."""
    most = profile.most_recommendations
    if most is None or made <= most.value:
        return None
    return (
        f"This review makes {made} recommendations. The framework asks for no more than {most.value} "
        f"({in_words(most.cite, profile.sources)}). Combine those that ask for the same thing, or say in the report "
        "why each is needed."
    )
