"""What letters are about: a review, or one of its stages, and what they may know of it."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, select
from sqlmodel import Session

from casework.store import remembered
from models.record import OutboxMessage
from models.review import Agency, Review, Stage
from models.tables import table_of

REVIEW, STAGE, AGENCY = table_of(Review).c, table_of(Stage).c, table_of(Agency).c
THESE: BindParameter[int] = bindparam("these", expanding=True)
OF_REVIEW = (REVIEW.reference, REVIEW.board, REVIEW.type)
OF_STAGE = (
    *(STAGE.name.label("stage_name"), AGENCY.name.label("agency"), STAGE.state, STAGE.owner_id),
    *(STAGE.due_on, STAGE.last_safe_on, STAGE.rule, STAGE.basis, STAGE.trigger, STAGE.trigger_on),
    STAGE.original_due_on,
)
# built once: they are asked for every letter
REVIEWS = select(REVIEW.id, *OF_REVIEW).where(REVIEW.id.in_(THESE))
STAGES = (
    select(STAGE.id, *OF_REVIEW, *OF_STAGE)
    .select_from(
        table_of(Stage).join(table_of(Review), REVIEW.id == STAGE.review_id)
        .outerjoin(table_of(Agency), AGENCY.id == STAGE.agency_id)
    )
    .where(STAGE.id.in_(THESE))
)  # fmt: skip


def about(session: Session, message: OutboxMessage) -> Mapping[str, Any]:
    """What a letter may know of the stage that it is about, or else of its review; nothing where it has neither."""
    question, number = which(message)
    if number is None:
        return {}
    return remembered(session, (question, number), lambda: ask(session, question, {number})[0])


def look_up(session: Session, messages: Iterable[OutboxMessage]) -> None:
    """Ask at once what all of these are about; a session that only looks remembers it."""
    found = [which(message) for message in messages]
    for question in (REVIEWS, STAGES):
        if numbers := {number for asked, number in found if asked is question and number is not None}:
            for row in ask(session, question, numbers):
                remembered(session, (question, row["id"]), row.copy)


def which(message: OutboxMessage) -> tuple[Select[Any], int | None]:
    """The question after what a message is about, and the number to ask for."""
    return (STAGES, message.stage_id) if message.stage_id is not None else (REVIEWS, message.review_id)


def ask(session: Session, question: Select[Any], numbers: set[int]) -> list[dict[str, Any]]:
    """What is known of the reviews, or the stages, of these numbers."""
    return [dict(row) for row in session.execute(question, {"these": sorted(numbers)}).mappings()]
