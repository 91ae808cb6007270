"""How a letter of a board reads: with the data of a real review where there is one, else with made-up ones."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from pydantic import BaseModel, ValidationError
from sqlalchemy import select
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from casework.framework.profiles import board
from casework.letters.frames import Letter, letterhead_of
from casework.letters.letter_variables import VARIABLES, OfAction, OfStage, StageEnded
from casework.letters.listings import Digest
from casework.letters.naming import example
from casework.letters.own_words import OwnWords, is_of_a_board
from casework.letters.variables import OfReview, Variables
from casework.letters.writing import render, variables_of
from casework.outbox.payloads import ActionLetter, MovedDeadline, details_of
from casework.record.settings import Settings
from models.errors import LearningCycleError
from models.record import OutboxMessage
from models.review import Action, Review, Stage
from models.tables import table_of
from models.vocabulary import ActionState, StageState, Template

REVIEW, STAGE, ACTION = table_of(Review).c, table_of(Stage).c, table_of(Action).c


@dataclass(frozen=True)
class Preview:
    """A letter to look at: whether its data are real, and the reference of the one review they are of, if of one."""

    letter: Letter
    is_real: bool = False
    reference: str | None = None


def preview(
    session: Session, board_name: str, template: Template, own: OwnWords | None, *, settings: Settings, today: date
) -> Preview:
    """How a letter of this board reads in these words, today. Only its business manager may look."""
    if not is_of_a_board(template):
        return Preview(render(template, example(template)))
    real = real_variables(session, board_name, template, settings, today)
    shown = real or example(template, board=board(board_name).name.value)
    letter = render(template, without_answers(shown), letterhead=letterhead_of(session, board_name), own=own)
    return Preview(letter, real is not None, getattr(real, "reference", None))


def real_variables(
    session: Session, board_name: str, template: Template, settings: Settings, today: date
) -> Variables | None:
    """The variables of the latest such letter of this board, else of one that could be written now, if there is any."""
    for message in (
        latest_message(session, board_name, template),
        possible_message(session, board_name, template, today),
    ):
        if message is not None:
            try:
                return variables_of(session, message, settings=settings, today=today)[0]
            except (ValidationError, LearningCycleError):
                continue  # what it was about has changed so far that there is no such letter any more
    return None


def latest_message(session: Session, board_name: str, template: Template) -> OutboxMessage | None:
    """The newest letter of this kind about the board or a review of it."""
    theirs = (Review.board == board_name) | (OutboxMessage.board == board_name)
    of_board = select_rows(OutboxMessage).join(Review, isouter=True).where(theirs)
    wanted = of_board.where(OutboxMessage.template == template).order_by(col(OutboxMessage.id).desc()).limit(1)
    return session.exec(wanted).first()


def possible_message(session: Session, board_name: str, template: Template, today: date) -> OutboxMessage | None:
    """A letter that could be about the board's newest open stage, action or review; it is in no outbox."""
    found = subject_of(session, VARIABLES[template], board_name)
    at = datetime.combine(today, time(9), tzinfo=UTC)
    return (
        OutboxMessage(key="", template=template, person_id=0, queued_at=at, next_try_at=at, **found) if found else None
    )


def subject_of(session: Session, kind: type[Variables], board_name: str) -> dict[str, Any] | None:
    """What such a letter would be about: ids, and the details that it needs."""
    if issubclass(kind, (OfStage, StageEnded)):
        open_stage = (STAGE.board == board_name, STAGE.state == StageState.OPEN, STAGE.due_on.is_not(None))
        asked = select(STAGE.review_id, STAGE.id.label("stage_id"), STAGE.original_due_on).where(*open_stage)
        if found := session.execute(asked.order_by(STAGE.id.desc()).limit(1)).one_or_none():
            moved = details_of(Template.DEADLINE_MOVED, MovedDeadline(moved_from=found.original_due_on))
            return {"review_id": found.review_id, "stage_id": found.stage_id, "details": moved}
    elif issubclass(kind, OfAction):
        open_action = (REVIEW.board == board_name, ACTION.state == ActionState.OPEN)
        asked = select(ACTION.review_id, ACTION.number, ACTION.due_on).join(Review, REVIEW.id == ACTION.review_id)
        if found := session.execute(asked.where(*open_action).order_by(ACTION.id.desc()).limit(1)).one_or_none():
            told = details_of(Template.ACTION_ASSIGNED, ActionLetter(number=found.number, due=found.due_on))
            return {"review_id": found.review_id, "details": told}
    elif issubclass(kind, Digest):
        return {"board": board_name}
    elif issubclass(kind, OfReview):
        asked = select(REVIEW.id).where(REVIEW.board == board_name).order_by(REVIEW.id.desc()).limit(1)
        if found := session.execute(asked).one_or_none():
            return {"review_id": found.id}
    return None


def without_answers(shown: Variables) -> Variables:
    """The same with made-up links where real ones would let the reader answer in somebody else's name."""
    changed = {name: without_links(getattr(shown, name), shown.address) for name in type(shown).model_fields}
    return shown.model_copy(update=changed)


def without_links(value: Any, address: str) -> Any:
    """A value of a letter that opens nothing."""
    if isinstance(value, str) and value.startswith(f"{address}/answer/"):
        return f"{address}/answer/example"
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        return value.model_copy(update={each: without_links(getattr(value, each), address) for each in fields})
    if isinstance(value, (tuple, list)):
        return type(value)(without_links(each, address) for each in value)
    return value
