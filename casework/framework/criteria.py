"""What the criteria make of a referral: they recommend a review, with reasons and paragraphs; they never decide."""

from collections.abc import Iterator
from dataclasses import dataclass

from casework.framework.cited_files import in_words
from casework.framework.decision_trees import TREES
from models.edition import DecisionTree, Edition
from models.forms.base import field_title
from models.forms.referral import Criteria
from models.profile import BoardProfile, Cited
from models.vocabulary import About, Decision, Known, Suits

# what is referred matters where the criteria are not met; where they are, they come first
BELOW_THE_THRESHOLD = {
    About.INCIDENT: Suits.BELOW_THRESHOLD,
    About.GOOD_PRACTICE: Suits.GOOD_PRACTICE,
    About.YOUTH_JUSTICE: Suits.YOUTH_JUSTICE,
    About.CHILD_DEATH: Suits.CHILD_DEATH,
}
AN_INCIDENT = ("abuse_or_neglect", "child_died", "seriously_harmed", "concern_about_working_together")
NOTHING_YET = "On what is known, nothing is recommended: no criterion is answered with yes."
IN_WORDS = {
    Suits.CRITERIA_MET: "a case that meets the criteria",
    Suits.NOTIFIABLE_INCIDENT: "a serious incident",
    Suits.BELOW_THRESHOLD: "a case below the threshold",
    Suits.GOOD_PRACTICE: "a case of good practice",
    Suits.YOUTH_JUSTICE: "an incident that involves a young person known to youth justice",
    Suits.CHILD_DEATH: "the death of a child",
}


@dataclass(frozen=True)
class Reason:
    """One step towards the recommendation, and the paragraph behind it in words."""

    text: str
    cite: str


@dataclass(frozen=True)
class ScreeningResult:
    """What the criteria say, and each step that led to it.

    `recommendation` is a review type, or "no-review" where the framework names none for what the case `suits`.
    `criteria` says which criteria were asked: "The criteria for a serious case review".
    """

    recommendation: str
    suits: Suits
    criteria: str
    reasons: tuple[Reason, ...]

    @property
    def is_met(self) -> bool:
        """Whether the criteria are met, so that a review must follow."""
        return is_met(self.suits)

    @property
    def because(self) -> list[str]:
        """The reasons, in the order of the steps."""
        return [reason.text for reason in self.reasons]

    @property
    def cites(self) -> list[str]:
        """The paragraphs behind the reasons, each once, in the order of the steps."""
        return list(dict.fromkeys(reason.cite for reason in self.reasons))


def screen(criteria: Criteria, profile: BoardProfile, edition: Edition) -> ScreeningResult:
    """Walk the edition's decision tree, and find the review that the board's framework has for where it led."""
    tree = TREES[edition.criteria.value]
    walked = tree.walk(criteria)
    suits = walked.suits if is_met(walked.suits) else below_the_threshold(criteria)
    said = stated(profile, profile.criteria, edition, edition.criteria)
    in_custody = stated(profile, profile.custody, edition, edition.custody or edition.criteria)
    steps = (*(Reason(step, said) for step in walked.reasons), *(Reason(step, in_custody) for step in walked.custody))
    if not is_met(suits) and (to_find_out := nothing_known(criteria, suits)):
        reasons = (*steps, *(Reason(each, said) for each in to_find_out))
        return ScreeningResult(Decision.NO_REVIEW.value, suits, tree.criteria, reasons)
    chosen = type_for(profile, suits)
    return ScreeningResult(
        recommendation=chosen or Decision.NO_REVIEW.value,
        suits=suits,
        criteria=tree.criteria,
        reasons=(
            *steps,
            named_review(profile, suits, chosen),
            *child_death_review_beside(criteria, profile, chosen),
        ),
    )


def below_the_threshold(criteria: Criteria) -> Suits:
    """What a case is where the criteria are not met; a death without abuse or neglect is a child death review's."""
    natural = criteria.child_died is Known.YES and criteria.abuse_or_neglect is Known.NO
    return Suits.CHILD_DEATH if natural and criteria.about is About.INCIDENT else BELOW_THE_THRESHOLD[criteria.about]


def nothing_known(criteria: Criteria, suits: Suits) -> tuple[str, ...]:
    """Why nothing is recommended, and what to find out first; empty where something is known to have happened.

    A review below the threshold may be held of a child protection incident [S002 5.8], and out of nothing follows none.
    """
    asked = {Suits.BELOW_THRESHOLD: AN_INCIDENT, Suits.CHILD_DEATH: ("child_died",)}.get(suits, ())
    said = {name: getattr(criteria, name) for name in asked}
    if not said or Known.YES in said.values():
        return ()
    unknown = [f"“{field_title(Criteria, name)}”" for name, known in said.items() if known is Known.NOT_KNOWN]
    if unknown:
        return (NOTHING_YET, f"Find out first: {' '.join(unknown)}")
    return (NOTHING_YET, "If it should be looked at all the same, say what happened that is not in these answers.")


def stated(
    profile: BoardProfile, own: Cited[str] | None, edition: Edition, national: Cited[DecisionTree] | Cited[str]
) -> str:
    """Where criteria are stated: in the board's own framework, if its text has them, else as the edition gives them."""
    return in_words(own.cite, profile.sources) if own else in_words(national.cite, edition.sources)


def is_met(suits: Suits) -> bool:
    """Whether a case of this kind meets the criteria of its edition."""
    return suits in (Suits.CRITERIA_MET, Suits.NOTIFIABLE_INCIDENT)


def type_for(profile: BoardProfile, suits: Suits) -> str | None:
    """The first review type of a framework that suits such a case."""
    return next((type_ for type_, kind in profile.reviews.items() if suits in kind.suits), None)


def named_review(profile: BoardProfile, suits: Suits, chosen: str | None) -> Reason:
    """Which review the framework names for such a case, and where; or that it names none."""
    if chosen is None:
        return Reason(f"For {IN_WORDS[suits]} the framework names no review.", profile.framework.value)
    kind = profile.reviews[chosen]
    return Reason(
        f"For {IN_WORDS[suits]} the framework names: {kind.name}.", paragraph_in_words(profile, chosen, suits)
    )


def child_death_review_beside(criteria: Criteria, profile: BoardProfile, chosen: str | None) -> Iterator[Reason]:
    """The child death review, which runs beside any other where the board runs one."""
    review = type_for(profile, Suits.CHILD_DEATH)
    if criteria.child_died is Known.YES and review not in (None, chosen):
        assert review is not None
        name = profile.reviews[review].name
        yield Reason(
            f"A child has died: the {name[:1].lower()}{name[1:]} takes place as well, whatever is decided here.",
            paragraph_in_words(profile, review, Suits.CHILD_DEATH),
        )


def paragraph_in_words(profile: BoardProfile, type_: str, suits: Suits) -> str:
    """Where the framework says what a review type is for, in words."""
    return in_words(profile.reviews[type_].suits[suits], profile.sources)
