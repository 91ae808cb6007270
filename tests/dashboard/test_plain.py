"""Refusals in the words of the page."""

import pytest

from dashboard.plain import errors_of_refusal, in_words
from models.errors import InputError
from models.forms.decision import ChairDecision
from models.forms.inquiry import PractitionerEvents


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("The panel recommended ‘no-review’.", "The panel recommended ‘No review’."),
        ("‘2014-05-06’ lies in the future.", "‘Tuesday 6 May 2014’ lies in the future."),
        ("‘2014-13-06’ is not a date.", "‘2014-13-06’ is not a date."),
        ("‘chair-decision’ is not open yet.", "‘Chair’s decision’ is not open yet."),
        ("‘Pat Author’ stays as it is.", "‘Pat Author’ stays as it is."),
    ],
)
def test_keys_become_titles_and_dates_are_spelt_out(sentence: str, said: str) -> None:
    assert in_words(sentence, {"chair-decision": "Chair’s decision"}) == said


def test_each_line_goes_to_its_field_and_what_has_none_to_the_form() -> None:
    refusal = InputError("reasons: is empty. Say why.\ndecided_on: ‘x’ is wrong.\nNothing was recorded.\nother: what?")

    assert errors_of_refusal(refusal, ChairDecision) == {
        "reasons": "Say why.",
        "decided_on": "When was it decided? ‘x’ is wrong.",
        "": "Nothing was recorded. other: what?",
    }


def test_a_line_about_a_row_says_which_row() -> None:
    refusal = InputError("events.2.held_on: ‘2014-05-06’ lies in the future.")

    assert errors_of_refusal(refusal, PractitionerEvents) == {
        "events": "Events, number 2: ‘Tuesday 6 May 2014’ lies in the future."
    }
