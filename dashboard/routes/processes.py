"""Parallel processes of a review: linked, updated, ended."""

from collections.abc import Mapping

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from sqlmodel import Session
from starlette.responses import Response

from casework.registers import parallel
from dashboard.presenters.history import success
from dashboard.presenters.processes import processes_in_words
from dashboard.routes.recording import Doing, Question, answer, ask, whole
from dashboard.security import Posted, Visiting
from dashboard.site import Number, Visit
from models.errors import NotFound
from models.forms.parallel import Ended, Linked
from models.parallel import ParallelProcess
from models.tables import id_of

router = APIRouter()
BACK = ("processes", "What runs beside the review")
NEW = Question(
    "Link a parallel process",
    Linked,
    "processes/add",
    BACK,
    ("Linking it does not move any deadline. If the review has to wait for it, put the review on hold as well.",),
    "Link it",
)


@router.get("/reviews/{reference}/processes")
def processes(visit: Visiting, reference: str, entry: int | None = None) -> HTMLResponse:
    """All of them, with what may not be disclosed."""
    with visit.reading() as session:
        seen = whole(session, visit, reference)
        found = parallel.processes_of(session, id_of(seen.view.review))
    frame = visit.frame("reviews", seen.board, success(seen.view, entry, visit.id))
    return visit.page(
        "processes.html",
        frame,
        review=seen.view,
        may_record=seen.powers.records,
        processes=processes_in_words(found, seen.view.holds, visit.today),
        may_resume=seen.powers.steers,
    )


@router.get("/reviews/{reference}/processes/add")
def ask_which(visit: Visiting, reference: str) -> HTMLResponse:
    """Ask what it is."""
    with visit.reading() as session:
        seen = whole(session, visit, reference)
    return ask(visit, seen, NEW, {}, {})


@router.post("/reviews/{reference}/processes/add")
def link(visit: Visiting, reference: str, data: Posted) -> Response:
    """Link it."""
    return answer(
        visit,
        reference,
        NEW,
        data,
        lambda session, values: parallel.link_process(visit.act(session), reference, values),
    )


@router.get("/reviews/{reference}/processes/{number}/{way}")
def ask_of_one(visit: Visiting, reference: str, number: Number, way: str) -> HTMLResponse:
    """Ask what is known of it now, or when it ended."""
    question = question_of(number, way)
    with visit.reading() as session:
        seen = whole(session, visit, reference)
        found = one(session, id_of(seen.view.review), number)
    known = {name: value for name in Linked.model_fields if (value := getattr(found, name)) is not None}
    return ask(visit, seen, question, known if way == "update" else {}, {})


@router.post("/reviews/{reference}/processes/{number}/{way}")
def record_of_one(visit: Visiting, reference: str, number: Number, way: str, data: Posted) -> Response:
    """Record it."""
    return answer(visit, reference, question_of(number, way), data, doing(visit, reference, number, way))


def doing(visit: Visit, reference: str, number: int, way: str) -> Doing:
    """What is done with the answers."""
    move = parallel.update_process if way == "update" else parallel.end_process

    def do(session: Session, values: Mapping[str, object]) -> None:
        move(visit.act(session), reference, number, values)

    return do


def question_of(number: int, way: str) -> Question:
    """The form of one way; raises NotFound."""
    path = f"processes/{number}/{way}"
    if way == "update":
        return Question("Update a parallel process", Linked, path, BACK)
    if way == "end":
        about = ("A review that is on hold for it does not resume automatically.",)
        return Question("A parallel process is over", Ended, path, BACK, about, "Record that it is over")
    raise NotFound("There is no such thing to record of a process. Open it from the review’s page.")


def one(session: Session, review_id: int, number: int) -> ParallelProcess:
    """One of them; raises NotFound."""
    found = next((each for each in parallel.processes_of(session, review_id) if each.number == number), None)
    if found is None:
        raise NotFound(f"There is no parallel process {number} in this review. Open it from the review’s page.")
    return found
