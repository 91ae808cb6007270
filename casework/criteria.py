"""The decision tree of the criteria for a serious case review: it recommends, with reasons; it never decides."""

from dataclasses import dataclass

from models.forms.referral import Criteria
from models.vocabulary import Decision, Known

CITE = "S000 7.8.1"
CITE_IN_WORDS = "Portsmouth SCB, Learning and Improvement Framework, September 2017, paragraph 7.8.1"


@dataclass(frozen=True)
class Screened:
    """What the criteria say, and each step that led to it.

    `recommendation` below the threshold is "no review" on these criteria: the board may still hold another.
    """

    recommendation: Decision
    reasons: tuple[str, ...]
    cite: str = CITE

    @property
    def is_met(self) -> bool:
        """Whether the criteria for a serious case review are met."""
        return self.recommendation is Decision.SERIOUS_CASE_REVIEW


def screen(criteria: Criteria) -> Screened:
    """Walk the decision tree of [S000] 7.8.1, which is regulation 5(2) of the LSCB Regulations 2006."""
    if criteria.died_in_custody is Known.YES:
        return must("The child died in custody or detention: a serious case review is always carried out.")
    found = on_suspicion(criteria)
    if found.is_met or criteria.child_died is Known.NO or criteria.died_in_custody is Known.NO:
        return found
    unsettled = "It is not known whether a child died in custody or detention: if so, a review is always carried out."
    return Screened(found.recommendation, (*found.reasons, unsettled))


def on_suspicion(criteria: Criteria) -> Screened:
    """The criteria but for custody: suspicion of abuse or neglect, and death or serious harm."""
    if criteria.abuse_or_neglect is Known.NO:
        return below("Abuse or neglect is neither known nor suspected.")
    suspected = suspicion(criteria.abuse_or_neglect)
    if criteria.child_died is Known.YES:
        return must(suspected, "The child has died.")
    if criteria.seriously_harmed is Known.YES:
        return after_serious_harm(criteria, suspected)
    return below(suspected, "It is not known that a child has died or been seriously harmed.")


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
    """The criteria are not met on what is known."""
    return Screened(
        Decision.NO_REVIEW,
        (*reasons, "The board may still hold a review below the threshold, or none; both need a reason."),
    )
