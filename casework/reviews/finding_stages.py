"""Finding the open stage that somebody means, or saying why there is none and what is open instead."""

from typing import Any

from sqlalchemy import Row

from casework.framework.pipelines.table import StageSpec
from casework.reviews.case import Case
from models.errors import MoveRefused, NotFound
from models.people import Person
from models.vocabulary import LIVE, StageState


def find_open(case: Case, name: str, by: Person) -> Row[Any]:
    """The open stage of this name; raises NotFound for an unknown one, MoveRefused for one that is not open."""
    exact = [stage for stage in case.stages if stage.name == name]
    own = [stage for stage in case.open_stages() if stage.key == name and stage.owner_id == by.id]
    if not exact and len(own) > 1:
        names = ", ".join(sorted(stage.name for stage in own))
        raise MoveRefused(f"‘{name}’ of {case.reference} is yours more than once. Name the one you mean: {names}.")
    for stage in exact or own:
        if stage.state is StageState.OPEN:
            return stage
        ended = "is not owed under its methodology now" if case.state in LIVE else "ended with the review"
        how = f"was completed on {stage.closed_on}" if stage.closed_on else ended
        raise MoveRefused(f"‘{name}’ of {case.reference} {how}. {what_is_open(case)}")
    if name.partition(":")[0] not in case.pipeline.by_key:
        raise NotFound(f"‘{name}’ is not a stage of {case.reference}. {what_is_open(case)}")
    raise MoveRefused(f"‘{name}’ of {case.reference} is not open yet. {what_is_open(case)}")


def check_is_somebodys(case: Case, spec: StageSpec) -> None:
    """Refuse to complete or move what the calendar ends."""
    if spec.of_itself:
        raise MoveRefused(f"‘{spec.title}’ of {case.reference} ends of itself on its last day. There is nothing to do.")


def what_is_open(case: Case) -> str:
    """The next step, for the end of a refusal."""
    names = ", ".join(stage.name for stage in case.open_stages())
    return f"Open now: {names}." if names else "Nothing is open: it has ended."
