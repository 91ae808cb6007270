"""Who takes part in a review: the list, somebody new, and one thing at a time about each."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from starlette.responses import Response

from casework.record.act import Act
from casework.registers.participation import PARTS, invite_participant, on_record, participants_of, take_down
from casework.requests.contributions import may_read_contributions
from casework.reviews.case import load
from dashboard.presenters.history import success
from dashboard.presenters.participation import nobody_yet, participation, tally_in_words
from dashboard.routes.recording import Question, answer, ask, whole
from dashboard.security import Posted, Visiting
from dashboard.site import Number
from models.errors import NotFound
from models.forms.participation import Invited
from models.tables import id_of

router = APIRouter()
BACK = ("participation", "Who takes part")
NEW = Question(
    "Put a person who takes part on record",
    Invited,
    "participation/add",
    BACK,
    ("They may be invited later, or not at all: say so in their answer. Nothing in the review waits for it.",),
)


@router.get("/reviews/{reference}/participation")
def everybody(visit: Visiting, reference: str, entry: int | None = None) -> HTMLResponse:
    """Everybody who was invited, and what came of it."""
    with visit.reading() as session:
        seen = whole(session, visit, reference)
        found = participants_of(session, id_of(seen.view.review))
        case = load(Act(session, None, visit.now, visit.today), reference, lock=False)
    frame = visit.frame("reviews", seen.board, success(seen.view, entry, visit.id))
    return visit.page(
        "participation.html",
        frame,
        review=seen.view,
        people=participation(found),
        may_record=seen.powers.records,
        said=tally_in_words(found),
        nobody_yet=nobody_yet(found),
        parts=PARTS,
        reads_contributions=may_read_contributions(case, visit.person),
    )


@router.get("/reviews/{reference}/participation/add")
def ask_whom(visit: Visiting, reference: str) -> HTMLResponse:
    """Ask who is invited."""
    with visit.reading() as session:
        seen = whole(session, visit, reference)
    return ask(visit, seen, NEW, {}, {})


@router.post("/reviews/{reference}/participation/add")
def add(visit: Visiting, reference: str, data: Posted) -> Response:
    """Put them on record."""
    return answer(
        visit,
        reference,
        NEW,
        data,
        lambda session, values: invite_participant(visit.act(session), reference, values),
    )


@router.get("/reviews/{reference}/participation/{number}/{part}")
def ask_part(visit: Visiting, reference: str, number: Number, part: str) -> HTMLResponse:
    """Ask one thing about somebody, with what stands there already."""
    with visit.reading() as session:
        seen = whole(session, visit, reference)
        found = next(
            (each for each in participants_of(session, id_of(seen.view.review)) if each.number == number), None
        )
    if found is None:
        raise NotFound(f"There is nobody with number {number} in this register. Open it from the review’s page.")
    return ask(visit, seen, question_of(number, part, found.known_as), on_record(found, part), {})


@router.post("/reviews/{reference}/participation/{number}/{part}")
def record_part(visit: Visiting, reference: str, number: Number, part: str, data: Posted) -> Response:
    """Record it."""
    return answer(
        visit,
        reference,
        question_of(number, part, ""),
        data,
        lambda session, values: take_down(visit.act(session), reference, number, part, values),
    )


def question_of(number: int, part: str, known_as: str) -> Question:
    """The form of one part; raises NotFound."""
    if part not in PARTS:
        raise NotFound("There is no such thing to record. Open the register from the review’s page.")
    whose = f"{PARTS[part].title}: {known_as}" if known_as else PARTS[part].title
    return Question(whose, PARTS[part].form, f"participation/{number}/{part}", BACK)
