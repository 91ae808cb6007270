"""Two wordings are nearly the same when they ask for the same, whatever the order, the filler and the endings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.findings.alike import SimilarElsewhere, similar_open
from casework.findings.similarity import NEARLY_THE_SAME, significant_words, similarity
from tests.casework.findings.likely_pairs import ONLY_ALIKE, THE_SAME

WORDS = ("train", "training", "managers", "the", "threshold", "neglect", "police", "every", "chronology", "’", "20")
WORDINGS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=20).map(" ".join))


def elsewhere(wording: str, number: int = 1) -> SimilarElsewhere:
    """An action that is open in another review."""
    return SimilarElsewhere("LSCBN-SCR-2014-009", "Action", number, wording, "Example Police", "Olli Owner", None)


@pytest.mark.parametrize(("one", "other"), THE_SAME)
def test_wordings_that_ask_for_the_same_are_found(one: str, other: str) -> None:
    assert similarity(one, other) >= NEARLY_THE_SAME


@pytest.mark.parametrize(("one", "other"), ONLY_ALIKE)
def test_wordings_that_only_look_alike_are_not(one: str, other: str) -> None:
    assert similarity(one, other) < NEARLY_THE_SAME


@given(WORDINGS, WORDINGS)
def test_likeness_is_the_same_from_either_side(one: str, other: str) -> None:
    assert similarity(one, other) == similarity(other, one)


@given(WORDINGS)
def test_a_wording_is_wholly_like_itself(wording: str) -> None:
    assert similarity(wording, wording) == 100


@given(WORDINGS.filter(lambda wording: bool(wording.strip())), st.lists(WORDINGS, max_size=3))
def test_a_wording_that_is_open_elsewhere_word_for_word_is_found(wording: str, others: list[str]) -> None:
    there = [*(elsewhere(other, number) for number, other in enumerate(others, 2)), elsewhere(wording)]

    assert elsewhere(wording) in similar_open([wording], there)[wording]


def test_filler_endings_and_order_do_not_count() -> None:
    assert significant_words("Agencies must ensure that the managers are trained.") == significant_words(
        "Train managers"
    )


def test_what_is_all_filler_is_compared_as_it_stands() -> None:
    assert (significant_words("For the board, all of it."), significant_words("—")) == ("all board for it of the", "—")


def test_the_nearest_comes_first_and_no_more_than_five_are_shown() -> None:
    there = [
        elsewhere(f"Keep one shared chronology{' for children' if number != 4 else ''}.", number)
        for number in range(1, 8)
    ]

    found = similar_open(["Keep one shared chronology."], there)["Keep one shared chronology."]

    assert (len(found), found[0].number) == (5, 4)


def test_a_wording_like_nothing_that_is_open_is_left_out() -> None:
    assert similar_open(["Keep one genogram.", "  "], [elsewhere("Keep one chronology.")]) == {}
