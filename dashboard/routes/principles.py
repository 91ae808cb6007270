"""How a review meets the principles and the quality markers: all of them on one page, answered group by group."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from starlette.responses import Response

from casework.framework.principles import GROUPS, ITEMS
from casework.people.directory import names
from casework.quality.answers import answer as answer_questions
from casework.quality.answers import answers_of, questions_of_group, stands_already
from dashboard.presenters.history import success, titles_of
from dashboard.presenters.principles import answered_in_words, checklist
from dashboard.routes.recording import Question, answer, ask, whole
from dashboard.security import Posted, Visiting
from models.tables import id_of

router = APIRouter()
BACK = ("principles", "Principles and quality markers")
ABOUT = ("You do not have to answer any of these now. A new answer is shown beside the earlier one.",)


@router.get("/reviews/{reference}/principles")
def principles(visit: Visiting, reference: str, entry: int | None = None) -> HTMLResponse:
    """All principles and markers: where the review stands, who said so and when."""
    with visit.reading() as session:
        seen = whole(session, visit, reference)
        answers = answers_of(session, id_of(seen.view.review))
        people = names(session, (each.by for each in answers.values()))
    frame = visit.frame("reviews", seen.board, success(seen.view, entry, visit.id))
    return visit.page(
        "principles.html",
        frame,
        review=seen.view,
        groups=checklist(answers, people, titles_of(seen.view)),
        said=answered_in_words(answers),
        may_record=seen.powers.records,
    )


@router.get("/reviews/{reference}/principles/{group}")
def ask_group(visit: Visiting, reference: str, group: str) -> HTMLResponse:
    """Ask about one group, with the answers that count now."""
    question = question_of(group)
    with visit.reading() as session:
        seen = whole(session, visit, reference)
        known = stands_already(answers_of(session, id_of(seen.view.review)), ITEMS)
    return ask(visit, seen, question, known, {})


@router.post("/reviews/{reference}/principles/{group}")
def answer_group(visit: Visiting, reference: str, group: str, data: Posted) -> Response:
    """Record the answers."""
    return answer(
        visit,
        reference,
        question_of(group),
        data,
        lambda session, values: answer_questions(visit.act(session), reference, values),
    )


def question_of(group: str) -> Question:
    """The form of one group; raises NotFound."""
    form = questions_of_group(group)
    return Question(dict(GROUPS)[group], form, f"principles/{group}", BACK, ABOUT, "Record the answers")  # type: ignore[index]
