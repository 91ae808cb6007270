"""The worker is one that Prefect knows, and a standard worker beside it does no lasting harm."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.states import Pending, Running, Scheduled

from casework.outbox.rounds import DELIVER
from casework.record.settings import Settings
from casework.record.store import Store
from casework.record.workers import this_worker
from deployments.prefect_server import password
from deployments.product import has_beaten
from deployments.registry import make_pool, pool_called, pool_name, register
from deployments.rounds import is_orphan
from tasks.installation import now
from tests.deployments.clients import client_of
from tests.deployments.moving import launch_now
from tests.deployments.running import Worker, environment, eventually

STANDARD = "a-standard-worker"
ENDED = (StateType.COMPLETED, StateType.FAILED, StateType.CRASHED, StateType.CANCELLED)


def online(client: SyncPrefectClient) -> list[str]:
    """The names of the workers that Prefect sees."""
    if pool_called(client, pool_name()) is None:
        return []
    return [each.name for each in client.read_workers_for_work_pool(pool_name()) if each.status == "ONLINE"]


def status(client: SyncPrefectClient) -> str:
    """How Prefect's pages show the pool."""
    found = pool_called(client, pool_name())
    return found.status or "" if found else ""


@contextmanager
def prefect_worker(settings: Settings, *arguments: str, ended_by: int = signal.SIGTERM) -> Iterator[None]:
    """`prefect worker start --pool learning-cycle ...`, as an engineer types it, in a process group of its own."""
    reached = {"PREFECT_API_URL": settings.prefect_address, "PREFECT_API_AUTH_STRING": password(settings)}
    command = [sys.executable, "-m", "prefect", "worker", "start", "--pool", pool_name(), *arguments]
    with (settings.home / "standard-worker.log").open("ab") as log:
        process = subprocess.Popen(
            command, env=environment(settings) | reached, stdout=log, stderr=log, start_new_session=True
        )
    try:
        yield
    finally:
        os.killpg(process.pid, ended_by)
        process.wait()


def test_the_pool_is_ready_while_a_worker_is_there_and_knows_it_no_more_when_it_has_ended(
    worker: Worker, installed: Settings
) -> None:
    worker.start()
    with client_of(installed) as client:
        seen = eventually(lambda: online(client))
        assert (len(seen), status(client)) == (1, "READY")

        worker.stop()
        assert online(client) == []
        eventually(lambda: status(client) == "NOT_READY")

        worker.start()
        worker.kill()
        worker.start()
        eventually(lambda: len(online(client)) == 1)  # the one that was killed is taken off


def test_what_prefects_pages_tell_an_engineer_to_type_starts_a_worker_of_ours(
    installed: Settings, installed_store: Store
) -> None:
    since = now()
    with client_of(installed) as client:
        make_pool(client, pool_name())
        with prefect_worker(installed):
            eventually(lambda: has_beaten(installed_store, since))
            assert [name.count(":") for name in online(client)] == [2]
        eventually(lambda: online(client) == [])


def test_a_standard_worker_beside_ours_keeps_no_review_and_no_round_from_its_end(
    worker: Worker, installed: Settings, installed_store: Store
) -> None:
    worker.start()
    with client_of(installed) as client:
        known = register(client)
        standard = ("--type", "process", "--name", STANDARD)
        with prefect_worker(installed, *standard, ended_by=signal.SIGKILL):  # asked, it may never end
            eventually(lambda: STANDARD in online(client))
            launch_now(installed_store)
            runs = [client.create_flow_run_from_deployment(known.ids["remind"]).id for _ in range(2)]
            worker.wait_until_idle()
            ended = [eventually(lambda run=run: end_of(client, run)) for run in runs]  # type: ignore[misc]

    assert {state for state in ended if state is not StateType.COMPLETED} <= {StateType.CANCELLED}


def end_of(client: SyncPrefectClient, run: UUID) -> StateType | None:
    """How a run ended."""
    state = client.read_flow_run(run).state
    return state.type if state is not None and state.type in ENDED else None


def long_ago() -> State[object]:
    """A state from before the minute that a worker of ours needs at most to begin."""
    return Pending(timestamp=now() - timedelta(minutes=2))


def test_a_round_that_another_worker_took_and_never_began_does_not_stop_the_next(
    worker: Worker, installed: Settings
) -> None:
    with client_of(installed) as client:
        known = register(client)
        taken = client.create_flow_run_from_deployment(known.ids[DELIVER]).id
        client.set_flow_run_state(taken, long_ago(), force=True)
        worker.start()

        assert eventually(lambda: end_of(client, taken)) is StateType.CRASHED
        then = client.create_flow_run_from_deployment(known.ids[DELIVER]).id
        assert eventually(lambda: end_of(client, then)) is StateType.COMPLETED


INSTANT = datetime(2026, 1, 12, 9, tzinfo=UTC)
HOUR, MINUTE, SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)
GONE = this_worker().replace(this_worker().split(":")[2], "before")


@pytest.mark.parametrize(
    ("state", "worker", "expected"),
    [
        (Pending(timestamp=INSTANT - MINUTE - SECOND), "", True),
        (Pending(timestamp=INSTANT - MINUTE - SECOND), "elsewhere:4711", True),
        (Pending(timestamp=INSTANT - MINUTE + 30 * SECOND), "", False),
        (Pending(timestamp=INSTANT - MINUTE - SECOND), this_worker(), False),
        (Running(timestamp=INSTANT - MINUTE - SECOND), "elsewhere:4711", False),
        (Running(timestamp=INSTANT - HOUR - SECOND), this_worker(), True),
        (Running(timestamp=INSTANT), GONE, True),
    ],
    ids=[
        "taken by nobody we know, a minute ago",
        "taken by a standard worker, a minute ago",
        "taken half a minute ago",
        "taken by a living worker of ours",
        "begun by a standard worker",
        "begun an hour ago",
        "begun by a worker of ours that is gone",
    ],
)
def test_a_run_that_nobody_can_be_executing_is_an_orphan(state: State[object], worker: str, expected: bool) -> None:
    run = FlowRun(flow_id=UUID(int=0), state=state, infrastructure_pid=worker or None)
    assert is_orphan(run, INSTANT) is expected


def test_a_pool_that_standard_workers_serve_gives_way_to_one_of_our_own_type(installed: Settings) -> None:
    with client_of(installed) as client:
        if pool_called(client, pool_name()):
            client.delete_work_pool(pool_name())
        client.create_work_pool(WorkPoolCreate(name=pool_name(), type="process"))
        known = register(client)
        run = client.create_flow_run_from_deployment(known.ids["remind"], state=Scheduled(scheduled_time=now()))

        found = pool_called(client, pool_name())
        assert found is not None
        assert (found.type, run.work_pool_name) == ("learning-cycle", pool_name())
        client.delete_flow_run(run.id)
