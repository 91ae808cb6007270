"""What Prefect carries out after a move: each event once, its effects and its mark "done" in one transaction."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, case, or_, select, update
from sqlmodel import Session
from sqlmodel import select as find

from casework.documents.preparing import ToMake, prepare_document
from casework.record.settings import Settings
from casework.record.store import Store
from models.errors import NotFound
from models.record import OutboxMessage, Work
from models.review import Review, Stage
from models.tables import literally, table_of
from models.vocabulary import LIVE, MessageState, ReviewEvent, StageState, WorkState

REVIEW, STAGE, WORK, OUTBOX = table_of(Review), table_of(Stage), table_of(Work), table_of(OutboxMessage)
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

QUEUED = (
    select(*WORK.c["id", "kind", "stage_id", "review_id"])
    .join(REVIEW, REVIEW.c.id == WORK.c.review_id)
    .where(REVIEW.c.reference == bindparam("reference"), literally(WORK.c.state, WorkState.QUEUED))
    .order_by(WORK.c.id)
)
STAGES = select(STAGE.c.id, STAGE.c.key).where(STAGE.c.review_id == bindparam("review_id")).order_by(STAGE.c.id)
DONE = (
    update(WORK)
    .where(WORK.c.id == bindparam("work_id"), WORK.c.state == WorkState.QUEUED)
    .values(state=WorkState.DONE, done_at=bindparam("now"), trouble=None)
)


@dataclass(frozen=True, slots=True)
class WaitingReview:
    """A review for which there is something to do now."""

    review_id: int
    reference: str
    type: str


@dataclass(frozen=True, slots=True)
class WorkItem:
    """What a move did, still to be carried out: to which stage, by its key, or to the review as a whole.

    Of a stage that several agencies have each for itself, `number` says which of how many (`of`) it is: Prefect is not
    told whose.
    """

    id: int
    event: ReviewEvent
    stage: str | None
    number: int = 1
    of: int = 1

    def __str__(self) -> str:
        """Such as "agency-report: opened (3 of 5)"."""
        which = f" ({self.number} of {self.of})" if self.of > 1 else ""
        return f"{self.stage or 'review'}: {self.event.label.lower()}{which}"


def reviews_with_work(session: Session, now: datetime) -> list[WaitingReview]:
    """The reviews with work queued or fresh messages; messages that wait for longer are the scheduled round's."""
    found = session.connection().execute(WAITING, {"fresh_since": now - FRESH})
    return [WaitingReview(*row) for row in found]


def work_of(session: Session, reference: str) -> list[WorkItem]:
    """What is queued for a review, oldest first."""
    found = session.connection().execute(QUEUED, {"reference": reference}).all()
    places = places_of_stages(session, found[0].review_id) if found else {}
    return [WorkItem(row.id, row.kind, *places.get(row.stage_id, (None,))) for row in found]


def places_of_stages(session: Session, review_id: int) -> dict[int, tuple[str, int, int]]:
    """Of each stage of a review its key, which of that key it is, and how many there are: 3 of 5 agencies' reports."""
    stages = session.connection().execute(STAGES, {"review_id": review_id}).all()
    of, seen, places = Counter(stage.key for stage in stages), Counter[str](), {}
    for stage in stages:
        seen[stage.key] += 1
        places[stage.id] = (stage.key, seen[stage.key], of[stage.key])
    return places


def do_work(store: Store, work_id: int, wanted: ToMake | None = None, *, settings: Settings, now: datetime) -> bool:
    """Carry out one event: make the document that is wanted of its stage, if any; False when it has been done already.

    What takes long is done first, from what can be read; its result and the mark "done" are one short transaction.
    """
    with store.reading() as session:
        work = session.get(Work, work_id)
        if work is None or work.state is not WorkState.QUEUED:
            return False
        made = prepare_document(session, stage_of(session, work), wanted, settings, now) if wanted else None
    with store.transaction() as session:
        if session.connection().execute(DONE, {"work_id": work_id, "now": now}).rowcount == 0:
            return False
        if made is not None:
            session.add(made)
    return True


def stage_of(session: Session, work: Work) -> Stage:
    """The stage that something happened to; raises NotFound for what happened to the review as a whole."""
    stage = session.get(Stage, work.stage_id) if work.stage_id is not None else None
    if stage is None:
        raise NotFound(f"Work {work.id} ({work.kind}) names no stage. Have no document follow: it belongs to a stage.")
    return stage


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
