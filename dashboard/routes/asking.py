"""Asking people who have no account: a draft of the terms of reference goes round, practitioners are asked for theirs.

Whatever is asked here goes out by e-mail, each with a link that opens it for one person.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ValidationError
from sqlmodel import Session
from starlette.responses import Response

from casework.people.directory import names
from casework.record.act import Act
from casework.requests.contributions import ask_questions, check_may_read, contributions_of, not_asked_yet
from casework.requests.draft_terms import TERMS, asked_before, circulate_terms, circulations
from casework.reviews.case import Case, load
from casework.reviews.permissions import Sight
from dashboard.addresses import address_of
from dashboard.fields import fields_of
from dashboard.mistakes import errors_of, problems_of
from dashboard.plain import errors_of_refusal
from dashboard.posted import another, read_form
from dashboard.presenters.asked import contributed, drafts
from dashboard.presenters.history import success
from dashboard.routes.finding import Seen, check_sees, newest
from dashboard.routes.recording import whole
from dashboard.security import Posted, Visiting
from dashboard.site import Visit, see
from models.errors import InputError, MoveRefused
from models.forms.answering import QuestionsAsked, TermsCirculated
from models.people import Person
from models.tables import id_of
from models.vocabulary import LIVE, ReviewState

router = APIRouter()


@dataclass(frozen=True)
class Page:
    """One thing that people are asked: its form, what sends it, who may look, what is to be seen, whom to ask next."""

    name: str
    form: type[BaseModel]
    do: Callable[..., object]
    check: Callable[[Case, Person], None]
    found: Callable[[Session, int], list[Any]]
    may_ask: Callable[[Seen], bool]
    next: Callable[[Session, int], list[dict[str, str]]]


@dataclass(frozen=True)
class Typed:
    """What stands in the form, what is wrong with it, and for which rows another entry is wanted."""

    values: Mapping[str, object]
    errors: Mapping[str, str]
    another: str = ""
    status: int = 200


def everybody(_: Case, __: Person) -> None:
    """Only those who see all of a review may look."""


def answers(session: Session, review_id: int) -> list[Any]:
    """What practitioners answered."""
    rows = contributions_of(session, review_id)
    called = names(session, {row.person_id for row in rows})
    return [contributed(called[row.person_id], row) for row in rows]


TERMS_PAGE = Page(
    "terms",
    TermsCirculated,
    circulate_terms,
    everybody,
    lambda session, number: drafts(circulations(session, number)),
    lambda seen: TERMS in seen.powers.completes and seen.view.review.state is not ReviewState.HELD,
    asked_before,
)
QUESTIONS_PAGE = Page(
    "contributions",
    QuestionsAsked,
    ask_questions,
    check_may_read,
    answers,
    lambda seen: seen.view.review.state in LIVE and seen.view.review.state is not ReviewState.HELD,
    not_asked_yet,
)


@router.get("/reviews/{reference}/terms")
def terms(visit: Visiting, reference: str, entry: int | None = None) -> HTMLResponse:
    """The drafts that went round, what was said to them, and the form to send another."""
    return show(visit, reference, TERMS_PAGE, None, entry)


@router.post("/reviews/{reference}/terms")
def send_terms(visit: Visiting, reference: str, data: Posted) -> Response:
    """Send a draft round."""
    return send(visit, reference, TERMS_PAGE, data)


@router.get("/reviews/{reference}/contributions")
def contributions(visit: Visiting, reference: str, entry: int | None = None) -> HTMLResponse:
    """What practitioners were asked and answered: only for the lead reviewer and the business manager."""
    return show(visit, reference, QUESTIONS_PAGE, None, entry)


@router.post("/reviews/{reference}/contributions")
def send_questions(visit: Visiting, reference: str, data: Posted) -> Response:
    """Ask practitioners the five questions."""
    return send(visit, reference, QUESTIONS_PAGE, data)


def send(visit: Visit, reference: str, page: Page, data: Posted) -> Response:
    """Ask, or show the form again with what is wrong."""
    check_sees(visit, reference, (Sight.ALL,))
    with visit.reading() as session:
        page.check(load(visit.act(session), reference, lock=False), visit.person)
    values = read_form(page.form, data)
    if more := another(data):
        return show(visit, reference, page, Typed(values, {}, more))
    try:
        page.form.model_validate(values)
        with visit.transaction() as session:
            page.do(visit.act(session), reference, values)
            number = newest(session, reference).partition("?")[2]
            return see(f"{address_of(reference)}/{page.name}?{number}")
    except ValidationError as wrong:
        typed = Typed(values, errors_of(wrong, page.form), status=422)
    except InputError as wrong:
        typed = Typed(values, errors_of_refusal(wrong, page.form), status=422)
    except MoveRefused as wrong:
        typed = Typed(values, errors_of_refusal(wrong, page.form), status=409)
    return show(visit, reference, page, typed)


def seen_whole(visit: Visit, reference: str, page: Page) -> tuple[Seen, list[Any], list[dict[str, str]]]:
    """A review that this person sees all of, with what was asked in it, and whom to ask next.

    Raises NotFound or NotAllowed.
    """
    with visit.reading() as session:
        seen = whole(session, visit, reference)
        page.check(load(Act(session, None, visit.now, visit.today), reference, lock=False), visit.person)
        number = id_of(seen.view.review)
        return seen, page.found(session, number), page.next(session, number)


def show(visit: Visit, reference: str, page: Page, typed: Typed | None, entry: int | None = None) -> HTMLResponse:
    """The page; its form begins with those to be asked next."""
    seen, found, people = seen_whole(visit, reference, page)
    typed = typed or Typed({"people": people}, {})
    questions = fields_of(page.form, typed.values, typed.errors, another=typed.another)
    done = success(seen.view, entry, visit.id)
    frame = visit.frame("reviews", seen.board, done, problems_of(questions, typed.errors))
    return visit.page(
        f"{page.name}.html",
        frame,
        status=typed.status,
        review=seen.view,
        found=found,
        questions=questions,
        may_ask=page.may_ask(seen),
        steers=seen.powers.steers,
        here=address_of(reference),
    )
