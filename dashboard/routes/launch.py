"""Launching a review: choose the board and how it begins, propose a theme, see the timetable beforehand."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import date
from typing import NoReturn

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ValidationError
from pydantic import Field as Asked
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from casework.boards import board
from casework.editions import edition_for
from casework.launching import launch as launch_review
from casework.launching import profile_with
from casework.pipelines import pipeline
from casework.pipelines.table import Pipeline
from casework.timetable import timetable
from dashboard.fields import Field, fields_of
from dashboard.mistakes import errors_of, problems_of
from dashboard.plain import errors_of_refusal
from dashboard.posted import read_form, text, typed_date
from dashboard.presenters.launching import asks_for_methodology, choice, choices, whole_methodologies
from dashboard.presenters.local import where
from dashboard.routes.finding import newest
from dashboard.security import Posted, Visiting
from dashboard.site import Visit, see
from models.errors import InputError, NotAllowed
from models.forms.base import Day, Form
from models.forms.referral import Referral
from models.record import Note
from models.vocabulary import Methodology

router = APIRouter()
SEND_THEM = "Send them the referral, or the theme that you propose."


class AfterReferral(BaseModel):
    """The day that a timetable is projected from, and the methodology that it supposes."""

    notified_on: Day = Asked(title="When was, or will be, the board notified?")
    methodology: Methodology | None = Asked(default=None, title="Supposing which methodology?")


class AfterProposal(BaseModel):
    """The same for what begins with a theme."""

    proposed_on: Day = Asked(title="When is, or was, the theme proposed?")


@router.get("/launch")
def choose(visit: Visiting) -> HTMLResponse:
    """On which board, and whether after a referral or from a theme."""
    if not visit.manages:
        raise NotAllowed(f"A review is launched by the board’s business manager. {SEND_THEM}")
    return visit.page("launch.html", visit.frame("launch"), boards=choices(visit.manages))


def check_manages(visit: Visit, board_name: str) -> None:
    """Only the business manager of a board launches there; raises NotFound for an unknown board."""
    name = board(board_name).name.value
    if board_name not in visit.manages:
        raise NotAllowed(f"Only the business manager of {name} launches a review there. {SEND_THEM}")


def table_to_launch(visit: Visit, board_name: str, type_: str) -> Pipeline:
    """The pipeline of a type that the board runs; raises NotFound, InputError or NotAllowed."""
    profile_with(board_name, type_)
    check_manages(visit, board_name)
    return pipeline(type_)


@router.get("/launch/{board_name}/{type_}")
def ask(visit: Visiting, board_name: str, type_: str) -> Response:
    """Ask for the theme; what begins with a referral is referred without choosing a type first."""
    if table_to_launch(visit, board_name, type_).first.form is Referral:
        return see(f"/refer/{board_name}")
    return proposal_page(visit, board_name, type_, {}, {})


@router.post("/launch/{board_name}/{type_}")
def propose(visit: Visiting, board_name: str, type_: str, data: Posted) -> Response:
    """Launch the review of the theme, or show the proposal again with what is wrong."""
    form = table_to_launch(visit, board_name, type_).first.form
    if form is Referral:
        not_by_type()
    values, once = read_form(form, data), text(data, "once")
    try:
        proposal = form.model_validate(values)
        with visit.transaction() as session:
            return see(newest(session, launched_once(session, visit, board_name, type_, proposal, once)))
    except ValidationError as wrong:
        errors = errors_of(wrong, form)
    except InputError as wrong:
        errors = errors_of_refusal(wrong, form)
    return proposal_page(visit, board_name, type_, values, errors, once)


def not_by_type() -> NoReturn:
    """Refuse a referral that names its type beforehand."""
    raise InputError("This review begins with a referral. Refer the case; the page after it asks for the type.")


def launched_once(session: Session, visit: Visit, board_name: str, type_: str, first: Form, once: str) -> str:
    """The reference of the review launched by this page of the form, however often it is sent with these answers."""
    said = f"{visit.id} {once} {board_name} {type_} {first.model_dump_json()}"
    note = f"launch {hashlib.sha256(said.encode()).hexdigest()[:32]}"
    if made := session.get(Note, note):
        return made.value
    moved = launch_review(session, board_name, type_, first, by=visit.person, now=visit.now, today=visit.today)
    session.add(Note(key=note, value=moved.reference))
    return moved.reference


def new_once() -> str:
    """What tells a page of a form from every other."""
    return secrets.token_hex(16)


def proposal_page(
    visit: Visit, board_name: str, type_: str, values: Mapping[str, object], errors: Mapping[str, str], once: str = ""
) -> HTMLResponse:
    """The form of the proposal."""
    questions = fields_of(pipeline(type_).first.form, values, errors)
    frame = visit.frame("launch", board_name, problems=problems_of(questions, errors))
    return visit.page(
        "proposal.html", frame, status=422 if errors else 200, choice=choice(board_name, type_),
        board_name=board(board_name).name.value, questions=questions, once=once or new_once(),
    )  # fmt: skip


@router.get("/launch/{board_name}/{type_}/timetable")
def preview(visit: Visiting, request: Request, board_name: str, type_: str) -> HTMLResponse:
    """The projected timetable: every stage, supposing that each ends on its deadline."""
    table = table_to_launch(visit, board_name, type_)
    referred = table.first.form is Referral
    form: type[AfterReferral | AfterProposal] = AfterReferral if referred else AfterProposal
    values = asked_for(request, table, visit.today)
    errors: dict[str, str] = {}
    try:
        supposed: AfterReferral | AfterProposal | None = form.model_validate(values)
    except ValidationError as wrong:
        supposed, errors = None, errors_of(wrong, form)
    questions = offered(fields_of(form, values, errors, local={Methodology: whole_methodologies()}), table)
    frame = visit.frame("launch", board_name, problems=problems_of(questions, errors))
    return visit.page(
        "timetable.html", frame, status=422 if errors else 200, choice=choice(board_name, type_), referred=referred,
        questions=questions, board_name=board(board_name).name.value, where=where,
        **(projected(board_name, type_, supposed) if supposed else {"rows": []}),
    )  # fmt: skip


def asked_for(request: Request, table: Pipeline, today: date) -> dict[str, object]:
    """What the address supposes: the day that it begins, today if none, and the methodology."""
    begins, given = table.first.form.done_on or "", request.query_params
    typed = [given.get(f"{begins}-{part}", "") for part in ("day", "month", "year")]
    values: dict[str, object] = {begins: typed_date(typed) if any(typed) else today}
    return values | ({"methodology": given["methodology"]} if given.get("methodology") else {})


def offered(questions: tuple[Field, ...], table: Pipeline) -> tuple[Field, ...]:
    """The questions without that for the methodology, where none changes the timetable."""
    return tuple(each for each in questions if each.name != "methodology" or asks_for_methodology(table))


def projected(board_name: str, type_: str, supposed: AfterReferral | AfterProposal) -> dict[str, object]:
    """The timetable, the day that it begins and the edition that holds on it."""
    referred = isinstance(supposed, AfterReferral)
    start = supposed.notified_on if isinstance(supposed, AfterReferral) else supposed.proposed_on
    methodology = supposed.methodology if isinstance(supposed, AfterReferral) else None
    rows = timetable(board_name, type_, start, methodology=methodology)
    begun = "Notified" if referred else "Proposed"
    return {"rows": rows, "start": start, "begun": begun, "edition": edition_for(board(board_name), start).title}
