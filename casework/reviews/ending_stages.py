"""Ending an open stage before it was done: no more reminders are sent, and everybody who had heard of it is told."""

from typing import Any

from sqlalchemy import select

from casework.outbox.queueing import queue_letter
from casework.reviews.case import STAGE, Case
from casework.reviews.opening_stages import DROP_LETTERS, DROP_NOTICES, LETTER
from models.vocabulary import ReviewEvent, StageState, Template


def end_stage(case: Case, stage: Any) -> None:
    """End an open stage; it can be opened again. A letter about it that has not left yet never does."""
    case.connection.execute(STAGE.update().where(STAGE.c.id == stage.id).values(state=StageState.ENDED))
    case.connection.execute(DROP_NOTICES, {"stage": stage.id})
    case.connection.execute(DROP_LETTERS, {"stage": stage.id})
    case.note_event(ReviewEvent.ENDED, stage.id)
    if has_heard(case, stage):
        queue_letter(
            case.session,
            key=f"{Template.STAGE_ENDED}:{stage.id}:{case.chain.length}",
            template=Template.STAGE_ENDED,
            person_id=stage.owner_id,
            now=case.now,
            review_id=case.id,
            stage_id=stage.id,
        )


def take_back(case: Case, key: str) -> None:
    """Make a stage wait again for what comes before it; what it recorded stays until it is completed once more."""
    rows = [one for one in case.stages if one.key == key and one.state is not StageState.ENDED]
    ended = STAGE.update().values(state=StageState.ENDED, closed_on=None, closed_by=None)
    for stage in rows:
        case.connection.execute(ended.where(STAGE.c.id == stage.id))
        case.connection.execute(DROP_NOTICES, {"stage": stage.id})
        case.connection.execute(DROP_LETTERS, {"stage": stage.id})
        case.taken_back.append(stage.name)
    case.reload_stages()


def has_heard(case: Case, stage: Any) -> bool:
    """Whether the owner of a stage was told of it."""
    told = select(LETTER.c.id).where(LETTER.c.stage_id == stage.id, LETTER.c.person_id == stage.owner_id).limit(1)
    return case.connection.execute(told).first() is not None
