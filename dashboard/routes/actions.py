"""Closing one action of a review with its evidence."""

from collections.abc import Mapping

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from pydantic import ValidationError
from starlette.responses import Response

from casework.actions import update
from dashboard.fields import fields_of
from dashboard.mistakes import errors_of, problems_of
from dashboard.plain import errors_of_refusal, in_words
from dashboard.posted import read_form
from dashboard.routes.finding import Seen, find, newest
from dashboard.security import Posted, Visiting
from dashboard.site import Number, Visit, see
from models.errors import InputError, MoveRefused, NotFound
from models.forms.learning import ActionUpdate

router = APIRouter()


@router.get("/reviews/{reference}/actions/{number}")
def action(visit: Visiting, reference: str, number: Number) -> HTMLResponse:
    """An action, and the form that closes it for whoever may."""
    return action_page(visit, seen_by(visit, reference), number, {}, {})


@router.post("/reviews/{reference}/actions/{number}")
def close(visit: Visiting, reference: str, number: Number, data: Posted) -> Response:
    """Close the action with its evidence."""
    seen = seen_by(visit, reference)
    values = read_form(ActionUpdate, data)
    try:
        ActionUpdate.model_validate(values)
        with visit.transaction() as session:
            update(session, reference, number, values, by=visit.person, now=visit.now, today=visit.today)
            return see(newest(session, reference))
    except ValidationError as wrong:
        errors = errors_of(wrong, ActionUpdate)
    except InputError as wrong:
        errors = errors_of_refusal(wrong, ActionUpdate)
    except MoveRefused as wrong:
        errors = {"": in_words(str(wrong))}
        seen = seen_by(visit, reference)
    return action_page(visit, seen, number, values, errors)


def seen_by(visit: Visit, reference: str) -> Seen:
    """The review as this person sees it."""
    with visit.reading() as session:
        return find(session, visit, reference)


def action_page(
    visit: Visit, seen: Seen, number: int, values: Mapping[str, object], errors: Mapping[str, str]
) -> HTMLResponse:
    """The page of one action; raises NotFound for one that this person does not see."""
    found = next(((each, owner) for each, owner in seen.view.actions if each.number == number), None)
    if found is None:
        raise NotFound(
            f"There is no action {number} in this review that is yours to see. Open it from the review’s page."
        )
    questions = fields_of(ActionUpdate, values, errors)
    frame = visit.frame("reviews", seen.board, problems=problems_of(questions, errors))
    return visit.page(
        "action.html", frame, status=422 if errors else 200, review=seen.view, action=found[0], owner=found[1],
        questions=questions, may_close=number in seen.powers.closes,
    )  # fmt: skip
