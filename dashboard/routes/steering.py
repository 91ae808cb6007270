"""Steering a review that is under way: hold, resume, extend, hand over, withdraw, go on as another type."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from pydantic import ValidationError
from starlette.responses import Response

from casework.framework.pipelines import pipeline
from casework.framework.profiles import board
from casework.registers.parallel import processes_of
from casework.views.standing import state_in_words
from dashboard.addresses import address_of
from dashboard.fields import Field, fields_of
from dashboard.mistakes import errors_of, problems_of
from dashboard.plain import errors_of_refusal
from dashboard.posted import read_form
from dashboard.presenters.history import titles_of
from dashboard.presenters.steering import WAYS, WAYS_OF_A_STAGE, Steered, Way
from dashboard.routes.finding import Seen, check_sees, find, newest
from dashboard.security import Posted, Visiting
from dashboard.shapes import Option
from dashboard.site import Visit, see
from models.errors import InputError, MoveRefused, NotAllowed, NotFound
from models.parallel import ParallelProcess
from models.tables import id_of

router = APIRouter()


@router.get("/reviews/{reference}/steer/{way}")
def ask(visit: Visiting, reference: str, way: str) -> HTMLResponse:
    """Say what will happen, and ask what has to be known."""
    return asking(visit, reference, way_called(way), f"steer/{way}", "", {}, {})


@router.post("/reviews/{reference}/steer/{way}")
def steer(visit: Visiting, reference: str, way: str, data: Posted) -> Response:
    """Do it."""
    found = way_called(way)
    return doing(visit, reference, found, f"steer/{way}", "", read_form(found.form, data))


@router.get("/reviews/{reference}/stages/{name}/{way}")
def ask_of_stage(visit: Visiting, reference: str, name: str, way: str) -> HTMLResponse:
    """The same for one stage: a later deadline, or another owner."""
    return asking(visit, reference, way_called(way, WAYS_OF_A_STAGE), f"stages/{name}/{way}", name, {}, {})


@router.post("/reviews/{reference}/stages/{name}/{way}")
def steer_stage(visit: Visiting, reference: str, name: str, way: str, data: Posted) -> Response:
    """Do it to the stage."""
    found = way_called(way, WAYS_OF_A_STAGE)
    return doing(visit, reference, found, f"stages/{name}/{way}", name, read_form(found.form, data))


def way_called(way: str, ways: Mapping[str, Way] = WAYS) -> Way:
    """A way to steer; raises NotFound."""
    if way not in ways:
        raise NotFound("There is no such way to steer a review: open its page, and choose there.")
    return ways[way]


def doing(visit: Visit, reference: str, way: Way, path: str, stage: str, values: dict[str, object]) -> Response:
    """Do it, or show the form again with what is wrong."""
    check_sees(visit, reference)
    try:
        form = way.form.model_validate(values)
        with visit.transaction() as session:
            moved = way.do(Steered(visit.act(session), reference, stage), form)
            return see(newest(session, moved.reference))
    except ValidationError as wrong:
        errors = errors_of(wrong, way.form)
    except (InputError, MoveRefused) as wrong:
        with visit.reading() as session:
            seen = find(session, visit, reference)
        errors = errors_of_refusal(wrong, way.form, titles_of(seen.view))
    return asking(visit, reference, way, path, stage, values, errors)


def asking(
    visit: Visit,
    reference: str,
    way: Way,
    path: str,
    stage: str,
    values: Mapping[str, object],
    errors: Mapping[str, str],
) -> HTMLResponse:
    """The page of one way to steer."""
    with visit.reading() as session:
        seen = find(session, visit, reference)
        processes = processes_of(session, id_of(seen.view.review))
    if not seen.powers.steers:
        raise NotAllowed(
            "Only the board’s business manager and its independent chair can steer a review. Ask one of them."
        )
    if seen.view.review.state not in way.while_:
        raise MoveRefused(
            f"{reference} is {state_in_words(seen.view.review.state).lower()}, so you cannot do that to it now."
        )
    stands = way.stands(seen.view) if way.stands else ""
    asked = (with_processes(with_types(field, seen), processes) for field in fields_of(way.form, values, errors))
    questions = tuple(field for field in asked if field is not None)
    frame = visit.frame("reviews", seen.board, problems=problems_of(questions, errors))
    return visit.page(
        "steer.html",
        frame,
        status=422 if errors else 200,
        review=seen.view,
        way=way,
        questions=questions,
        stage=seen.stage(stage) if stage else None,
        stands=stands,
        action=f"{address_of(reference)}/{path}",
    )


def with_types(field: Field, seen: Seen) -> Field:
    """The question for a type offers those of the board that begin alike, under its own names."""
    if field.name != "type":
        return field
    kinds = board(seen.board).reviews
    own, begins = seen.view.review.type, pipeline(seen.view.review.type).first.form
    others = [key for key in kinds if key != own and pipeline(key).first.form is begins]
    return replace(field, kind="choice", options=tuple(Option(key, kinds[key].name) for key in others))


def with_processes(field: Field, processes: Sequence[ParallelProcess]) -> Field | None:
    """The question for a process offers those that still run; without any it is not asked."""
    if field.name != "process":
        return field
    options = tuple(
        Option(str(each.number), f"{each.kind.label} ({each.number})") for each in processes if each.ended_on is None
    )
    return replace(field, kind="choice", options=options) if options else None
