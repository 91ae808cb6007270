"""What has been recommended so far, with the reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casework.boards import board
from casework.criteria import screen
from casework.pipelines import pipeline
from casework.view import ReviewView, StageView
from dashboard.presenters.local import cited, decisions, met
from models.forms.referral import Criteria

SCREENING, PANEL, CHAIR = "criteria-screening", "panel-recommendation", "chair-decision"


@dataclass(frozen=True)
class Advice:
    """What somebody says of a case, with each reason; `cite` where it follows a decision tree."""

    heading: str
    answer: str
    reasons: tuple[str, ...]
    cite: str = ""


def of_referral(view: ReviewView) -> Advice:
    """What the criteria make of the referral as it came in."""
    found = screen(Criteria.model_validate({name: view.review.referral[name] for name in Criteria.model_fields}))
    return of_criteria(
        "What the criteria say of the referral as it came in", found.recommendation, found.reasons, found.cite
    )


def of_criteria(heading: str, recommendation: str, reasons: tuple[str, ...], cite: str) -> Advice:
    """What the criteria say: whether they are met, and why."""
    return Advice(heading, f"The criteria for a serious case review {met(recommendation)}", reasons, cited(cite))


def until_screened(view: ReviewView) -> Advice | None:
    """What the criteria say of the referral, until they have been screened."""
    first = pipeline(view.review.type).stages[1].key  # what opens when the referral has come in
    return of_referral(view) if any(stage.name == first for stage in view.open_stages) else None


def advice(view: ReviewView, stage: StageView) -> list[Advice]:
    """What bears on this stage: the criteria, screened or as the referral has them, and for the chair the panel."""
    outcomes = {each.name: each.outcome or {} for each in view.stages}
    if stage.name == SCREENING or (stage.name == PANEL and SCREENING not in outcomes):
        return [of_referral(view)]
    given = []
    if stage.name in (PANEL, CHAIR) and outcomes.get(SCREENING):
        given.append(of_screening(outcomes[SCREENING]))
    if stage.name == CHAIR and outcomes.get(PANEL):
        by = outcomes[PANEL]
        recommended = decisions(board(view.review.board)).get(by["recommended"], by["recommended"])
        given.append(Advice("What the panel recommends", recommended, (by["reasons"],)))
    return given


def of_screening(outcome: Mapping[str, Any]) -> Advice:
    """What the criteria said when they were screened."""
    return of_criteria("What the criteria say", outcome["recommendation"], tuple(outcome["because"]), outcome["cite"])
