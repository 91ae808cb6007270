"""The period for which a published report stays readily accessible."""

from datetime import date, datetime

from sqlmodel import Session, col, select

from casework.moves.completing import close
from casework.outbox.heartbeats import record_heartbeat
from casework.outbox.queueing import queue_letter
from casework.record.act import Act
from casework.record.store import Store
from casework.reviews.case import Case, load, store
from models.review import Publication, Review
from models.vocabulary import Template


def end_periods(store_: Store, *, today: date, now: datetime) -> int:
    """End every publication period that is over: each review in a transaction of its own; returns how many."""
    with store_.reading() as session:
        over = due_periods(session, today)
    for reference in over:
        with store_.transaction() as session:
            end_period(Act(session, None, now, today), reference)
    with store_.transaction() as session:
        record_heartbeat(session, "end-publication", now, f"{len(over)} periods ended on {today.isoformat()}")
    return len(over)


def due_periods(session: Session, today: date) -> list[str]:
    """The references of the reviews whose report has been up for the whole period."""
    return list(
        session.exec(
            select(Review.reference)
            .join(Publication, col(Publication.review_id) == col(Review.id))
            .where(col(Publication.keep_until) < today, col(Publication.on_request_since).is_(None))
            .order_by(col(Publication.keep_until))
        )
    )


def end_period(act: Act, reference: str) -> None:
    """From now on the report is available on request; the stage ends automatically, and the manager is told once."""
    case = load(act, reference)
    published = act.session.exec(select(Publication).where(Publication.review_id == case.id)).one()
    if published.on_request_since is not None:
        return
    published.on_request_since = act.today
    act.session.add(published)
    act.session.flush()
    for stage in case.open_stages():
        if case.pipeline.by_key[stage.key].of_itself:
            close(case, stage, {"on_request_since": act.today.isoformat()}, None)
            tell_publication_ended(case, stage.id, stage.owner_id)
    detail = {"keep_until": published.keep_until.isoformat() if published.keep_until else None}
    store(case, "publication period ended", None, detail=detail)


def tell_publication_ended(case: Case, stage_id: int, person_id: int) -> None:
    """Put the e-mail that says so into the outbox."""
    queue_letter(
        case.session,
        key=f"{Template.PUBLICATION_ENDED}:{case.id}",
        template=Template.PUBLICATION_ENDED,
        person_id=person_id,
        now=case.now,
        review_id=case.id,
        stage_id=stage_id,
    )
