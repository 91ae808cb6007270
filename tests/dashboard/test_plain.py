"""Refusals in the words of the page."""

from datetime import date

import pytest

from dashboard.plain import REMEDY, errors_of_refusal, in_words, lines_of_refusal
from models.errors import InputError, MoveRefused, NotFound, empty, fault
from models.forms.decision import ChairDecision
from models.forms.inquiry import PractitionerEvents
from models.remedies import AppointToBoard, ListReviews, ResumeReview
from models.vocabulary import Decision
from models.wording import Key, Sentence


@pytest.mark.parametrize(
    ("pattern", "value", "said"),
    [
        ("The panel recommended ‘{it}’.", Decision.NO_REVIEW, "The panel recommended ‘No review’."),
        ("The panel recommended ‘{it}’.", Key("no-review"), "The panel recommended ‘No review’."),
        ("‘{it}’ is in the future.", date(2014, 5, 6), "‘Tuesday 6 May 2014’ is in the future."),
        ("‘{it}’ is not a date.", "2014-13-06", "‘2014-13-06’ is not a date."),
        ("‘{it}’ is not open yet.", Key("chair-decision"), "‘Chair’s decision’ is not open yet."),
        ("‘{it}’ stays as it is.", "Pat Author", "‘Pat Author’ stays as it is."),
        ("‘{it}’ stays as it is.", "{no} field", "‘{no} field’ stays as it is."),
    ],
)
def test_keys_become_titles_and_dates_are_spelt_out(pattern: str, value: object, said: str) -> None:
    assert in_words(Sentence(pattern, it=value), {"chair-decision": "Chair’s decision"}) == said


def test_each_fault_goes_to_its_field_and_what_has_none_to_the_form() -> None:
    refusal = InputError(
        empty("reasons", "Say why."),
        fault("decided_on", "x", "is wrong."),
        "Nothing was recorded.",
        fault("other", None, "what?"),
    )

    assert errors_of_refusal(refusal, ChairDecision) == {
        "reasons": "Say why.",
        "decided_on": "When was it decided? ‘x’ is wrong.",
        "": "Nothing was recorded. Other: what?",
    }
    assert str(refusal) == "reasons: is empty. Say why.\ndecided_on: ‘x’ is wrong.\nNothing was recorded.\nother: what?"


def test_a_fault_in_a_row_stands_at_the_field_of_that_row() -> None:
    refusal = InputError(fault(("events", 1, "held_on"), date(2014, 5, 6), "is in the future."))

    assert errors_of_refusal(refusal, PractitionerEvents) == {
        "events-1-held_on": "Held on: ‘Tuesday 6 May 2014’ is in the future."
    }
    assert str(refusal) == "events.2.held_on: ‘2014-05-06’ is in the future."


def test_a_page_links_to_a_remedy_or_says_whom_to_ask() -> None:
    held = MoveRefused("A&B-1 is on hold.", remedy=ResumeReview("A&B-1"))

    assert errors_of_refusal(held, ChairDecision) == {
        "": 'A&amp;B-1 is on hold. <a class="govuk-link" href="/reviews/A%26B-1">See on its page why it is on hold, '
        "and who can resume it</a>."
    }
    assert lines_of_refusal(NotFound("There is no review ‘X’.", remedy=ListReviews())) == (
        'There is no review ‘X’. <a class="govuk-link" href="/reviews">See the reviews there are</a>.',
    )
    assert lines_of_refusal(NotFound("Nobody is chair.", remedy=AppointToBoard("here"))) == (
        "Nobody is chair. The person who runs this installation can appoint somebody.",
    )


def test_the_remedy_of_a_field_stands_apart_from_its_sentence_which_is_a_link_to_the_field() -> None:
    refusal = InputError(empty("reasons", "Say why."), remedy=ResumeReview("X"))

    assert errors_of_refusal(refusal, ChairDecision) == {
        "reasons": "Say why.",
        REMEDY: '<a class="govuk-link" href="/reviews/X">See on its page why it is on hold, and who can resume it</a>.',
    }
