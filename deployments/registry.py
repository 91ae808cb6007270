"""prefect.yaml, read and made known to the Prefect server, with the pool that its runs wait in and their times."""

import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import yaml  # type: ignore[import-untyped] # comes with Prefect, without its types
from prefect import Flow
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.actions import WorkPoolCreate, WorkPoolUpdate
from prefect.client.schemas.objects import FlowRun, WorkPool
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectAlreadyExists, ObjectNotFound
from prefect.flows import load_flow_from_entrypoint
from prefect.schedules import Cron, Schedule
from prefect.types.entrypoint import EntrypointType

from casework.clock.london import LONDON
from casework.outbox.rounds import ROUNDS
from casework.record.settings import Settings
from deployments.prefect_server import existing_server
from deployments.prefect_settings import POOL_TYPE

log = logging.getLogger("learning-cycle")

PREFECT_YAML = Path(__file__).with_name("prefect.yaml")
ABOUT_THE_POOL = (
    "The runs of the learning cycle. Its own workers take them; the command “prefect worker start --pool "
    "learning-cycle” starts one. A review is one run, named by its reference. It is Suspended while people work, and "
    "what they record wakes it. What stays empty, on purpose: Logs (they are in the worker’s log file, for an error "
    "may quote a case), Event Feed and Automations (the product’s own server keeps no events), Blocks and Variables "
    "(settings are environment variables). Each reason is in docs/adr/0017 of the source."
)
DAILY = {one.name: one.at for one in ROUNDS if one.at}
LAUNCH = "launch"
NAMES_OF_ROUNDS = frozenset(one.name for one in ROUNDS)
AnyFlow = Flow[..., Any]


@dataclass(frozen=True)
class Registered:
    """The deployments as this Prefect server knows them.

    `rounds` run by the calendar or when something is due, `launches` when somebody starts them; all others carry
    reviews.
    """

    pool: str
    ids: Mapping[str, UUID]
    flows: Mapping[UUID, AnyFlow]
    rounds: frozenset[UUID]
    launches: frozenset[UUID]

    @property
    def executed_once(self) -> frozenset[UUID]:
        """The deployments whose runs are executed from beginning to end, under the name of the worker that does it."""
        return self.rounds | self.launches

    def name_of(self, run: FlowRun) -> str:
        """The name of the deployment that a run belongs to."""
        return next(name for name, deployment_id in self.ids.items() if deployment_id == run.deployment_id)


def entries() -> list[dict[str, Any]]:
    """The deployments of prefect.yaml, as they stand there."""
    listed: list[dict[str, Any]] = yaml.safe_load(PREFECT_YAML.read_text())["deployments"]
    return listed


def pool_name() -> str:
    """The pool that all deployments of prefect.yaml share."""
    (name,) = {entry["work_pool"]["name"] for entry in entries()}
    return str(name)


def flow_of(entry: Mapping[str, Any]) -> AnyFlow:
    """The flow behind a deployment; fails when it cannot be imported, where Prefect would make do with a dummy."""
    return load_flow_from_entrypoint(entry["entrypoint"], use_placeholder_flow=False)


def register(client: SyncPrefectClient) -> Registered:
    """Make the work pool and every deployment known to the server, or bring them up to date."""
    listed, pool = entries(), pool_name()
    make_pool(client, pool)
    flows = {entry["name"]: flow_of(entry) for entry in listed}
    ids = {entry["name"]: deploy(entry, flows[entry["name"]]) for entry in listed}
    rounds, launches = (frozenset(ids[name] for name in names) for names in (NAMES_OF_ROUNDS, [LAUNCH]))
    return Registered(pool, ids, {ids[name]: flow for name, flow in flows.items()}, rounds, launches)


def make_pool(client: SyncPrefectClient, name: str) -> None:
    """Make the pool with the product's own type, or say again what it is for."""
    present = pool_called(client, name)
    if present is not None and present.type != POOL_TYPE:
        present = without_standard_workers(client, present)
    if present is None:
        with suppress(ObjectAlreadyExists):  # another worker was quicker
            client.create_work_pool(WorkPoolCreate(name=name, type=POOL_TYPE, description=ABOUT_THE_POOL))
    elif present.description != ABOUT_THE_POOL:
        client.update_work_pool(name, WorkPoolUpdate(description=ABOUT_THE_POOL))


def pool_called(client: SyncPrefectClient, name: str) -> WorkPool | None:
    """The pool of this name."""
    try:
        return client.read_work_pool(name)
    except ObjectNotFound:
        return None


def without_standard_workers(client: SyncPrefectClient, pool: WorkPool) -> WorkPool | None:
    """Take away a pool that standard workers serve: they would take runs from ours. On somebody else's server, say so.

    Its deployments are registered with the new one right after; a run in it is found by the database's look-out.
    """
    if existing_server(Settings()):
        log.warning(
            "The work pool ‘%s’ is of type ‘%s’, so any standard worker takes runs from it. Delete the pool; the "
            "next worker that starts makes one of type ‘%s’.",
            *(pool.name, pool.type, POOL_TYPE),
        )
        return pool
    with suppress(ObjectNotFound):
        client.delete_work_pool(pool.name)
    return None


def schedules_of(name: str) -> list[Schedule]:
    """When a round runs by the calendar: every day at its time in London. The times stand in casework.outbox.rounds."""
    at = DAILY.get(name)
    return [Cron(f"{at.minute} {at.hour} * * *", timezone=str(LONDON))] if at else []


def deploy(entry: Mapping[str, Any], flow: AnyFlow) -> UUID:
    """Register one deployment; returns its id, which stays the same from one registration to the next."""
    deployment = flow.to_deployment(
        name=entry["name"],
        schedules=schedules_of(entry["name"]),
        concurrency_limit=entry.get("concurrency_limit"),
        work_pool_name=entry["work_pool"]["name"],
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    return cast(UUID, cast(RunnerDeployment, deployment).apply())  # both know how to be awaited; here they are not
