"""Referring a case: one form a board; what the criteria recommend; launched as the type that is then chosen.

Nothing is stored before the launch: the page of the recommendation carries what was typed, and sends it again.
"""

from collections.abc import Iterable, Mapping

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from pydantic import ValidationError
from starlette.datastructures import FormData
from starlette.responses import Response

from casework.framework.profiles import board
from casework.moves.launching import begin_with_referral, check_can_be
from dashboard.fields import Field, fields_of
from dashboard.mistakes import Problem, errors_of, problems_of
from dashboard.plain import errors_of_refusal
from dashboard.posted import another, as_sent, read_form, text
from dashboard.presenters.launching import not_asked, recommended
from dashboard.presenters.recorded import recorded
from dashboard.routes.finding import newest
from dashboard.routes.launch import check_manages, launched_once, new_once
from dashboard.security import Posted, Visiting
from dashboard.site import Visit, see
from models.errors import InputError
from models.forms.referral import Criteria, Referral

router = APIRouter()
UNCHOSEN = "Choose one of the types of review"


@router.get("/refer/{board_name}")
def ask(visit: Visiting, board_name: str) -> HTMLResponse:
    """Ask for the referral."""
    check_may_refer(visit, board_name)
    return referral_page(visit, board_name, FormData(), {})


@router.post("/refer/{board_name}")
def screen(visit: Visiting, board_name: str, data: Posted) -> HTMLResponse:
    """Say what the criteria recommend, or show the referral again: with what is wrong, or to be changed."""
    check_may_refer(visit, board_name)
    if another(data) or text(data, "change"):
        return referral_page(visit, board_name, data, {})
    referral, errors = understood(visit, data)
    return referral_page(visit, board_name, data, errors) if referral is None else screened(visit, board_name, data)


@router.post("/refer/{board_name}/launch")
def launch(visit: Visiting, board_name: str, data: Posted) -> Response:
    """Launch the review as the type chosen, or show what is still wrong."""
    check_may_refer(visit, board_name)
    referral, errors = understood(visit, data)
    if referral is None:
        return referral_page(visit, board_name, data, errors)
    type_ = text(data, "type")
    if type_ not in begin_with_referral(board(board_name)):
        return screened(visit, board_name, data, UNCHOSEN)
    try:
        with visit.transaction() as session:
            return see(newest(session, launched_once(session, visit, board_name, type_, referral, text(data, "once"))))
    except InputError as wrong:
        return referral_page(visit, board_name, data, errors_of_refusal(wrong, Referral))


def check_may_refer(visit: Visit, board_name: str) -> None:
    """Refuse anybody who does not manage the board, and a board where nothing begins with a referral."""
    check_manages(visit, board_name)
    if not begin_with_referral(board(board_name)):
        raise InputError(f"{board(board_name).name.value} runs no review that begins with a referral. Propose a theme.")


def understood(visit: Visit, data: FormData) -> tuple[Referral | None, dict[str, str]]:
    """The referral, or what is wrong with it whatever it is launched as."""
    try:
        referral = Referral.model_validate(read_form(Referral, data))
        check_can_be(referral, today=visit.today)
    except ValidationError as wrong:
        return None, errors_of(wrong, Referral)
    except InputError as wrong:
        return None, errors_of_refusal(wrong, Referral)
    return referral, {}


def screened(visit: Visit, board_name: str, data: FormData, wrong: str = "") -> HTMLResponse:
    """What the criteria recommend of a referral that has been understood, with what was typed kept in the page."""
    values = read_form(Referral, data)
    found = recommended(board_name, Referral.model_validate(values), text(data, "type"))
    problems = (Problem(wrong, "type"),) if wrong else ()
    return visit.page(
        "recommendation.html",
        visit.frame("launch", board_name, problems=problems),
        status=422 if wrong else 200,
        board_name=board(board_name).name.value,
        found=found,
        wrong=wrong,
        facts_typed=recorded(Referral, values),
        sent=as_sent(Referral, data),
        once=text(data, "once") or new_once(),
        here=f"/refer/{board_name}",
    )


def referral_page(visit: Visit, board_name: str, data: FormData, errors: Mapping[str, str]) -> HTMLResponse:
    """The form of the referral with what was typed; it keeps the type that was chosen, if one was."""
    values = read_form(Referral, data)
    left_out = not_asked(board_name)
    asked = (each for each in fields_of(Referral, values, errors, another=another(data)) if each.name not in left_out)
    questions = in_reading_order(asked)
    frame = visit.frame("launch", board_name, problems=problems_of(questions, errors))
    return visit.page(
        "referral.html",
        frame,
        status=422 if errors else 200,
        board_name=board(board_name).name.value,
        questions=questions,
        here=f"/refer/{board_name}",
        once=text(data, "once") or new_once(),
        chosen=text(data, "type"),
    )


def in_reading_order(questions: Iterable[Field]) -> tuple[Field, ...]:
    """The notification and what happened first, then the criteria, the agencies last."""

    def place(field: Field) -> int:
        return 2 if field.kind == "rows" else int(field.name in Criteria.model_fields)

    return tuple(sorted(questions, key=place))
