"""The boards: what each framework says, paragraph by paragraph, and who holds which role."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from casework.framework.profiles import board
from casework.framework.set_up import questions
from casework.people.roles import holders
from dashboard.presenters.boards import framework, kinds, left_open_by, roles
from dashboard.security import Visiting
from dashboard.site import see
from models.errors import NotAllowed

router = APIRouter()


@router.get("/boards")
def boards(visit: Visiting) -> Response:
    """The boards on which this person has a role; where there is one, that one."""
    names = sorted(visit.roles)
    if len(names) == 1:
        return see(f"/boards/{names[0]}")
    listed = [(name, board(name)) for name in names]
    return visit.page("boards.html", visit.frame("boards"), boards=listed)


@router.get("/boards/{board_name}")
def profile(visit: Visiting, board_name: str) -> HTMLResponse:
    """One board's framework."""
    found = board(board_name)
    if board_name not in visit.roles:
        raise NotAllowed(f"This page is for people who have a role on {found.name.value}.")
    with visit.reading() as session:
        held = holders(session, board_name)
    asked = questions(board_name)
    return visit.page(
        "board.html",
        visit.frame("boards", board_name),
        profile=found,
        framework=framework(found),
        roles=roles(found, held),
        kinds=kinds(found, asked),
        left_open=left_open_by(asked),
        here=f"/boards/{board_name}",
    )
