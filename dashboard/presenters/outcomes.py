"""What the closed stages of a review recorded."""

from dataclasses import dataclass

from casework.framework.pipelines import find_stage, pipeline
from casework.views.review import ReviewView, StageView
from dashboard.presenters.local import local
from dashboard.presenters.recorded import Fact, recorded
from models.vocabulary import StageState

# what somebody approves, they have to have read
READ_FIRST = {"board-approval": ("report", "learning-summary", "action-plan")}


@dataclass(frozen=True)
class Outcome:
    """What a closed stage recorded."""

    stage: StageView
    facts: tuple[Fact, ...]


def outcomes(seen: ReviewView) -> list[Outcome]:
    """What the closed stages recorded, in their order; the referral stands by itself."""
    first, names = pipeline(seen.review.type).first.key, local(seen.review.board)
    return [
        Outcome(stage, recorded(find_stage(seen.review.type, stage.key).form, stage.outcome or {}, names))
        for stage in seen.stages
        if stage.state == StageState.CLOSED.value and stage.name != first
    ]


def read_first(seen: ReviewView, stage: StageView) -> list[Outcome]:
    """What the owner of a stage reads before they complete it."""
    return [outcome for outcome in outcomes(seen) if outcome.stage.name in READ_FIRST.get(stage.name, ())]
