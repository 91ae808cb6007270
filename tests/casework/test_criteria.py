"""The decision tree of [S000] 7.8.1, over everything that can be known."""

from itertools import product

import pytest

from casework.criteria import screen
from models.forms.referral import Criteria
from models.vocabulary import Decision, Known

YES, NO, NOT_KNOWN = Known.YES, Known.NO, Known.NOT_KNOWN
NAMES = ("abuse_or_neglect", "child_died", "seriously_harmed", "concern_about_working_together", "died_in_custody")


def criteria(*known: Known) -> Criteria:
    return Criteria.model_validate(dict(zip(NAMES, known, strict=True)))


def required(abuse: Known, died: Known, harmed: Known, concern: Known, custody: Known) -> bool:
    """The paragraph, read independently: custody always; else suspicion, and death, or harm without a clear no."""
    return custody is YES or (abuse is not NO and (died is YES or (harmed is YES and concern is not NO)))


@pytest.mark.parametrize("known", list(product(Known, repeat=5)))
def test_the_recommendation_is_what_the_paragraph_says(known: tuple[Known, ...]) -> None:
    found = screen(criteria(*known))

    assert found.is_met == required(*known)
    assert found.reasons
    assert found.cite == "S000 7.8.1"


def test_serious_harm_without_a_clear_answer_about_working_together_still_requires_a_review() -> None:
    found = screen(criteria(YES, NO, YES, NOT_KNOWN, NO))

    assert found.reasons == (
        "Abuse or neglect is known or suspected.",
        "The child has been seriously harmed.",
        "It is not clear that there are no concerns about how agencies worked together.",
    )


def test_a_death_in_custody_requires_a_review_even_without_any_suspicion() -> None:
    found = screen(criteria(NO, YES, NO, NO, YES))

    assert found.recommendation is Decision.SERIOUS_CASE_REVIEW
    assert found.reasons == ("The child died in custody or detention: a serious case review is always carried out.",)


def test_below_the_threshold_the_board_may_still_hold_a_review_or_none() -> None:
    found = screen(criteria(NO, NO, YES, YES, NO))

    assert found.recommendation is Decision.NO_REVIEW
    assert found.reasons[-1] == "The board may still hold a review below the threshold, or none; both need a reason."


def test_while_custody_is_not_known_a_death_is_not_settled() -> None:
    found = screen(criteria(NO, YES, NO, NO, NOT_KNOWN))

    assert not found.is_met
    assert found.reasons[-1] == (
        "It is not known whether a child died in custody or detention: if so, a review is always carried out."
    )
