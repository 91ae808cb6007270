"""The decision tree of the criteria for a serious case review: it recommends, with reasons; it never decides."""

from dataclasses import dataclass

from models.forms.referral import Criteria
from models.vocabulary import Decision, Known

CITE = "S000 7.8.1"


@dataclass(frozen=True)
class Screened:
    """What the criteria say: the recommendation, and each step that led to it."""

    recommendation: Decision
    reasons: tuple[str, ...]
    cite: str = CITE


def screen(criteria: Criteria) -> Screened:
    """Walk the decision tree of [S000] 7.8.1, which is regulation 5(2) of the LSCB Regulations 2006."""
    if criteria.died_in_custody is Known.YES:
        return must("The child died in custody or detention: a serious case review is always carried out.")
    if criteria.abuse_or_neglect is Known.NO:
        return below("Abuse or neglect is neither known nor suspected, so the criteria are not met.")
    suspected = suspicion(criteria.abuse_or_neglect)
    if criteria.child_died is Known.YES:
        return must(suspected, "The child has died.")
    if criteria.seriously_harmed is Known.YES:
        return after_serious_harm(criteria, suspected)
    return below(
        suspected,
        "It is not known that a child has died or been seriously harmed, so the criteria are not met so far.",
    )


def after_serious_harm(criteria: Criteria, suspected: str) -> Screened:
    """Serious harm: a review must follow unless it is clear that there are no concerns about inter-agency working."""
    harmed = "The child has been seriously harmed."
    concern = criteria.concern_about_working_together
    if concern is Known.NO:
        return below(suspected, harmed, "It is clear that there are no concerns about how agencies worked together.")
    if concern is Known.YES:
        return must(suspected, harmed, "There is cause for concern about how agencies worked together.")
    return must(suspected, harmed, "It is not clear that there are no concerns about how agencies worked together.")


def suspicion(known: Known) -> str:
    """How the first criterion stands."""
    if known is Known.YES:
        return "Abuse or neglect is known or suspected."
    return "Whether abuse or neglect is suspected has not been settled; it is taken as suspected until it is."


def must(*reasons: str) -> Screened:
    """The criteria are met."""
    return Screened(Decision.SERIOUS_CASE_REVIEW, reasons)


def below(*reasons: str) -> Screened:
    """The criteria are not met: a review below the threshold may still be worth holding."""
    return Screened(
        Decision.PRACTICE_LEARNING_REVIEW,
        (*reasons, "The board may still hold a review below the threshold, or none; both need a reason."),
    )
