"""What has been recommended so far, with the reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casework.framework.criteria import ScreeningResult, screen
from casework.framework.decision_trees import TREES
from casework.framework.editions import edition
from casework.framework.pipelines import find_stage, pipeline
from casework.framework.profiles import board
from casework.views.review import ReviewView, StageView
from dashboard.presenters.local import decisions, said_of_criteria
from models.forms.decision import ChairDecision, PanelRecommendation, Screening
from models.forms.notification import LocalReviewDecision
from models.forms.referral import Criteria, Referral
from models.vocabulary import Decision, Suits

DECIDING = (PanelRecommendation, ChairDecision, LocalReviewDecision)  # their owners read the criteria first


@dataclass(frozen=True)
class Advice:
    """What somebody says of a case, with each reason; `cites` are the paragraphs that a decision tree follows."""

    heading: str
    answer: str
    reasons: tuple[str, ...]
    cites: tuple[str, ...] = ()


def of_referral(view: ReviewView) -> Advice:
    """What the criteria make of the referral as it came in."""
    review = view.review
    referral = {name: review.referral[name] for name in Criteria.model_fields if name in review.referral}
    found = screen(Criteria.model_validate(referral), board(review.board), edition(review.edition))
    return of_criteria(view, "What the criteria say of the referral as it came in", outcome_of(found))


def outcome_of(found: ScreeningResult) -> dict[str, Any]:
    """What a screening would record."""
    return {
        "recommendation": found.recommendation,
        "suits": found.suits,
        "because": found.because,
        "cites": found.cites,
    }


def of_criteria(view: ReviewView, heading: str, outcome: Mapping[str, Any]) -> Advice:
    """What the criteria say: whether they are met, which review the framework has for the case, and why."""
    asked = TREES[edition(view.review.edition).criteria.value].criteria
    names = decisions(board(view.review.board))
    said = said_of_criteria(asked, suited_by(outcome), outcome["recommendation"], names)
    return Advice(heading, said, tuple(outcome["because"]), tuple(outcome.get("cites") or [outcome["cite"]]))


def suited_by(outcome: Mapping[str, Any]) -> str:
    """What kind of referral was screened; of those before there were several, the recommendation tells."""
    is_met = outcome["recommendation"] == Decision.SERIOUS_CASE_REVIEW
    return str(outcome.get("suits") or (Suits.CRITERIA_MET if is_met else Suits.BELOW_THRESHOLD))


def until_screened(view: ReviewView) -> Advice | None:
    """What the criteria say of the referral, until they have been screened; nothing of a theme."""
    table = pipeline(view.review.type)
    if table.first.form is not Referral:
        return None
    first = table.stages[1].key  # what opens when the referral has come in
    return of_referral(view) if any(stage.name == first for stage in view.open_stages) else None


def advice(view: ReviewView, stage: StageView) -> list[Advice]:
    """What bears on this stage: the criteria, screened or as the referral has them, and for a decision the panel."""
    form = find_stage(view.review.type, stage.key).form
    if form is Screening:
        return [of_referral(view)]
    if form not in DECIDING:
        return []
    outcomes = {find_stage(view.review.type, each.key).form: each.outcome for each in view.stages if each.outcome}
    screened = outcomes.get(Screening)
    given = [of_criteria(view, "What the criteria say", screened) if screened else of_referral(view)]
    if form is not PanelRecommendation and (by := outcomes.get(PanelRecommendation)):
        recommended = decisions(board(view.review.board)).get(by["recommended"], by["recommended"])
        given.append(Advice("What the panel recommends", recommended, (by["reasons"],)))
    return given
