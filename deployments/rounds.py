"""The runs that the calendar asks for, and those that somebody started by hand in Prefect."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.states import Crashed
from sqlmodel import Session

from casework.outbox import rounds
from casework.record.store import Store
from casework.record.workers import is_a_worker_of_ours, known_to_be_gone
from casework.reviews.case import no_such_review
from deployments.execution import NotCarriedOut, execute, skip
from deployments.registry import Registered
from models.record import Run
from tasks.installation import now
from tasks.review import of_another_type
from tasks.runs import ReviewToRun, review_with_reference

LONGEST_ROUND = timedelta(hours=1)
LONGEST_PENDING = timedelta(minutes=1)  # our own workers begin what they have taken within a second
LEFT_TO_PREFECT = timedelta(minutes=10)


def due_runs(client: SyncPrefectClient, known: Registered) -> list[FlowRun]:
    """Our runs that ought to have started by now, oldest first. Raises ObjectNotFound when the pool is unknown."""
    answers = client.get_scheduled_flow_runs_for_work_pool(known.pool, scheduled_before=now())
    ours = [answer.flow_run for answer in answers if answer.flow_run.deployment_id in known.flows]
    return sorted(ours, key=lambda run: run.expected_start_time or now())


def newest_of_each(client: SyncPrefectClient, runs: Iterable[FlowRun]) -> list[FlowRun]:
    """One run a deployment: a round does all that is due, so of several that came late the newest is enough."""
    by_deployment: defaultdict[UUID | None, list[FlowRun]] = defaultdict(list)
    for run in runs:
        by_deployment[run.deployment_id].append(run)
    for late in by_deployment.values():
        for run in late[:-1]:
            skip(client, run.id, "A later run of the same round does its work too.")
    return [late[-1] for late in by_deployment.values()]


def do_round(client: SyncPrefectClient, *, known: Registered, run: FlowRun, worker: str) -> None:
    """Execute one round; raises NotCarriedOut when it did not end well, so that it waits before it is made up for."""
    state = execute_once(client, known=known, run=run, worker=worker)
    if state is not None and not state.is_completed():
        raise NotCarriedOut(f"{known.name_of(run)}: its run ended as {state.name}.")


def execute_once(client: SyncPrefectClient, *, known: Registered, run: FlowRun, worker: str) -> State | None:
    """Execute a run with our name on it, so that it can be told when we have died over it; the state it came to."""
    assert run.deployment_id is not None
    client.update_flow_run(run.id, infrastructure_pid=worker)
    return execute(client, run.id, known.flows[run.deployment_id])


def start_round(client: SyncPrefectClient, *, known: Registered, name: str, worker: str) -> None:
    """Do a round now, whatever the calendar says."""
    run = client.create_flow_run_from_deployment(known.ids[name])
    do_round(client, known=known, run=run, worker=worker)


def missed(session: Session, instant: datetime) -> list[str]:
    """The rounds that were not made when they were last due: the product, or its Prefect server, did not run then.

    For ten minutes that is left to Prefect's own schedule.
    """
    return [one.name for one in rounds.missed_rounds(rounds.last_beats(session), instant - LEFT_TO_PREFECT)]


def crash_orphans(client: SyncPrefectClient, known: Registered) -> None:
    """Mark as crashed the rounds that nobody executes any more, so that their limit of one does not stop the next."""
    executing = FlowRunFilter(
        deployment_id=FlowRunFilterDeploymentId(any_=list(known.executed_once)),
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.PENDING, StateType.RUNNING])),
    )
    for run in client.read_flow_runs(flow_run_filter=executing):
        if is_orphan(run, now()):
            client.set_flow_run_state(run.id, Crashed(message="Its worker has died."), force=True)


def is_orphan(run: FlowRun, instant: datetime) -> bool:
    """Whether nobody can be executing a round any more, or a worker that is not ours has taken it and not begun."""
    worker = run.infrastructure_pid or ""
    waited = instant - run.state.timestamp if run.state is not None else timedelta(0)
    not_begun = run.state is not None and run.state.is_pending() and not is_a_worker_of_ours(worker)
    return waited > (LONGEST_PENDING if not_begun else LONGEST_ROUND) or known_to_be_gone(worker)


def reviews_to_carry(
    client: SyncPrefectClient, store: Store, known: Registered, runs: Iterable[FlowRun]
) -> list[ReviewToRun]:
    """The reviews whose own run is scheduled; runs that belong to no review, or come second, are taken off."""
    found = []
    for run in runs:
        with store.transaction() as session:
            review = review_with_reference(session, str(run.parameters.get("reference")))
            why_not = refusal(review, run, known)
            if review is not None and not why_not:
                why_not = adopt(session, review, str(run.id))
        if review is None or why_not:
            skip(client, run.id, why_not)
        else:
            found.append(review)
    return found


def refusal(review: ReviewToRun | None, run: FlowRun, known: Registered) -> str:
    """Why a run cannot carry the review that its reference names; "" where it can."""
    if review is None:
        return str(no_such_review(str(run.parameters.get("reference"))))
    return "" if known.name_of(run) == review.type else of_another_type(review)


def adopt(session: Session, review: ReviewToRun, flow_run_id: str) -> str:
    """Make a scheduled run the review's own if it has none yet; otherwise, why the run is not needed."""
    run = session.get(Run, review.review_id)
    if run is None:
        session.add(Run(review_id=review.review_id, flow_run_id=flow_run_id))
    elif run.worker is None and run.flow_run_id != flow_run_id:
        return "Another run carries this review."
    return ""
