"""The front page: the board of reviews for whoever oversees one, what they owe for everybody else."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from casework.boards import board
from casework.overview import Filter, most_overdue, owed_by, stage_counts, totals
from casework.people import names
from casework.pipelines import PIPELINES
from dashboard.presenters.reviews import AT_A_TIME, Asked, by_stage, owing, soon, tiles, type_name
from dashboard.security import Visiting
from dashboard.site import Visit
from models.vocabulary import LIVE

router = APIRouter()


@router.get("/")
def reviews(
    visit: Visiting, board: str = "", type: str = "", state: str = "", mine: str = "", page: str = "1"
) -> HTMLResponse:
    """The reviews by stage with their clocks, filtered as asked; anything unknown in the address asks for nothing."""
    if not visit.oversees:
        return what_you_owe(visit)
    asked = Asked(board, type, state, mine == "yes", max(1, int(page)) if page.isdecimal() and len(page) < 7 else 1)
    return board_of_reviews(visit, asked)


def board_of_reviews(visit: Visit, asked: Asked) -> HTMLResponse:
    """The board of reviews."""
    wanted = asked.wanted(visit.oversees, visit.id)
    with visit.reading() as session:
        figures = totals(session, wanted, today=visit.today, soon=soon(visit.today))
        counts = stage_counts(session, wanted, visit.today)
        found = most_overdue(session, wanted, limit=AT_A_TIME + 1, offset=AT_A_TIME * (asked.page - 1))
        owners = names(session, {each.owner_id for each in found})
    return visit.page(
        "reviews.html", visit.frame("reviews"), tiles=tiles(figures), by_stage=by_stage(counts), asked=asked,
        owing=owing(found[:AT_A_TIME], owners), more=len(found) > AT_A_TIME, boards=board_choices(visit),
        types=type_choices(visit), states=[("", "Open and on hold"), *((state.value, state.label) for state in LIVE)],
        filtered=wanted != Filter(boards=visit.oversees),
    )  # fmt: skip


def board_choices(visit: Visit) -> list[tuple[str, str]]:
    """The boards to choose from."""
    return [("", "Every board"), *((name, board(name).name.value) for name in visit.oversees)]


def type_choices(visit: Visit) -> list[tuple[str, str]]:
    """The review types to choose from, under a board’s own name where there is one board."""
    alone = visit.oversees[0] if len(visit.oversees) == 1 else None
    named = [(key, type_name(alone, key) if alone else table.title) for key, table in PIPELINES.items()]
    return [("", "Every type"), *named]


def what_you_owe(visit: Visit) -> HTMLResponse:
    """The open stages of a person, across all reviews."""
    with visit.reading() as session:
        found = owed_by(session, visit.id)
    return visit.page("owed.html", visit.frame("reviews"), owing=owing(found, {}))
