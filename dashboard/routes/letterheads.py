"""The letterhead and the sign-off of a board’s letters; for its business manager."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response
from pydantic import ValidationError

from casework.framework.profiles import board
from casework.letters.frames import as_form, letterhead_of, save_letterhead
from dashboard.fields import fields_of
from dashboard.mistakes import errors_of, problems_of
from dashboard.posted import read_form, text
from dashboard.security import Posted, Visiting
from dashboard.site import Visit, see
from models.errors import NotAllowed
from models.forms.letters import LetterheadForm

router = APIRouter()


@router.get("/letters/{board_name}/letterhead")
def letterhead(visit: Visiting, board_name: str) -> HTMLResponse:
    """The letterhead and the sign-off as a form."""
    check_manages(visit, board_name)
    with visit.reading() as session:
        values = as_form(letterhead_of(session, board_name))
    return letterhead_page(visit, board_name, values, {})


@router.post("/letters/{board_name}/letterhead")
def change_letterhead(visit: Visiting, board_name: str, data: Posted) -> Response:
    """Write under another letterhead from now on."""
    check_manages(visit, board_name)
    values = read_form(LetterheadForm, data)
    try:
        wanted = LetterheadForm.model_validate(values)
    except ValidationError as wrong:
        shown = {name: text(data, name) for name in LetterheadForm.model_fields}
        return letterhead_page(visit, board_name, shown, errors_of(wrong, LetterheadForm))
    with visit.transaction() as session:
        save_letterhead(session, board_name, wanted, by=visit.person, now=visit.now)
    return see(f"/letters/{board_name}?saved=letterhead")


def check_manages(visit: Visit, board_name: str) -> None:
    """Raises NotFound for an unknown board, NotAllowed for anybody but its business manager."""
    board(board_name)
    if board_name not in visit.manages:
        raise NotAllowed("Only a board’s business manager can change its letters. Ask them.")


def letterhead_page(visit: Visit, board_name: str, values: dict[str, str], errors: dict[str, str]) -> HTMLResponse:
    """The form of the letterhead."""
    questions = fields_of(LetterheadForm, values, errors)
    frame = visit.frame("letters", board_name, "", problems_of(questions, errors))
    return visit.page(
        "letterhead.html",
        frame,
        status=422 if errors else 200,
        questions=questions,
        back=f"/letters/{board_name}",
        here=f"/letters/{board_name}/letterhead",
    )
