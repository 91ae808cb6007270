"""The criteria of the editions, each as a tree that is walked step by step; what they lead to is screened elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass

from models.edition import DecisionTree
from models.forms.referral import Criteria
from models.vocabulary import Known, Suits


@dataclass(frozen=True)
class TreeResult:
    """Where a tree led, and each step on the way: below the threshold, or what the tree is for.

    `custody` is what is said of the ground that stands beside the criteria, with a paragraph of its own.
    """

    suits: Suits
    reasons: tuple[str, ...]
    custody: tuple[str, ...] = ()


@dataclass(frozen=True)
class CriteriaTree:
    """A tree with what its criteria are for."""

    criteria: str
    walk: Callable[[Criteria], TreeResult]


def regulation_5(criteria: Criteria) -> TreeResult:
    """A serious case: regulation 5(2) of the LSCB Regulations 2006, and deaths in custody beside it [S000 7.8.1]."""
    found = on_suspicion(criteria)
    if criteria.died_in_custody is Known.YES:
        return TreeResult(Suits.CRITERIA_MET, found.reasons, (IN_CUSTODY,))
    if found.suits is Suits.CRITERIA_MET or criteria.child_died is Known.NO or criteria.died_in_custody is Known.NO:
        return found
    return TreeResult(found.suits, found.reasons, (CUSTODY_UNSETTLED,))


def on_suspicion(criteria: Criteria) -> TreeResult:
    """Regulation 5(2) but for custody: suspicion of abuse or neglect, and death or serious harm."""
    if criteria.abuse_or_neglect is Known.NO:
        return below(UNSUSPECTED)
    suspected = suspicion(criteria.abuse_or_neglect)
    if criteria.child_died is Known.YES:
        return met(suspected, DIED)
    if criteria.seriously_harmed is Known.YES:
        return after_serious_harm(criteria, suspected)
    return below(suspected, UNHARMED)


def after_serious_harm(criteria: Criteria, suspected: str) -> TreeResult:
    """Serious harm: a review must follow unless it is clear that there are no concerns about inter-agency working."""
    concern = criteria.concern_about_working_together
    if concern is Known.NO:
        return below(suspected, HARMED, "It is clear that there are no concerns about how agencies worked together.")
    if concern is Known.YES:
        return met(suspected, HARMED, "There is cause for concern about how agencies worked together.")
    return met(suspected, HARMED, "It is not clear that there are no concerns about how agencies worked together.")


def serious_incident(criteria: Criteria) -> TreeResult:
    """A serious incident since Working Together 2018: it is notified, and a rapid review follows."""
    suspected, happened = suspicion_and_harm(criteria)
    if happened is None:
        return below(*suspected)
    notified = "It is a serious incident: the National Panel is notified, and a rapid review follows."
    return TreeResult(Suits.NOTIFIABLE_INCIDENT, (*suspected, happened, notified))


def child_practice_review(criteria: Criteria) -> TreeResult:
    """The Welsh criteria; the register and looked-after status tell an extended review from a concise one."""
    suspected, happened = suspicion_and_harm(criteria)
    return below(*suspected) if happened is None else met(*suspected, happened, form_of_review(criteria))


def suspicion_and_harm(criteria: Criteria) -> tuple[tuple[str, ...], str | None]:
    """The steps that the newer trees share; the second is None where the criteria are not met."""
    if criteria.abuse_or_neglect is Known.NO:
        return (UNSUSPECTED,), None
    suspected = suspicion(criteria.abuse_or_neglect)
    if Known.YES not in (criteria.child_died, criteria.seriously_harmed):
        return (suspected, UNHARMED), None
    return (suspected,), DIED if criteria.child_died is Known.YES else HARMED


def form_of_review(criteria: Criteria) -> str:
    """Concise or extended, or what has to be found out first."""
    if criteria.registered_or_looked_after is Known.YES:
        return (
            "The child was on the child protection register or looked after on a date in the six months before: the "
            "review is extended, with two reviewers."
        )
    if criteria.registered_or_looked_after is Known.NO:
        return (
            "The child was neither on the child protection register nor looked after on any date in the six months "
            "before: the review is concise, with one reviewer."
        )
    return (
        "It is not known whether the child was on the child protection register or looked after on any date in the six "
        "months before: if so the review is extended, if not concise."
    )


IN_CUSTODY = (
    "The child died in custody or detention: a serious case review is always carried out, even if these criteria are "
    "not met."
)
CUSTODY_UNSETTLED = (
    "It is not known whether a child died in custody or detention: if so, a review is always carried out."
)
UNSUSPECTED = "Abuse or neglect is neither known nor suspected."
UNHARMED = "It is not known that a child has died or been seriously harmed."
DIED = "The child has died."
HARMED = "The child has been seriously harmed."


def suspicion(known: Known) -> str:
    """How the first criterion stands."""
    if known is Known.YES:
        return "Abuse or neglect is known or suspected."
    return "It is not known whether abuse or neglect is suspected: until it is, the criteria take it as suspected."


def met(*reasons: str) -> TreeResult:
    """The criteria are met."""
    return TreeResult(Suits.CRITERIA_MET, reasons)


def below(*reasons: str) -> TreeResult:
    """The criteria are not met on what is known."""
    return TreeResult(Suits.BELOW_THRESHOLD, reasons)


TREES: dict[DecisionTree, CriteriaTree] = {
    DecisionTree.REGULATION_5: CriteriaTree("The criteria for a serious case review", regulation_5),
    DecisionTree.SERIOUS_INCIDENT: CriteriaTree("The criteria for a serious incident", serious_incident),
    DecisionTree.CHILD_PRACTICE_REVIEW: CriteriaTree("The criteria for a child practice review", child_practice_review),
}
