"""Finding the open stage that somebody means, or saying why there is none and what is open instead."""

from typing import Any

from sqlalchemy import Row

from casework.framework.pipelines.table import StageSpec
from casework.reviews.case import Case
from models.errors import MoveRefused, NotFound
from models.people import Person
from models.stage_name import StageName
from models.vocabulary import LIVE, StageState
from models.wording import Key, Sentence


def find_open(case: Case, name: str, by: Person) -> Row[Any]:
    """The open stage of this name; raises NotFound for an unknown one, MoveRefused for one that is not open."""
    exact = [stage for stage in case.stages if stage.name == name]
    own = [stage for stage in case.open_stages() if stage.key == name and stage.owner_id == by.id]
    if not exact and len(own) > 1:
        names = ", ".join(sorted(stage.name for stage in own))
        raise MoveRefused(
            Sentence(
                "You have more than one ‘{name}’ in {reference}. Name the one you mean: {names}.",
                name=Key(name),
                reference=case.reference,
                names=names,
            )
        )
    stage = next(iter(exact or own), None)
    if stage is None or stage.state is not StageState.OPEN:
        raise not_open(case, name, stage)
    return stage


def not_open(case: Case, name: str, stage: Row[Any] | None) -> MoveRefused | NotFound:
    """The refusal of a stage that cannot be moved now or that the review has not, with what is open instead."""
    is_known = stage is not None or StageName.read(name).key in case.pipeline.by_key
    how = how_it_stands(case, stage) if is_known else f"is not a stage of {case.reference}"
    said = Sentence("‘{name}’ {how}. {open_now}", name=Key(name), how=how, open_now=what_is_open(case))
    return MoveRefused(said) if is_known else NotFound(said)


def how_it_stands(case: Case, stage: Row[Any] | None) -> Sentence | str:
    """Why a stage of the table is not open, in the middle of a sentence."""
    if stage is None:
        return f"of {case.reference} is not open yet"
    if stage.closed_on:
        return Sentence("of {reference} was completed on {day}", reference=case.reference, day=stage.closed_on)
    if stage.state is StageState.ENDED and "sent_back_on" in case.facts:
        return f"of {case.reference} opens again once what comes before it is finished"
    ended = "is not needed under its methodology now" if case.state in LIVE else "ended with the review"
    return f"of {case.reference} {ended}"


def check_is_somebodys(case: Case, spec: StageSpec) -> None:
    """Refuse to complete or move what the calendar ends."""
    if spec.of_itself:
        raise MoveRefused(
            f"‘{spec.title}’ of {case.reference} ends automatically on its last day. You do not need to do anything."
        )


def what_is_open(case: Case) -> str:
    """The next step, for the end of a refusal."""
    names = ", ".join(stage.name for stage in case.open_stages())
    return f"Open now: {names}." if names else "Nothing is open: the review has ended."
