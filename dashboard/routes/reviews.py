"""The front page: the board of reviews for those who oversee one, what they owe for everybody else."""

import re
from collections.abc import Mapping
from dataclasses import replace

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from sqlmodel import Session

from casework.framework.pipelines import PIPELINES
from casework.framework.profiles import board
from casework.people.directory import names
from casework.reviews.permissions import visible
from casework.views.overview import (
    ActionLine,
    Filter,
    Totals,
    agency_names,
    all_reviews,
    most_overdue,
    next_deadlines,
    owed_by,
    stage_counts,
    totals,
    under_way,
)
from casework.views.standing import actions_owed, state_in_words
from dashboard.presenters.actions import ActionRow, lines
from dashboard.presenters.forecast import AtRisk
from dashboard.presenters.reviews import (
    AT_A_TIME,
    Asked,
    by_stage,
    listed,
    owing,
    soon,
    tiles,
    type_name,
)
from dashboard.routes.forecast import late_on
from dashboard.security import Visiting
from dashboard.site import Visit
from models.vocabulary import LIVE

router = APIRouter()
FEW = 10  # actions on the front page; the others have a page of their own
FORECAST_AT_ONCE = 200  # live reviews whose forecasts do not keep the front page waiting
STATES = [("", "Open and on hold"), *((state.value, state_in_words(state)) for state in LIVE)]


@router.get("/")
def reviews(visit: Visiting) -> HTMLResponse:
    """The reviews by stage with their clocks, filtered as the address asks."""
    return board_of_reviews(visit, asked_for(visit.request.query_params)) if visit.oversees else what_you_owe(visit)


@router.get("/reviews")
def every_review(visit: Visiting) -> HTMLResponse:
    """Every review that this person may see, closed ones too, the newest first."""
    asked, may_see = asked_for(visit.request.query_params), visible(visit.id, visit.roles)
    with visit.reading() as session:
        found = all_reviews(session, may_see, limit=AT_A_TIME + 1, offset=AT_A_TIME * (asked.page - 1))
        shown = found[:AT_A_TIME]
        # a person who has only a task in a review hears nothing here of what others owe in it
        overseen = [review.reference for review in shown if review.board in visit.oversees]
        owed, due = actions_owed(session, overseen), next_deadlines(session, overseen)
    return visit.page(
        "all_reviews.html",
        visit.frame("reviews"),
        reviews=listed(shown, owed, due),
        page=asked.page,
        more=len(found) > AT_A_TIME,
    )


def asked_for(given: Mapping[str, str]) -> Asked:
    """What an address asks for; what cannot be read asks for nothing."""
    page = given.get("page", "")
    return Asked(
        board=given.get("board", ""),
        type=given.get("type", ""),
        state=given.get("state", ""),
        mine=given.get("mine") == "yes",
        page=max(1, int(page)) if re.fullmatch(r"[0-9]{1,6}", page) else 1,
    )


def board_of_reviews(visit: Visit, asked: Asked) -> HTMLResponse:
    """The board of reviews."""
    wanted = asked.wanted(visit.oversees, visit.id)
    with visit.reading() as session:
        figures = totals(session, wanted, today=visit.today, soon=soon(visit.today))
        counts = stage_counts(session, wanted, visit.today)
        found = most_overdue(session, wanted, limit=AT_A_TIME + 1, offset=AT_A_TIME * (asked.page - 1))
        owners = names(session, {each.owner_id for each in found})
        agencies = agency_names(session, found)
        actions = action_rows(session, visit, under_way(session, wanted, limit=FEW + 1))
        late = soon_late(session, visit, wanted, figures)
    return visit.page(
        "reviews.html",
        visit.frame("reviews"),
        tiles=tiles(figures),
        by_stage=by_stage(counts),
        asked=asked,
        owing=owing(found[:AT_A_TIME], owners, agencies),
        more=len(found) > AT_A_TIME,
        boards=board_choices(visit),
        types=type_choices(visit),
        states=STATES,
        filtered=wanted != Filter(boards=visit.oversees),
        actions=actions[:FEW],
        more_actions=len(actions) > FEW,
        at_risk=late,
        few=FEW,
    )


def soon_late(session: Session, visit: Visit, wanted: Filter, figures: Totals) -> list[AtRisk] | None:
    """The reviews likely to miss a date; None where the front page shows parts of boards, or too much to forecast."""
    whole_boards = wanted == Filter(boards=wanted.boards)
    if not whole_boards or figures.open + figures.held > FORECAST_AT_ONCE:
        return None
    return late_on(session, visit, wanted.boards or ())


@router.get("/actions")
def actions_under_way(visit: Visiting) -> HTMLResponse:
    """Every action under way of the boards that this person oversees, or their own, the earliest date first."""
    asked = asked_for(visit.request.query_params)
    wanted = asked.wanted(visit.oversees, visit.id) if visit.oversees else Filter(owner_id=visit.id)
    with visit.reading() as session:
        found = under_way(session, wanted, limit=AT_A_TIME + 1, offset=AT_A_TIME * (asked.page - 1))
        shown = action_rows(session, visit, found)
    listing = replace(asked, path="/actions")
    return visit.page(
        "actions.html", visit.frame("reviews"), actions=shown[:AT_A_TIME], asked=listing, more=len(shown) > AT_A_TIME
    )


def action_rows(session: Session, visit: Visit, found: list[ActionLine]) -> list[ActionRow]:
    """Actions as a list shows them."""
    return lines(found, names(session, {each.owner_id for each in found}), visit.today)


def board_choices(visit: Visit) -> list[tuple[str, str]]:
    """The boards to choose from."""
    return [("", "Every board"), *((name, board(name).name.value) for name in visit.oversees)]


def type_choices(visit: Visit) -> list[tuple[str, str]]:
    """The review types that the boards run, under a board’s own name where there is one board."""
    alone = visit.oversees[0] if len(visit.oversees) == 1 else None
    run = {key for name in visit.oversees for key in board(name).reviews}
    named = [(key, type_name(alone, key) if alone else table.title) for key, table in PIPELINES.items() if key in run]
    return [("", "Every type"), *named]


def what_you_owe(visit: Visit) -> HTMLResponse:
    """The open stages and actions of a person, across all reviews."""
    with visit.reading() as session:
        found = owed_by(session, visit.id)
        agencies = agency_names(session, found)
    return visit.page("owed.html", visit.frame("reviews"), owing=owing(found, {}, agencies))
