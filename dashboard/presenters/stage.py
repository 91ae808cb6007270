"""What a stage's page says beside its form: what has been recommended so far, with the reasons."""

from dataclasses import dataclass

from casework.view import ReviewView, StageView
from dashboard.plain import TERMS
from dashboard.presenters.review import screened
from models.vocabulary import Decision

SCREENING, PANEL, CHAIR = "criteria-screening", "panel-recommendation", "chair-decision"


@dataclass(frozen=True)
class Advice:
    """A recommendation: who gives it, what it is, and each reason."""

    heading: str
    recommendation: str
    reasons: tuple[str, ...]
    cite: str = ""


def advice(view: ReviewView, stage: StageView) -> list[Advice]:
    """What bears on this stage: the criteria, screened or as the referral has them, and for the chair the panel."""
    outcomes = {each.name: each.outcome or {} for each in view.stages}
    if stage.name == SCREENING or (stage.name == PANEL and SCREENING not in outcomes):
        found = screened(view.review.referral)
        heading = "What the criteria say of the referral as it came in"
        return [Advice(heading, worded(found.recommendation), found.reasons, found.cite)]
    given = []
    if stage.name in (PANEL, CHAIR) and outcomes.get(SCREENING):
        by = outcomes[SCREENING]
        heading = "What the criteria say"
        given.append(Advice(heading, worded(by["recommendation"]), tuple(by["because"]), by["cite"]))
    if stage.name == CHAIR and outcomes.get(PANEL):
        by = outcomes[PANEL]
        given.append(Advice("What the panel recommends", TERMS[by["recommended"]], (by["reasons"],)))
    return given


def worded(decision: str) -> str:
    """The criteria’s recommendation; below the threshold, no kind of review is prescribed."""
    met = Decision(decision) is Decision.SERIOUS_CASE_REVIEW
    return "Serious case review: the criteria are met" if met else "The criteria are not met"
