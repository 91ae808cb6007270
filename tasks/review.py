"""Carrying a review: all that the flows of the review types have in common."""

from functools import partial
from uuid import uuid4

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.flow_runs import suspend_flow_run
from prefect.runtime import task_run
from sqlmodel import Session, select

from casework.documents.work import WorkItem, do_work, is_live, record_trouble, reviews_with_work, work_of
from models.errors import NotFound
from models.record import Work
from models.tables import literally, table_of
from models.vocabulary import WorkState
from tasks.discretion import TaskFailed, discreetly
from tasks.installation import installation, now
from tasks.post import OUTBOX, deliver_letters, letters_due, reviews_with_letters_due
from tasks.runs import Carried, review_called

WORK = table_of(Work)
SECONDS_BETWEEN_TRIES = [1.0, 3.0]  # a thread waits meanwhile; longer waits are between runs


def carry(reference: str) -> None:
    """Do what the review's record asks for, then wait, holding no process, while people work.

    The record is the only memory: this may start again from the top at any moment, after any interruption. It
    returns when the review has ended. Work that arrives after the last look finds the run suspended, and the
    worker wakes it. Raises TaskFailed when a piece of work could not be done; the rest has been done then.
    """
    review = known_review(reference)
    sent = send_letters(review)
    while items := work_waiting(reference):
        do_all(items)
        sent = send_letters(review)
    if not sent:
        raise TaskFailed(f"{reference}: the letters could not be sent; it is tried again later.")
    if still_open(reference):
        suspend_flow_run(key=uuid4().hex, timeout=None)  # a fresh key: no earlier wake-up counts for this wait


def reviews_waiting(session: Session) -> list[Carried]:
    """The reviews whose run ought to be executed now: those for which something can be done, not only waits."""
    waiting = reviews_with_work(session, now())
    if not waiting:
        return []
    with_work = session.exec(select(Work.review_id).where(literally(WORK.c.state, WorkState.QUEUED))).all()
    able = {*with_work, *reviews_with_letters_due(session)}
    return [Carried(review.review_id, review.reference, review.type) for review in waiting if review.review_id in able]


def known_review(reference: str) -> Carried:
    """The review with this reference; raises NotFound."""
    with discreetly(reference), installation().store.reading() as session:
        review = review_called(session, reference)
    if review is None:
        raise NotFound(f"There is no review ‘{reference}’ in the database. Cancel this run; it cannot be carried.")
    return review


def work_waiting(reference: str) -> list[WorkItem]:
    """What is still to be done for a review."""
    with discreetly(reference), installation().store.reading() as session:
        return work_of(session, reference)


def still_open(reference: str) -> bool:
    """Whether anybody may still move the review."""
    with discreetly(reference), installation().store.reading() as session:
        return is_live(session, reference)


def send_letters(review: Carried) -> bool:
    """Deliver the review's letters, if any are due; False when that failed: it must not keep work from being done."""
    with discreetly(review.reference), installation().store.reading() as session:
        due = letters_due(session, OUTBOX.c.review_id == review.review_id)
    return not due or deliver_letters(review.reference, review.review_id, return_state=True).is_completed()


def do_all(items: list[WorkItem]) -> None:
    """Do each piece of work; raises TaskFailed at the end when one of them could not be done."""
    states = [do(item.id, item.stage or "review", item.kind.replace("-", " "), return_state=True) for item in items]
    if undone := sum(not state.is_completed() for state in states):
        raise TaskFailed(f"{undone} of {len(states)} pieces of work could not be done; it is tried again later.")


@task(
    name="work",
    task_run_name="{stage}: {kind}",
    retries=len(SECONDS_BETWEEN_TRIES),
    retry_delay_seconds=SECONDS_BETWEEN_TRIES,
    persist_result=False,
    cache_policy=NO_CACHE,  # the record says what is done; Prefect's own memory forgets with each release of ours
)
def do(work_id: int, stage: str, kind: str) -> None:
    """Do one piece of work, once: its effects and the mark that it is done are one transaction."""
    here = installation()
    with discreetly(f"{stage}: {kind}", tell=partial(keep_trouble, work_id)):
        do_work(here.store, work_id, settings=here.settings, now=now())


def keep_trouble(work_id: int, words: str) -> None:
    """Write on the work's row why it could not be done, after the last try of this run: the row counts runs."""
    if task_run.run_count > len(SECONDS_BETWEEN_TRIES):
        record_trouble(installation().store, work_id, words)
