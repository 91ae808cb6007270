"""A link says whose it is, for which task and from when; nobody can make or change one."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.links.signed_links import (
    EPOCH,
    MICROSECOND,
    LinkTask,
    SignedLink,
    answer_link,
    form_token,
    read_token,
    token_of,
    without_answer_links,
)
from models.kept import LARGEST
from models.vocabulary import TaskKind

SECRET = b"the secret of one installation"
ISSUED = datetime(2024, 1, 8, 9, 0, 0, 123456, tzinfo=UTC)  # a Monday
REPORT = SignedLink(LinkTask(TaskKind.REPORT, 7), 3, ISSUED)
NUMBERS = st.integers(1, LARGEST)
MOMENTS = st.integers(0, 7 * 10**15).map(lambda number: EPOCH + number * MICROSECOND)  # into the year 2191
LINKS = st.builds(SignedLink, st.builds(LinkTask, st.sampled_from(TaskKind), NUMBERS), NUMBERS, MOMENTS)


@given(LINKS)
def test_what_a_link_says_is_read_again_as_it_was_said(link: SignedLink) -> None:
    assert read_token(SECRET, token_of(SECRET, link)) == link


@given(LINKS, st.integers(0, 43), st.sampled_from("Aa0-_Zz9"))
def test_a_link_in_which_anything_is_changed_is_none(link: SignedLink, place: int, letter: str) -> None:
    token = token_of(SECRET, link)
    changed = token[:place] + letter + token[place + 1 :]

    assert read_token(SECRET, changed) == (link if changed == token else None)


@given(st.text(max_size=80))
def test_nothing_that_was_not_made_here_is_a_link(token: str) -> None:
    assert read_token(SECRET, token) is None


@pytest.mark.parametrize("change", ["", "A", "=", " ", "\n", "/.."])
def test_a_link_has_one_spelling(change: str) -> None:
    token = token_of(SECRET, REPORT)

    assert read_token(SECRET, token + change) == (None if change else REPORT)


def test_another_installations_link_opens_nothing_here() -> None:
    assert read_token(SECRET, token_of(b"the secret of another", REPORT)) is None


def test_a_letter_written_twice_carries_the_same_link_wherever_its_clock_stands() -> None:
    elsewhere = ISSUED.astimezone(timezone(timedelta(hours=5)))
    links = {
        answer_link(address="https://lc.example", secret=SECRET, task=REPORT.task, person_id=3, issued_at=moment)
        for moment in (ISSUED, elsewhere)
    }

    (link,) = links
    assert link == f"https://lc.example/answer/{token_of(SECRET, REPORT)}"
    assert len(link) == len("https://lc.example/answer/") + 44


def test_the_token_of_a_form_is_no_link_and_differs_from_link_to_link() -> None:
    one, other = token_of(SECRET, REPORT), token_of(SECRET, SignedLink(REPORT.task, 4, ISSUED))

    assert form_token(SECRET, one) == form_token(SECRET, one)
    assert form_token(SECRET, one) != form_token(SECRET, other)
    assert read_token(SECRET, form_token(SECRET, one)) is None


def test_links_to_answer_by_are_left_out_of_a_text_with_the_word_before_them() -> None:
    link = answer_link(address="https://lc.example", secret=SECRET, task=REPORT.task, person_id=3, issued_at=ISSUED)

    said = without_answer_links(f"See\n{link}, or x?u={link}&v={link}!  /answer/ is no link.", "(left out)")

    assert said == "See\n(left out), or (left out)!  /answer/ is no link."


def test_a_long_word_without_a_link_is_looked_through_once() -> None:
    text = "a" * 2_000_000 + "/answer/"  # looked through from each of its letters, it would take hours

    assert without_answer_links(text, "(left out)") == text
