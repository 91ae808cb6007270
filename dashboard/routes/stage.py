"""The form of a stage: what is asked, what is known already, and what is refused, with everything typed kept."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ValidationError
from starlette.responses import Response

from casework.framework.pipelines import find_named_stage, find_stage
from casework.framework.principles import exit_items
from casework.framework.profiles import board
from casework.moves.prefilled_forms import known_already
from casework.quality.answers import answers_of, complete_with_answers, exit_questions, stands_already
from casework.reviews.glimpses import has_begun
from casework.views.review import StageView
from dashboard.fields import fields_of
from dashboard.mistakes import errors_of, problems_of
from dashboard.plain import errors_of_refusal
from dashboard.posted import another, read_form
from dashboard.presenters.advice import advice
from dashboard.presenters.history import titles_of
from dashboard.presenters.launching import not_asked
from dashboard.presenters.local import decisions, fitting, local
from dashboard.presenters.outcomes import read_first
from dashboard.presenters.outputs import asked_of_report, while_typed
from dashboard.presenters.owed import owed
from dashboard.presenters.recorded import recorded
from dashboard.presenters.registers import beside_stage
from dashboard.refusals import STATUSES
from dashboard.routes.finding import Seen, find, newest, permitted
from dashboard.security import Posted, Visiting
from dashboard.shapes import Local
from dashboard.site import Visit, see
from models.errors import InputError, MoveRefused, NotAllowed
from models.forms.base import Form
from models.forms.decision import Screening
from models.stage_name import StageName
from models.tables import id_of
from models.vocabulary import PublishedIn, ReviewState

router = APIRouter()
LOOKS_AT_ACTIONS = ("monitoring", "re-audit", "impact", "closure")


@dataclass(frozen=True)
class Typed:
    """What stands in the form, what is wrong with it, and for which rows another entry is wanted."""

    values: Mapping[str, object]
    errors: Mapping[str, str]
    another: str = ""
    status: int = 200


@router.get("/reviews/{reference}/stages/{name}")
def stage(visit: Visiting, reference: str, name: str) -> HTMLResponse:
    """The form of an open stage, with what is known already filled in."""
    with visit.reading() as session:
        seen = find(session, visit, reference)
        known = known_already(session, seen.view.review, seen.stage(name).name)
        answers = stands_already(answers_of(session, id_of(seen.view.review)), exit_items(seen.stage(name).key))
    return stage_page(visit, seen, name, Typed(known | answers, {}))


@router.post("/reviews/{reference}/stages/{name}")
def complete(visit: Visiting, reference: str, name: str, data: Posted) -> Response:
    """Complete the stage, or show the form again with what is wrong."""
    form, exits = form_of(visit, reference, name), exit_questions(StageName.read(name).key)
    values, answers = read_form(form, data), read_form(exits, data)
    typed = values | answers
    if more := another(data):
        return ask_again(visit, reference, name, Typed(typed, {}, more))
    if errors := unfit(form, values) | unfit(exits, answers):
        return ask_again(visit, reference, name, Typed(typed, errors, status=422))
    try:
        with visit.transaction() as session:
            moved = complete_with_answers(visit.act(session), reference, name, values, answers)
            return see(newest(session, moved.reference))  # another one's, if the review goes on as another type
    except (InputError, MoveRefused) as wrong:
        return ask_again(visit, reference, name, Typed(typed, {}, status=STATUSES[type(wrong)]), wrong)
    except NotAllowed:
        with visit.reading() as session:
            find(session, visit, reference).stage(name)  # to somebody who does not see the stage it is not there
        raise


def form_of(visit: Visit, reference: str, name: str) -> type[Form]:
    """The form of a stage that has been opened; raises what the review's page says of one that has not."""
    with visit.reading() as session:
        review, _ = permitted(session, visit, reference)
        if not has_begun(session, review.id, name):
            find(session, visit, reference).stage(name)
    return find_named_stage(review.type, name).form


def unfit(form: type[BaseModel], values: Mapping[str, object]) -> dict[str, str]:
    """What the form itself does not take, one sentence a field."""
    try:
        form.model_validate(values)
    except ValidationError as wrong:
        return errors_of(wrong, form)
    return {}


def ask_again(
    visit: Visit, reference: str, name: str, typed: Typed, wrong: InputError | MoveRefused | None = None
) -> HTMLResponse:
    """The form again: with a refusal beside it, or, where somebody was first, as what the page itself says of that."""
    with visit.reading() as session:
        seen = find(session, visit, reference)
    if wrong is not None:
        form = find_stage(seen.view.review.type, seen.stage(name).key).form
        typed = replace(typed, errors=errors_of_refusal(wrong, form, words_of(seen)))
    return stage_page(visit, seen, name, typed)


def words_of(seen: Seen) -> dict[str, str]:
    """What a refusal may name by its key: the stages of the review, and the decisions that its board can take."""
    return titles_of(seen.view) | decisions(board(seen.board))


def channels_of(seen: Seen) -> Local:
    """Where the board publishes such a review."""
    kind = board(seen.board).reviews[seen.view.review.type]
    return {PublishedIn: {each.value.value: each.value.label for each in kind.channels}}


def stage_page(visit: Visit, seen: Seen, name: str, typed: Typed) -> HTMLResponse:
    """The stage's form; or, where nothing can be entered, why not, with what was typed so that it is not lost."""
    found = seen.stage(name)
    form = find_stage(seen.view.review.type, found.key).form
    if not found.is_open or seen.view.review.state is ReviewState.HELD:
        return not_open(visit, seen, found, form, typed)
    if name not in seen.powers.completes:
        raise NotAllowed(
            f"‘{found.title}’ is for {found.owner}, the {found.role}, to complete. You can see it on the review’s page."
        )
    answers = fitting({**local(seen.board), **channels_of(seen)}, seen.view.review.referral)
    every = fields_of(form, typed.values, typed.errors, another=typed.another, local=answers)
    unasked = not_asked(seen.board) if form is Screening else set()
    asked = tuple(field for field in every if field.name not in unasked)
    questions = asked_of_report(asked, seen.view.review.facts)
    exits = fields_of(exit_questions(found.key), typed.values, typed.errors)
    with visit.reading() as session:
        beside = beside_stage(session, visit, seen.view, found.key)
        typing = while_typed(session, visit, seen.view, form, typed.values)
    frame = visit.frame("reviews", seen.board, problems=problems_of((*questions, *exits), typed.errors))
    return visit.page(
        "stage.html",
        frame,
        status=typed.status,
        review=seen.view,
        owed=owed(seen.view, found, seen.powers, visit.id),
        questions=questions,
        exits=exits,
        beside=beside,
        typing=typing,
        advice=advice(seen.view, found),
        read_first=read_first(seen.view, found),
        actions=seen.view.actions if name in LOOKS_AT_ACTIONS else (),
    )


def not_open(visit: Visit, seen: Seen, found: StageView, form: type[BaseModel], typed: Typed) -> HTMLResponse:
    """A stage that is completed, has ended, or waits because the review is on hold."""
    names = local(seen.board)
    kept = recorded(form, typed.values, names) if typed.status != 200 else ()
    return visit.page(
        "stage_closed.html",
        visit.frame("reviews", seen.board),
        status=typed.status,
        review=seen.view,
        stage=found,
        typed=kept,
        facts=recorded(form, found.outcome or {}, names),
    )
