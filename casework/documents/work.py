"""The work that Prefect does for a review: each piece once, its effects and its mark "done" in one transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, case, or_, select, update
from sqlmodel import Session, col
from sqlmodel import select as find

from casework.documents.preparing import prepare_document
from casework.record.settings import Settings
from casework.record.store import Store
from models.record import OutboxMessage, Work
from models.review import Document, Review, Stage
from models.tables import literally, table_of
from models.vocabulary import LIVE, MessageState, Preparation, StageState, WorkState

REVIEW, WORK, OUTBOX = table_of(Review), table_of(Work), table_of(OutboxMessage)
MOST_TRIES = 60  # about an hour of failing runs
FRESH = timedelta(seconds=30)

WAITING = (
    select(REVIEW.c.id, REVIEW.c.reference, REVIEW.c.type)
    .where(
        or_(
            REVIEW.c.id.in_(select(WORK.c.review_id).where(literally(WORK.c.state, WorkState.QUEUED))),
            REVIEW.c.id.in_(
                select(OUTBOX.c.review_id).where(
                    OUTBOX.c.state == MessageState.QUEUED, OUTBOX.c.queued_at > bindparam("fresh_since")
                )
            ),
        )
    )
    .order_by(REVIEW.c.id)
)

DONE = (
    update(WORK)
    .where(WORK.c.id == bindparam("work_id"), WORK.c.state == WorkState.QUEUED)
    .values(state=WorkState.DONE, done_at=bindparam("now"), trouble=None)
)

Doing = Callable[[Session, Work, Settings, datetime], Document]
TO_DO: dict[str, Doing] = {kind.value: prepare_document for kind in Preparation}


@dataclass(frozen=True, slots=True)
class WaitingReview:
    """A review for which there is something to do now."""

    review_id: int
    reference: str
    type: str


@dataclass(frozen=True, slots=True)
class WorkItem:
    """A piece of work: its kind, and the stage it is for."""

    id: int
    kind: str
    stage: str | None


def reviews_with_work(session: Session, now: datetime) -> list[WaitingReview]:
    """The reviews with work queued or fresh messages; messages that wait for longer are the scheduled round's."""
    found = session.connection().execute(WAITING, {"fresh_since": now - FRESH})
    return [WaitingReview(*row) for row in found]


def work_of(session: Session, reference: str) -> list[WorkItem]:
    """What is queued for a review, oldest first."""
    found = (
        find(Work.id, Work.kind, Stage.name)
        .join(Review, col(Review.id) == col(Work.review_id))
        .outerjoin(Stage, col(Stage.id) == col(Work.stage_id))
        .where(Review.reference == reference, Work.state == WorkState.QUEUED)
        .order_by(col(Work.id))
    )
    return [WorkItem(number, kind, stage) for number, kind, stage in session.exec(found) if number is not None]


def do_work(store: Store, work_id: int, *, settings: Settings, now: datetime) -> bool:
    """Do one piece of work; False when it has been done already.

    What takes long is done first, from what can be read; its result and the mark "done" are one short transaction.
    """
    with store.reading() as session:
        work = session.get(Work, work_id)
        if work is None or work.state is not WorkState.QUEUED:
            return False
        result = TO_DO[work.kind](session, work, settings, now)
    with store.transaction() as session:
        if session.connection().execute(DONE, {"work_id": work_id, "now": now}).rowcount == 0:
            return False
        session.add(result)
    return True


def record_trouble(store: Store, work_id: int, words: str) -> None:
    """Keep what went wrong; after too many tries the work has failed, which the dashboard shows."""
    tries = WORK.c.tries + 1
    given_up = case((tries >= MOST_TRIES, WorkState.FAILED), else_=WorkState.QUEUED)
    with store.transaction() as session:
        session.connection().execute(
            update(WORK)
            .where(WORK.c.id == work_id, WORK.c.state == WorkState.QUEUED)
            .values(tries=tries, trouble=words[:500], state=given_up)
        )


def is_live(session: Session, reference: str) -> bool:
    """Whether anything can still happen to a review: it is live, or a stage of it is still owed."""
    review = session.exec(find(Review).where(Review.reference == reference)).one()
    owed = find(Stage.id).where(Stage.review_id == review.id, Stage.state == StageState.OPEN)
    return review.state in LIVE or session.exec(owed).first() is not None
