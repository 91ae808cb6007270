"""What the steps of a methodology recorded, as the parts of a report take it up."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypedDict

from casework.documents.dossier import Dossier
from models.forms.base import Form, field_title
from models.vocabulary import MethodStep

ACCOUNT = (MethodStep.AGENCY_CHRONOLOGY, MethodStep.COMBINED_CHRONOLOGY)
SAID = (
    MethodStep.CONVERSATIONS,
    MethodStep.JOINT_MEETINGS,
    MethodStep.LEARNING_EVENT,
    MethodStep.WHOLE_SYSTEM,
    MethodStep.RECALL_SESSION,
)
ANALYSIS = (MethodStep.ROOT_CAUSES, MethodStep.STATUTORY_DUTIES)


@dataclass(frozen=True, slots=True)
class Taken:
    """One step: its title, with the agency whose own it was, and what was written, each with what was asked."""

    title: str
    said: tuple[tuple[str, str], ...]


class StepsTaken(TypedDict):
    """The steps that are closed, by the part of the report in which they belong."""

    account: list[Taken]
    said: list[Taken]
    analysis: list[Taken]


def steps_taken(review: Dossier) -> StepsTaken:
    """The steps that are closed, by the part of the report in which they belong."""
    return {
        "account": list(taken(review, ACCOUNT)),
        "said": list(taken(review, SAID)),
        "analysis": list(taken(review, ANALYSIS)),
    }


def taken(review: Dossier, steps: tuple[MethodStep, ...]) -> Iterator[Taken]:
    """Those of the steps that have recorded something, in the order of the review."""
    agencies = {part.id: part.name for part in review.agencies}
    for stage, form in review.recorded.items():
        if stage.key in steps:
            found = review.milestone(stage.key)
            title = found.title if found else MethodStep(stage.key).label
            own = stage.agency_id is not None
            yield Taken(f"{title}: {agencies[stage.agency_id]}" if own else title, tuple(written(form)))


def written(form: Form) -> Iterator[tuple[str, str]]:
    """What people wrote in a form, in its order."""
    for name in type(form).model_fields:
        value = getattr(form, name)
        if isinstance(value, str) and value:
            yield field_title(type(form), name), value
