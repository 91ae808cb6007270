"""The actions: all that are under way, one with its record, and what is done to it."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from pydantic import ValidationError
from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from casework.actions import move_action, record_of
from casework.actions.table import MOVES
from casework.people.directory import names
from dashboard.fields import ASKS_FOR_FILE, Field, fields_of
from dashboard.mistakes import errors_of, problems_of
from dashboard.plain import errors_of_refusal
from dashboard.posted import read_form
from dashboard.presenters.action_moves import ASKS, set_by_hand, title_of, told
from dashboard.presenters.actions import about, first_of, stands, tag, turn
from dashboard.presenters.history import success
from dashboard.presenters.outputs import near_action
from dashboard.routes.finding import Seen, check_sees, find, newest
from dashboard.security import Posted, Visiting
from dashboard.site import Number, Visit, see
from models.action import Action
from models.errors import InputError, MoveRefused, NotAllowed, NotFound
from models.vocabulary import ActionMove

router = APIRouter()


@dataclass(frozen=True)
class Typed:
    """What stands in the form of a move, and what is wrong with it."""

    values: Mapping[str, object]
    errors: Mapping[str, str]
    status: int = 200


@router.get("/reviews/{reference}/actions/{number}")
def action(visit: Visiting, reference: str, number: Number, entry: int | None = None) -> HTMLResponse:
    """An action with its record; `entry` is the number of what the person has just done, to say so."""
    with visit.reading() as session:
        seen = find(session, visit, reference)
        found, owner = seen_action(seen, number)
        entries = record_of(session, found)
        people = names(session, {each.by_id for each in entries})
        near = near_action(session, visit, seen.view, found)
    review, may = seen.view.review, seen.powers.acts.get(number, ())
    files = {each.id: each.file_name for each in seen.view.documents if each.id in seen.view.evidence_files}
    record = told(entries, people, {number: name for number, name in files.items() if number is not None})
    first = first_of(may, found, visit.today, visit.id)
    return visit.page(
        "action.html",
        visit.frame("reviews", seen.board, success(seen.view, entry, visit.id)),
        review=seen.view,
        action=found,
        about=about(found, owner),
        tag=tag(found, review.board, visit.today),
        stands=stands(found),
        turn=turn(found, owner, review.board, review.type),
        record=record,
        near=near,
        ask=ASKS[first] if first else None,
        steers=seen.powers.steers,
        by_hand=set_by_hand(record) if found.override else None,
        first=first,
        questions=questions(visit, first, Typed({}, {})) if first else (),
        others=[(each, title_of(each, found)) for each in may if each is not first],
    )


@router.get("/reviews/{reference}/actions/{number}/{way}")
def ask(visit: Visiting, reference: str, number: Number, way: str) -> HTMLResponse:
    """Ask what has to be known to do this to the action."""
    kind = move_called(way)
    with visit.reading() as session:
        seen = find(session, visit, reference)
    seen_action(seen, number)
    if kind not in seen.powers.acts.get(number, ()):
        raise NotAllowed("You cannot do that to this action now. Its page shows what you can do.")
    return move_page(visit, seen, number, kind, Typed({}, {}))


@router.post("/reviews/{reference}/actions/{number}/{way}")
def do(visit: Visiting, reference: str, number: Number, way: str, data: Posted) -> Response:
    """Do it, or show the form again with what is wrong."""
    kind = move_called(way)
    check_sees(visit, reference)
    form = MOVES[kind].form
    values = read_form(form, data)
    try:
        form.model_validate(values)
        with visit.transaction() as session:
            move_action(visit.act(session), reference, number, kind, values, file=file_in(data))
            entry = newest(session, reference).partition("?")[2]
            return see(f"/reviews/{reference}/actions/{number}?{entry}")
    except ValidationError as wrong:
        typed = Typed(values, errors_of(wrong, form), 422)
    except InputError as wrong:
        typed = Typed(values, errors_of_refusal(wrong, form), 422)
    except MoveRefused as wrong:
        typed = Typed(values, errors_of_refusal(wrong, form), 409)
    except (NotAllowed, NotFound):
        with visit.reading() as session:
            seen_action(find(session, visit, reference), number)  # to somebody who does not see it it is not there
        raise
    with visit.reading() as session:
        seen = find(session, visit, reference)
    return move_page(visit, seen, number, kind, typed)


def move_called(way: str) -> ActionMove:
    """The move of this name; raises NotFound."""
    if way not in list(ActionMove):
        raise NotFound("You cannot do that to an action. Open its page, and choose there.")
    return ActionMove(way)


def seen_action(seen: Seen, number: int) -> tuple[Action, str]:
    """An action with its owner's name; raises NotFound for one that this person does not see."""
    for each, owner in seen.view.actions:
        if each.number == number:
            return each, owner
    raise NotFound(f"There is no action {number} in this review that you can see. Open it from the review’s page.")


def file_in(data: FormData) -> tuple[str, bytes] | None:
    """The name and the content of the file sent, if one was."""
    file = data.get("file")
    return (file.filename, file.file.read()) if isinstance(file, UploadFile) and file.filename else None


def questions(visit: Visit, kind: ActionMove, typed: Typed) -> tuple[Field, ...]:
    """What a move asks: the day is today unless it is that of the evidence, for which a file can be given."""
    form = MOVES[kind].form
    known = {form.done_on: visit.today} if form.done_on and kind is not ActionMove.EVIDENCE else {}
    asked = fields_of(form, typed.values or known, typed.errors)
    if kind is not ActionMove.EVIDENCE:
        return asked
    return (
        *asked,
        Field(
            "file", "A file that shows it", ASKS_FOR_FILE, "file", error=typed.errors.get("file", ""), required=False
        ),
    )


def move_page(visit: Visit, seen: Seen, number: int, kind: ActionMove, typed: Typed) -> HTMLResponse:
    """The page that asks for one move."""
    found, owner = seen_action(seen, number)
    asked = questions(visit, kind, typed)
    frame = visit.frame("reviews", seen.board, problems=problems_of(asked, typed.errors))
    return visit.page(
        "action_move.html",
        frame,
        status=typed.status,
        review=seen.view,
        action=found,
        owner=owner,
        kind=kind,
        ask=ASKS[kind],
        questions=asked,
        tag=tag(found, seen.view.review.board, visit.today),
        stands=stands(found),
    )
