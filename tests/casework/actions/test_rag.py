"""Red, amber, green: computed from the dates, and never the better for waiting."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.actions.rag import computed_rating, rating, warned_from
from casework.framework.profiles import board
from models.profile import Reminders
from models.vocabulary import Rag

DUE = date(2020, 3, 2)  # a Monday
WARNED = date(2020, 2, 17)  # the Monday ten working days before it
DAYS = st.dates(date(2019, 1, 1), date(2021, 12, 31))
WORSE = [Rag.GREEN, Rag.AMBER, Rag.RED]


@dataclass(frozen=True)
class Dates:
    """The dates of an action."""

    due_on: date = DUE
    evidenced_on: date | None = None
    closed_on: date | None = None
    override: Rag | None = None


@pytest.mark.parametrize(
    ("today", "colour", "because"),
    [
        (date(2020, 2, 16), Rag.GREEN, "It is not due before Monday 2 March 2020."),
        (date(2020, 2, 17), Rag.AMBER, "It is due on Monday 2 March 2020, and there is no evidence yet."),
        (date(2020, 3, 2), Rag.AMBER, "It is due on Monday 2 March 2020, and there is no evidence yet."),
        (date(2020, 3, 3), Rag.RED, "It was due on Monday 2 March 2020, and there is no evidence."),
    ],
)
def test_an_action_without_evidence_turns_amber_with_the_first_reminder_and_red_the_day_after_its_deadline(
    today: date, colour: Rag, because: str
) -> None:
    found = rating(Dates(), board("northamptonshire").reminders, today)

    assert (found.colour, found.because) == (colour, because)


def test_the_first_reminder_of_the_profile_warns_and_without_one_the_deadline_does() -> None:
    silent = Reminders(before=(), after=("1 working day",), cite="board")

    assert warned_from(board("northamptonshire").reminders, DUE) == WARNED
    assert warned_from(silent, DUE) == DUE


def test_evidence_in_time_is_green_evidence_too_late_amber_until_it_is_signed_off() -> None:
    late = date(2020, 3, 9)

    assert computed_rating(DUE, DUE, None, WARNED, late)[0] is Rag.GREEN
    assert computed_rating(DUE, late, None, WARNED, late) == (
        Rag.AMBER,
        "There is evidence of Monday 9 March 2020, after the deadline; it is not signed off yet.",
    )
    assert computed_rating(DUE, late, late, WARNED, late) == (Rag.GREEN, "It was signed off on Monday 9 March 2020.")


def test_a_colour_set_by_hand_wins_and_the_computed_one_stays_in_sight() -> None:
    found = rating(Dates(override=Rag.RED), board("northamptonshire").reminders, date(2020, 1, 6))

    assert (found.colour, found.computed, found.override) == (Rag.RED, Rag.GREEN, Rag.RED)


@given(due=DAYS, warned=st.integers(0, 60), today=DAYS, waiting=st.integers(0, 400))
def test_without_evidence_waiting_never_betters_the_colour(due: date, warned: int, today: date, waiting: int) -> None:
    first = due - timedelta(days=warned)
    now, later = (computed_rating(due, None, None, first, each)[0] for each in (today, today + timedelta(days=waiting)))

    assert WORSE.index(later) >= WORSE.index(now)


@given(due=DAYS, warned=st.integers(0, 60), today=DAYS, evidenced=DAYS, moved=st.integers(0, 400))
def test_evidence_and_a_later_deadline_never_worsen_the_colour(
    due: date, warned: int, today: date, evidenced: date, moved: int
) -> None:
    period, later = timedelta(days=warned), due + timedelta(days=moved)
    without, given_late = (computed_rating(each, None, None, each - period, today)[0] for each in (due, later))
    shown = computed_rating(due, min(evidenced, today), None, due - period, today)[0]

    assert WORSE.index(given_late) <= WORSE.index(without)
    assert shown is not Rag.RED
    assert computed_rating(due, min(evidenced, today), today, due - period, today)[0] is Rag.GREEN
