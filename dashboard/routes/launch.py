"""Launching a review: choose the board and how it begins, propose a theme, see the timetable beforehand."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import NoReturn

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ValidationError
from pydantic import Field as Asked
from sqlalchemy import text as sql
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from casework.framework.editions import edition_for
from casework.framework.pipelines import pipeline
from casework.framework.pipelines.table import Pipeline
from casework.framework.profiles import board
from casework.moves.launching import launch as launch_review
from casework.moves.launching import profile_with
from casework.people.roles import holders
from casework.views.timetable import timetable
from dashboard.fields import DATE_PARTS, fields_of
from dashboard.mistakes import errors_of, problems_of
from dashboard.plain import errors_of_refusal
from dashboard.posted import read_form, text, typed_date
from dashboard.presenters.launching import choice, choices, methodologies
from dashboard.presenters.local import written
from dashboard.routes.finding import newest
from dashboard.security import Posted, Visiting
from dashboard.site import Visit, see
from models.errors import InputError, NotAllowed
from models.forms.base import Day, Form
from models.forms.referral import Referral
from models.record import Note
from models.vocabulary import Methodology

router = APIRouter()
CLAIM = sql("INSERT INTO note (key, value) VALUES (:key, '') ON CONFLICT (key) DO NOTHING")
SEND_THEM = "Send them the referral, or the theme that you propose."


class AfterReferral(BaseModel):
    """The day that a timetable is projected from."""

    notified_on: Day = Asked(title="When was, or will be, the board notified?")


class AfterProposal(BaseModel):
    """The same for what begins with a theme."""

    proposed_on: Day = Asked(title="When is, or was, the theme proposed?")


@router.get("/launch")
def choose(visit: Visiting) -> HTMLResponse:
    """On which board, and whether after a referral or from a theme."""
    if not visit.manages:
        raise NotAllowed(f"Only the board’s business manager can launch a review. {SEND_THEM}")
    with visit.reading() as session:
        held = {name: {role for role, _ in holders(session, name)} for name in visit.manages}
    return visit.page("launch.html", visit.frame("launch"), boards=choices(held))


def check_manages(visit: Visit, board_name: str) -> None:
    """Only the business manager of a board launches there; raises NotFound for an unknown board."""
    name = board(board_name).name.value
    if board_name not in visit.manages:
        raise NotAllowed(f"Only the business manager of {name} can launch a review there. {SEND_THEM}")


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
    is_first = session.connection().execute(CLAIM, {"key": note}).rowcount == 1  # a second one waits here for the first
    kept = session.get_one(Note, note)
    if is_first:
        moved = launch_review(visit.act(session), board_name, type_, first)
        kept.value = moved.reference
    return kept.value


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
        "proposal.html",
        frame,
        status=422 if errors else 200,
        choice=choice(board_name, type_),
        board_name=board(board_name).name.value,
        questions=questions,
        once=once or new_once(),
    )


@router.get("/launch/{board_name}/{type_}/timetable")
def preview(visit: Visiting, request: Request, board_name: str, type_: str) -> HTMLResponse:
    """The projected timetable: every stage, supposing that each ends on its deadline."""
    table = table_to_launch(visit, board_name, type_)
    form: type[BaseModel] = AfterReferral if table.first.form is Referral else AfterProposal
    begins = table.first.form.done_on or ""
    given = [request.query_params.get(f"{begins}-{part}", "") for part in DATE_PARTS]
    values, errors = {begins: typed_date(given) if any(given) else visit.today}, dict[str, str]()
    try:
        start: date | None = getattr(form.model_validate(values), begins)
    except ValidationError as wrong:
        start, errors = None, errors_of(wrong, form)
    questions = fields_of(form, values, errors)
    frame = visit.frame("launch", board_name, problems=problems_of(questions, errors))
    offered = methodologies(table)
    method = supposed(table, request.query_params.get("methodology", ""), offered)
    return visit.page(
        "timetable.html",
        frame,
        status=422 if errors else 200,
        choice=choice(board_name, type_),
        questions=questions,
        referred=form is AfterReferral,
        board_name=board(board_name).name.value,
        methodologies=offered,
        methodology=method,
        **(projected(board_name, type_, start, method) if start else {"rows": []}),
    )


def projected(board_name: str, type_: str, start: date, methodology: Methodology | None) -> dict[str, object]:
    """The timetable from a day on, the edition that holds on it, and how a row says where it is written."""
    profile = board(board_name)
    under = edition_for(profile, start)
    rows = timetable(board_name, type_, start, methodology=methodology)
    return {
        "rows": rows,
        "start": start,
        "edition": under.title,
        "where": partial(written, profile=profile, under=under),
    }


def supposed(table: Pipeline, asked: str, offered: Iterable[tuple[str, str]]) -> Methodology | None:
    """The methodology asked for, where it is one of those offered; else what the table of the type supposes."""
    said = next((spec.supposes["methodology"] for spec in table.stages if "methodology" in spec.supposes), None)
    chosen = asked if asked in dict(offered) else said
    return Methodology(chosen) if chosen else None
