"""What can be answered by a link: for each kind of task the forms there are, and the one function that each goes to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from casework import actions
from casework.actions.table import MOVES, may_do
from casework.framework.pipelines import find_stage
from casework.links.link_tasks import AskedTask
from casework.meetings import answering
from casework.moves.completing import complete_stage
from casework.record.act import Act
from casework.requests import contributions, draft_terms, promised_dates
from casework.reviews.case import load
from casework.reviews.uploads import TAKES_FILES, keep_upload
from casework.validation.reading import read
from models.action import Action
from models.answering import Contribution, TermsReply
from models.forms.answering import FiveQuestions, Later, TermsAnswer
from models.forms.base import Form
from models.forms.meeting import Coming
from models.meeting import Attendance
from models.review import Stage
from models.vocabulary import ActionMove, TaskKind

LATER = "later"
Row = TypeVar("Row")
MOVES_BY_LINK = (ActionMove.PROGRESS, ActionMove.EVIDENCE, ActionMove.ASSURANCE)


@dataclass(frozen=True)
class AnswerAct:
    """The act of answering, with the file that came along, by its name and content."""

    act: Act
    file: tuple[str, bytes] | None = None


@dataclass(frozen=True)
class AnswerForm:
    """One way to answer: what is asked, and what is done with it.

    `once` says that the answer uses the link up, so that nobody to whom it was forwarded answers after it.
    """

    key: str
    form: type[Form]
    do: Callable[[AnswerAct, AskedTask, Mapping[str, Any]], object]
    takes_file: bool = False
    once: bool = False


def every_way(asking: AskedTask) -> tuple[AnswerForm, ...]:
    """All the ways in which a task of this kind is answered, the usual one first."""
    return WAYS[asking.task.kind](asking)


def answer_forms_of(act: Act, asking: AskedTask) -> tuple[AnswerForm, ...]:
    """Those in which this one can be answered now: to an action not everything can be done at all times."""
    if asking.task.kind is not TaskKind.ACTION:
        return every_way(asking)
    case = load(act, asking.review.reference, lock=False)
    may = may_do(case, row_as(Action, asking), act.person)
    return tuple(way for way in every_way(asking) if way.key in may)


def of_report(asking: AskedTask) -> tuple[AnswerForm, ...]:
    """The report itself, with the file that the agency signed; or when it will come."""
    stage = row_as(Stage, asking)
    form = find_stage(asking.review.type, stage.key).form
    takes_file = stage.key in TAKES_FILES
    return (AnswerForm("report", form, complete_by_link, takes_file), AnswerForm(LATER, Later, promise_report))


def complete_by_link(given: AnswerAct, asking: AskedTask, data: Mapping[str, Any]) -> None:
    """Keep the file, and complete the stage with what was typed: both or neither."""
    reference, name = asking.review.reference, row_as(Stage, asking).name
    if given.file is not None:
        keep_upload(given.act, reference, name, *given.file)
    complete_stage(given.act, reference, name, data)


def promise_report(given: AnswerAct, asking: AskedTask, data: Mapping[str, Any]) -> None:
    """Say when it will come."""
    promised_dates.promise_report(given.act, asking.review.reference, row_as(Stage, asking).name, data)


def of_action(_: AskedTask) -> tuple[AnswerForm, ...]:
    """What its owner does to an action."""
    evidence = ActionMove.EVIDENCE
    return tuple(
        AnswerForm(kind.value, MOVES[kind].form, moving_an_action(kind), kind is evidence) for kind in MOVES_BY_LINK
    )


def moving_an_action(kind: ActionMove) -> Callable[[AnswerAct, AskedTask, Mapping[str, Any]], object]:
    """What does one thing to an action."""

    def do(given: AnswerAct, asking: AskedTask, data: Mapping[str, Any]) -> None:
        number = row_as(Action, asking).number
        actions.move_action(given.act, asking.review.reference, number, kind, data, file=given.file)

    return do


def of_invitation(_: AskedTask) -> tuple[AnswerForm, ...]:
    """Whether they come; they may think better of it until it begins."""
    return (AnswerForm("coming", Coming, answer_invitation),)


def answer_invitation(given: AnswerAct, asking: AskedTask, data: Mapping[str, Any]) -> None:
    """Put on record whether somebody comes to a meeting."""
    form, number = read(Coming, data), row_as(Attendance, asking).id
    assert number is not None
    answering.answer_invitation(given.act, number, form.response, form.why_not)


def of_terms(_: AskedTask) -> tuple[AnswerForm, ...]:
    """Agree the draft, or comment on it."""
    return (AnswerForm("terms", TermsAnswer, reply_to_terms, once=True),)


def reply_to_terms(given: AnswerAct, asking: AskedTask, data: Mapping[str, Any]) -> None:
    """Put what somebody says to a draft on record."""
    draft_terms.record_reply(given.act, asking.review.reference, row_as(TermsReply, asking).number, data)


def of_contribution(_: AskedTask) -> tuple[AnswerForm, ...]:
    """The five questions."""
    return (AnswerForm("questions", FiveQuestions, answer_five_questions, once=True),)


def answer_five_questions(given: AnswerAct, asking: AskedTask, data: Mapping[str, Any]) -> None:
    """Put a practitioner's answers on record."""
    number = row_as(Contribution, asking).number
    contributions.record_contribution(given.act, asking.review.reference, number, data)


def row_as(table: type[Row], asking: AskedTask) -> Row:
    """The row that a task is about, as what its kind says it is."""
    assert isinstance(asking.row, table)
    return asking.row


WAYS: Mapping[TaskKind, Callable[[AskedTask], tuple[AnswerForm, ...]]] = {
    TaskKind.REPORT: of_report,
    TaskKind.ACTION: of_action,
    TaskKind.INVITATION: of_invitation,
    TaskKind.TERMS: of_terms,
    TaskKind.CONTRIBUTION: of_contribution,
}
