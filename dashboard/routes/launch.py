"""Launching a review: choose board and type, enter the referral, see the timetable beforehand."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from datetime import date

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ValidationError
from pydantic import Field as Asked
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from casework.boards import board
from casework.launching import launch as launch_review
from casework.launching import profile_with
from casework.timetable import timetable
from dashboard.fields import Field, fields_of
from dashboard.mistakes import errors_of, problems_of
from dashboard.plain import errors_of_refusal
from dashboard.posted import another, read_form, text, typed_date
from dashboard.presenters.launching import choices
from dashboard.presenters.local import where
from dashboard.routes.finding import newest
from dashboard.security import Posted, Visiting
from dashboard.site import Visit, see
from models.errors import InputError, NotAllowed
from models.forms.base import Day
from models.forms.referral import Criteria, Referral
from models.profile import Kind
from models.record import Note

router = APIRouter()


class StartingFrom(BaseModel):
    """The day that a timetable is projected from."""

    notified_on: Day = Asked(title="When was, or will be, the board notified?")


@router.get("/launch")
def choose(visit: Visiting) -> HTMLResponse:
    """Which board, and which type."""
    if not visit.manages:
        raise NotAllowed("A review is launched by the board’s business manager. Send them the referral.")
    return visit.page("launch.html", visit.frame("launch"), boards=choices(visit.manages))


def kind_to_launch(visit: Visit, board_name: str, type_: str) -> Kind:
    """The type as the board runs it; raises NotFound, InputError or NotAllowed."""
    profile = profile_with(board_name, type_)
    if board_name not in visit.manages:
        raise NotAllowed(
            f"Only the business manager of {profile.name.value} launches a review there. Send them the referral."
        )
    return profile.reviews[type_]


@router.get("/launch/{board_name}/{type_}")
def ask(visit: Visiting, board_name: str, type_: str) -> HTMLResponse:
    """Ask for the referral."""
    kind_to_launch(visit, board_name, type_)
    return referral_page(visit, board_name, type_, {}, {})


@router.post("/launch/{board_name}/{type_}")
def launch(visit: Visiting, board_name: str, type_: str, data: Posted) -> Response:
    """Launch the review, or show the referral again with what is wrong."""
    kind_to_launch(visit, board_name, type_)
    values, once = read_form(Referral, data), text(data, "once")
    if more := another(data):
        return referral_page(visit, board_name, type_, values, {}, more, once)
    try:
        referral = Referral.model_validate(values)
        with visit.transaction() as session:
            return see(newest(session, launched_once(session, visit, board_name, type_, referral, once)))
    except ValidationError as wrong:
        errors = errors_of(wrong, Referral)
    except InputError as wrong:
        errors = errors_of_refusal(wrong, Referral)
    return referral_page(visit, board_name, type_, values, errors, once=once)


def launched_once(session: Session, visit: Visit, board_name: str, type_: str, referral: Referral, once: str) -> str:
    """The reference of the review launched by this page of the form, however often it is sent with these answers."""
    answers = hashlib.sha256(f"{visit.id} {once} {referral.model_dump_json()}".encode()).hexdigest()
    note = f"launch {answers[:32]}"
    if made := session.get(Note, note):
        return made.value
    moved = launch_review(session, board_name, type_, referral, by=visit.person, now=visit.now, today=visit.today)
    session.add(Note(key=note, value=moved.reference))
    return moved.reference


def referral_page(
    visit: Visit, board_name: str, type_: str, values: Mapping[str, object], errors: Mapping[str, str],
    more: str = "", once: str = "",
) -> HTMLResponse:  # fmt: skip
    """The form of the referral; `once` tells this page of it from every other."""
    questions = in_reading_order(fields_of(Referral, values, errors, another=more))
    frame = visit.frame("launch", board_name, problems=problems_of(questions, errors))
    return visit.page(
        "referral.html", frame, status=422 if errors else 200, kind=board(board_name).reviews[type_],
        board_name=board(board_name).name.value, questions=questions, here=f"/launch/{board_name}/{type_}",
        once=once or secrets.token_hex(16),
    )  # fmt: skip


def in_reading_order(questions: Iterable[Field]) -> tuple[Field, ...]:
    """The notification and what happened first, then the criteria, the agencies last."""

    def place(field: Field) -> int:
        return 2 if field.kind == "rows" else int(field.name in Criteria.model_fields)

    return tuple(sorted(questions, key=place))


@router.get("/launch/{board_name}/{type_}/timetable")
def preview(visit: Visiting, request: Request, board_name: str, type_: str) -> HTMLResponse:
    """The projected timetable: every stage, supposing that each ends on its deadline."""
    kind = kind_to_launch(visit, board_name, type_)
    given = [request.query_params.get(f"notified_on-{part}", "") for part in ("day", "month", "year")]
    typed = typed_date(given) if any(given) else visit.today
    errors: dict[str, str] = {}
    try:
        start: date | None = StartingFrom.model_validate({"notified_on": typed}).notified_on
    except ValidationError as wrong:
        start, errors = None, errors_of(wrong, StartingFrom)
    questions = fields_of(StartingFrom, {"notified_on": typed}, errors)
    frame = visit.frame("launch", board_name, problems=problems_of(questions, errors))
    return visit.page(
        "timetable.html", frame, status=422 if errors else 200, kind=kind, start=start, questions=questions,
        board_name=board(board_name).name.value, here=f"/launch/{board_name}/{type_}",
        rows=timetable(board_name, type_, start) if start else [], where=where,
    )  # fmt: skip
