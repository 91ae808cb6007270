"""What the pages of a review's registers have in common: who opens them, how a form is asked and answered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ValidationError
from sqlmodel import Session, select
from starlette.datastructures import FormData
from starlette.responses import Response

from casework.reviews.permissions import Sight
from dashboard.addresses import address_of
from dashboard.fields import fields_of
from dashboard.mistakes import errors_of, problems_of
from dashboard.plain import errors_of_refusal
from dashboard.posted import another, read_form
from dashboard.routes.finding import Seen, check_sees, find, not_there
from dashboard.shapes import Option
from dashboard.site import Visit, see
from models.errors import InputError, MoveRefused, NotAllowed
from models.review import Review

Doing = Callable[[Session, Mapping[str, object]], object]


@dataclass(frozen=True)
class Question:
    """A form of a register: its title, what is to be known before, and where it is sent and left, below the review.

    `choices` are the answers to questions that depend on the review, such as its people.
    """

    title: str
    form: type[BaseModel]
    path: str
    back: tuple[str, str]
    about: tuple[str, ...] = ()
    button: str = "Record this"
    choices: Mapping[str, tuple[Option, ...]] = field(default_factory=dict)


def whole(session: Session, visit: Visit, reference: str) -> Seen:
    """A review of which this person sees everything; raises NotFound."""
    seen = find(session, visit, reference)
    if seen.how_much is not Sight.ALL:
        raise not_there(reference)
    return seen


def ask(
    visit: Visit,
    seen: Seen,
    question: Question,
    values: Mapping[str, object],
    errors: Mapping[str, str],
    status: int = 200,
    one_more: str = "",
) -> HTMLResponse:
    """The page of a question, with one more row of `one_more`; raises NotAllowed for anybody who may not record it."""
    if not seen.powers.records:
        raise NotAllowed(
            "Only the board’s business manager, its independent chair and the lead reviewer can record this, as "
            "long as the review has not been withdrawn or gone on as another type. Ask one of them."
        )
    every = fields_of(question.form, values, errors, another=one_more)
    asked = tuple(replace(each, options=question.choices.get(each.name, each.options)) for each in every)
    frame = visit.frame("reviews", seen.board, problems=problems_of(asked, errors))
    here = address_of(seen.view.review.reference)
    return visit.page(
        "record.html", frame, status=status, review=seen.view, question=question, questions=asked, here=here
    )


def answer(
    visit: Visit,
    reference: str,
    question: Question,
    data: FormData,
    do: Doing,
    filled: Callable[[Session], Question] | None = None,
) -> Response:
    """Do it and go back to the register, or show the form again with what is wrong.

    `filled` gives the question with the choices that it offers in this review; they are needed only to show it.
    """
    check_sees(visit, reference, (Sight.ALL,))
    values = read_form(question.form, data)

    def again(errors: Mapping[str, str], status: int = 200, one_more: str = "") -> HTMLResponse:
        with visit.reading() as session:
            seen, shown = whole(session, visit, reference), filled(session) if filled else question
        return ask(visit, seen, shown, values, errors, status, one_more)

    if one_more := another(data):
        return again({}, one_more=one_more)
    try:
        question.form.model_validate(values)
        with visit.transaction() as session:
            do(session, values)
            return see(back(session, reference, question))
    except ValidationError as wrong:
        return again(errors_of(wrong, question.form), 422)
    except InputError as wrong:
        return again(errors_of_refusal(wrong, question.form), 422)
    except MoveRefused as wrong:
        return again(errors_of_refusal(wrong, question.form), 409)


def back(session: Session, reference: str, question: Question) -> str:
    """The register's page, saying what was done by the number of the newest entry in the history."""
    number = session.exec(select(Review.journal_length).where(Review.reference == reference)).one()
    return f"{address_of(reference)}/{question.back[0]}?entry={number}"
