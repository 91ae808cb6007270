"""Taking back what stands in an e-mail that nobody has begun to send: it has not been said."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, or_, select

from casework.outbox import awaited_answers
from casework.outbox.batches import in_batches
from casework.outbox.due_notices import ACTION, NOTICE, STAGE
from casework.outbox.queueing import MESSAGE, OUTBOX
from casework.record.inserting import once
from models.notice import Occasion
from models.tables import table_of
from models.vocabulary import TO_BE_SENT

OCCASION = table_of(Occasion)
PLANNED = ("stage_id", "action_id", "task_kind", "task_id", "rung", "on_day")
UNSENT = (MESSAGE.state.in_(TO_BE_SENT), MESSAGE.possibly_repeated.is_(False))


def retract(connection: Connection, *which: ColumnElement[bool]) -> list[Row[Any]]:
    """Forget what these e-mails were to say and have not said, as when a deadline moves: it can come back."""
    found = connection.execute(
        select(*OCCASION.c["id", *PLANNED])
        .join(OUTBOX, MESSAGE.id == OCCASION.c.message_id)
        .where(*UNSENT, *which)
        .order_by(MESSAGE.id)
        .with_for_update(of=OUTBOX)
    ).all()
    for lot in in_batches(row.id for row in found):
        connection.execute(delete(OCCASION).where(OCCASION.c.id.in_(lot)))
    return list(found)


def say_later(connection: Connection, *which: ColumnElement[bool]) -> None:
    """Have what has not been said come again on its planned day, to the person it concerns by then."""
    rows = [{name: getattr(row, name) for name in PLANNED} for row in retract(connection, *which)]
    if rows:
        connection.execute(once(connection, NOTICE), rows)


def of_review(review_id: int) -> ColumnElement[bool]:
    """What is sent about a review, and is not sent while it is on hold."""
    stages = select(STAGE.c.id).where(STAGE.c.review_id == review_id)
    actions = select(ACTION.c.id).where(ACTION.c.review_id == review_id)
    asked_for = awaited_answers.of_review(OCCASION, review_id)
    return or_(OCCASION.c.stage_id.in_(stages), OCCASION.c.action_id.in_(actions), *asked_for)
