"""Executing Prefect runs within this process: no new interpreter, no second of start-up for each."""

from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import State
from prefect.client.schemas.responses import SetStateStatus
from prefect.exceptions import Abort, ObjectNotFound, Pause
from prefect.states import AwaitingRetry, Cancelled, Pending, Scheduled

from casework.record.store import Store
from deployments.registry import AnyFlow, Registered
from tasks.installation import now
from tasks.prefect_internals import run_here
from tasks.runs import ReviewToRun, claim_run, record_run, release_claim


class NotCarriedOut(Exception):
    """Raised when a run could not be executed to its end or to its next wait; it is tried again."""


def execute(client: SyncPrefectClient, flow_run_id: UUID, flow: AnyFlow) -> State | None:
    """Execute a scheduled run in this thread, until it ends or suspends.

    Returns the state it came to; None when it suspended, or when another worker or a limit kept it from starting.
    """
    if client.set_flow_run_state(flow_run_id, Pending()).status is not SetStateStatus.ACCEPT:
        return None
    try:
        return run_here(flow, client.read_flow_run(flow_run_id))
    except (Abort, Pause):
        return None


def carry_review(client: SyncPrefectClient, store: Store, known: Registered, review: ReviewToRun, worker: str) -> None:
    """See to it that a review's run is executed now, by us or by a living worker that has it already."""
    with store.transaction() as session:
        flow_run_id = claim_run(session, review.review_id, worker=worker, now=now())
    if flow_run_id is None:
        return
    ended = False
    try:
        ready = make_ready(client, known.ids[review.type], review.reference, flow_run_id)
        with store.transaction() as session:
            record_run(session, review.review_id, str(ready))
        state = execute(client, ready, known.flows[known.ids[review.type]])
        ended = state is not None and state.is_completed()
        if state is not None and not ended:
            raise NotCarriedOut(f"{review.reference}: its run ended as {state.name}.")
    finally:
        with store.transaction() as session:
            release_claim(session, review.review_id, worker=worker, ended=ended)


def make_ready(client: SyncPrefectClient, deployment_id: UUID, reference: str, flow_run_id: str) -> UUID:
    """Bring a review's run, which nobody is executing, to be scheduled for now; the id of it or of its successor."""
    state = state_of(client, flow_run_id)
    if state is None or state.is_completed() or state.is_cancelled():
        return client.create_flow_run_from_deployment(deployment_id, parameters={"reference": reference}).id
    if state.is_paused():  # as its own "resume" does, which on SQLite now and then fails: "database is locked"
        client.set_flow_run_state(UUID(flow_run_id), Scheduled(name="Resuming", scheduled_time=now()))
    elif not state.is_scheduled():
        client.set_flow_run_state(UUID(flow_run_id), AwaitingRetry(scheduled_time=now()), force=True)
    return UUID(flow_run_id)


def state_of(client: SyncPrefectClient, flow_run_id: str) -> State | None:
    """The state of a run; None when it was never made, or is gone from Prefect's database."""
    try:
        return client.read_flow_run(UUID(flow_run_id)).state if flow_run_id else None
    except ObjectNotFound:
        return None


def skip(client: SyncPrefectClient, flow_run_id: UUID, reason: str) -> None:
    """Take a scheduled run off the list, with the reason."""
    client.set_flow_run_state(flow_run_id, Cancelled(name="Skipped", message=reason))
