"""Which Prefect run carries a review, and which worker is executing it: the rows of `Run`.

A worker that executes a run vouches for it, again and again, for a short while to come. A worker that finds that a
worker is dead, or has stopped vouching, may take the run over; one transaction decides between two who try.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select, update

from casework.record.workers import known_to_be_gone
from models.record import Run
from models.review import Review, Stage
from models.vocabulary import LIVE, StageState

CLAIM_HOLDS_FOR = timedelta(seconds=20)


@dataclass(frozen=True)
class ReviewToRun:
    """A review that has, or is to have, a run. `type` names its flow."""

    review_id: int
    reference: str
    type: str


def claim_run(session: Session, review_id: int, *, worker: str, now: datetime) -> str | None:
    """Claim a review's run for `worker`: its Prefect id, "" when it has none yet, None when another has it."""
    run = session.get(Run, review_id, with_for_update=True)
    if run is None:
        run = Run(review_id=review_id, flow_run_id="")
    elif run.worker not in (None, worker) and not claim_has_lapsed(run, now):
        return None
    run.worker, run.vouched_until = worker, now + CLAIM_HOLDS_FOR
    session.add(run)
    return run.flow_run_id


def claim_has_lapsed(run: Run, now: datetime) -> bool:
    """Whether nobody is executing a run although a worker's name stands on it."""
    vouched = run.vouched_until is not None and run.vouched_until > now
    return run.worker is not None and (not vouched or known_to_be_gone(run.worker))


def record_run(session: Session, review_id: int, flow_run_id: str) -> None:
    """Keep the Prefect id of the run that carries a review from now on."""
    session.exec(update(Run).where(col(Run.review_id) == review_id).values(flow_run_id=flow_run_id))


def renew_claims(session: Session, review_ids: Collection[int], *, worker: str, now: datetime) -> None:
    """Say that `worker` is alive and still executing the runs of these reviews."""
    mine = (col(Run.worker) == worker) & col(Run.review_id).in_(review_ids)
    session.exec(update(Run).where(mine).values(vouched_until=now + CLAIM_HOLDS_FOR))


def release_claim(session: Session, review_id: int, *, worker: str, ended: bool) -> None:
    """Give a review's run back; when it has ended, nothing of it is kept."""
    mine = (col(Run.review_id) == review_id) & (col(Run.worker) == worker)
    if ended:
        session.exec(delete(Run).where(mine))
    else:
        session.exec(update(Run).where(mine).values(worker=None, vouched_until=None))


def left_by_dead_workers(session: Session, now: datetime) -> list[ReviewToRun]:
    """The reviews whose run was being executed by a worker that is dead or has fallen silent."""
    executing = session.exec(select(Run).where(col(Run.worker).is_not(None))).all()
    return reviews_to_run(session, [run.review_id for run in executing if claim_has_lapsed(run, now)])


def ended_but_waiting(session: Session) -> list[ReviewToRun]:
    """The reviews that have ended, with nothing owed any more, while their run still waits."""
    owed = select(Stage.review_id).where(Stage.state == StageState.OPEN)
    ended = select(Run.review_id).join(Review).where(col(Review.state).not_in(LIVE), col(Run.review_id).not_in(owed))
    return reviews_to_run(session, session.exec(ended).all())


def reviews_to_run(session: Session, review_ids: Sequence[int]) -> list[ReviewToRun]:
    """These reviews with what is needed to start their runs."""
    rows = select(Review.id, Review.reference, Review.type).where(col(Review.id).in_(review_ids))
    return [ReviewToRun(*row) for row in session.exec(rows).all()]


def review_with_reference(session: Session, reference: str) -> ReviewToRun | None:
    """The review with this reference."""
    row = session.exec(select(Review.id).where(Review.reference == reference)).first()
    return reviews_to_run(session, [row])[0] if row is not None else None
