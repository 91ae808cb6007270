"""Every figure at the top counts exactly what the list behind it shows."""

from datetime import date, timedelta
from itertools import product

from casework.demonstration import seeding
from casework.letters.digests import figures_of_board, lines_of_digest, of_the_board
from casework.moves.steering import hold
from casework.people.directory import find_person
from casework.record.act import Act
from casework.record.store import Store
from casework.views.overview import Filter, Owed, Totals, most_overdue, totals
from models.vocabulary import ReviewState
from tests.walking import MANAGER, NOW, TODAY, launched

BOARD = "northamptonshire"
DEMONSTRATED = date(2026, 11, 24)
EVERYTHING = 10_000


def counted(found: list[Owed], today: date, soon: date) -> tuple[int, int, int]:
    """The stages overdue, the actions overdue, and what is due from today until `soon`, by the list."""
    late = [each for each in found if each.due_on and each.due_on < today]
    near = [each for each in found if each.due_on and today <= each.due_on <= soon]
    return sum(each.action is None for each in late), sum(each.action is not None for each in late), len(near)


def stated(figures: Totals) -> tuple[int, int, int]:
    """The same, by the figures."""
    return figures.overdue, figures.actions_overdue, figures.due_soon


CHOICES = (
    Filter(),
    Filter(boards=("northamptonshire",)),
    Filter(boards=("northamptonshire", "croydon", "portsmouth")),
    Filter(type="serious-case-review"),
    Filter(state=ReviewState.OPEN),
    Filter(state=ReviewState.HELD),
    Filter(owner_id=1),
)


def test_each_figure_counts_what_the_list_shows(either_store: Store) -> None:
    seeding.seed(either_store, today=DEMONSTRATED)
    late_actions = 0

    with either_store.reading() as session:
        for wanted, later in product(CHOICES, (0, 30, 150, 400)):
            today = DEMONSTRATED + timedelta(days=later)
            soon = today + timedelta(days=14)
            figures = totals(session, wanted, today=today, soon=soon)
            found = most_overdue(session, wanted, limit=EVERYTHING)
            assert stated(figures) == counted(found, today, soon), (wanted, today)
            late_actions += figures.actions_overdue

    assert late_actions


def test_a_digest_leaves_what_a_review_on_hold_owes_out_of_its_figures_as_out_of_its_lists(either_store: Store) -> None:
    held, reference = launched(either_store), launched(either_store)
    with either_store.transaction() as session:
        act = Act(session, find_person(session, MANAGER), NOW, TODAY)
        hold(act, held, reason="A trial.", until=None)

    with either_store.reading() as session:
        figures = figures_of_board(session, BOARD, "http://127.0.0.1:8770", TODAY, TODAY + timedelta(days=7))
        found = of_the_board(session, BOARD)
        lines = list(lines_of_digest(session, found, "http://127.0.0.1:8770", TODAY))

    assert {each.reference for each in found} == {held, reference}
    assert {each.reference for each in lines} == {reference}
    assert figures["stages_overdue"] == sum(each.due_on < TODAY for each in lines) == 1
