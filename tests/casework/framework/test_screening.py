"""The stage of screening: what it records under a board's framework and the edition that the review keeps."""

import pytest

from casework.record.store import Store
from casework.views.review import review_view
from models.errors import InputError
from tests.walking import MANAGER, Step, launched, take

LSCBN = "Northamptonshire LSCB, Learning and Improvement Framework, April 2014, Introduction, list of reviews, item"


def outcome(store: Store, **changes: str) -> dict[str, object]:
    """What screening the case adds to what was typed."""
    reference = launched(store)
    take(store, reference, Step("criteria-screening", MANAGER, changes))
    with store.reading() as session:
        stage = next(each for each in review_view(session, reference).stages if each.name == "criteria-screening")
    assert stage.outcome is not None
    return {name: stage.outcome[name] for name in ("recommendation", "suits", "because", "cites")}


def test_the_recommendation_is_recorded_with_its_reasons_and_the_paragraphs_behind_them(store: Store) -> None:
    assert outcome(store) == {
        "recommendation": "serious-case-review",
        "suits": "criteria-met",
        "because": [
            "Abuse or neglect is known or suspected.",
            "The child has been seriously harmed.",
            "It is not clear that there are no concerns about how agencies worked together.",
            "For a case that meets the criteria the framework names: Serious case review.",
        ],
        "cites": [f"{LSCBN} 1"],  # whose own text states the criteria
    }


def test_below_the_threshold_the_review_that_the_framework_has_for_it_is_recorded(store: Store) -> None:
    assert outcome(store, abuse_or_neglect="no") == {
        "recommendation": "practice-learning-review",
        "suits": "below-threshold",
        "because": [
            "Abuse or neglect is neither known nor suspected.",
            "For a case below the threshold the framework names: Multi-agency case review.",
        ],
        "cites": [f"{LSCBN} 1", f"{LSCBN} 3"],
    }


def test_what_the_framework_has_no_review_for_is_recorded_as_no_review(store: Store) -> None:
    assert outcome(store, abuse_or_neglect="no", about="good-practice") == {
        "recommendation": "no-review",
        "suits": "good-practice",
        "because": [
            "Abuse or neglect is neither known nor suspected.",
            "For a case of good practice the framework names no review.",
        ],
        "cites": [f"{LSCBN} 1", "Learning and Improvement Framework, April 2014"],
    }


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"about": "child-death"},
            "about: is ‘child-death’, but the answer to “Has a child died, including by suicide?” is ‘no’. If a ",
        ),
        (
            {"died_in_custody": "yes"},
            "died_in_custody: is ‘yes’, but the answer to “Has a child died, including by suicide?” is ‘no’. If ",
        ),
    ],
)
def test_a_death_of_a_child_who_has_not_died_is_refused(store: Store, changes: dict[str, str], said: str) -> None:
    reference = launched(store)

    with pytest.raises(InputError) as refusal:
        take(store, reference, Step("criteria-screening", MANAGER, changes))

    assert str(refusal.value).startswith(said)
