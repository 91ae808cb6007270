"""prefect.yaml, read and made known to the Prefect server."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import yaml  # type: ignore[import-untyped] # comes with Prefect, without its types
from prefect import Flow
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.objects import FlowRun
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectAlreadyExists
from prefect.flows import load_flow_from_entrypoint
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

PREFECT_YAML = Path(__file__).with_name("prefect.yaml")
AnyFlow = Flow[..., Any]


@dataclass(frozen=True)
class Registered:
    """The deployments as this Prefect server knows them; `rounds` run by the calendar, the others carry reviews."""

    pool: str
    ids: Mapping[str, UUID]
    flows: Mapping[UUID, AnyFlow]
    rounds: frozenset[UUID]

    def name_of(self, run: FlowRun) -> str:
        """The name of the deployment that a run belongs to."""
        return next(name for name, deployment_id in self.ids.items() if deployment_id == run.deployment_id)


def entries() -> list[dict[str, Any]]:
    """The deployments of prefect.yaml, as they stand there."""
    listed: list[dict[str, Any]] = yaml.safe_load(PREFECT_YAML.read_text())["deployments"]
    return listed


def flow_of(entry: Mapping[str, Any]) -> AnyFlow:
    """The flow behind a deployment; fails when it cannot be imported, where Prefect would make do with a dummy."""
    return load_flow_from_entrypoint(entry["entrypoint"], use_placeholder_flow=False)


def register(client: SyncPrefectClient) -> Registered:
    """Make the work pool and every deployment known to the server, or bring them up to date."""
    listed = entries()
    pool: str = listed[0]["work_pool"]["name"]
    with suppress(ObjectAlreadyExists):
        client.create_work_pool(WorkPoolCreate(name=pool, type="process"))
    flows = {entry["name"]: flow_of(entry) for entry in listed}
    ids = {entry["name"]: deploy(entry, flows[entry["name"]]) for entry in listed}
    by_calendar = frozenset(ids[entry["name"]] for entry in listed if entry.get("schedules"))
    return Registered(pool, ids, {ids[name]: flow for name, flow in flows.items()}, by_calendar)


def deploy(entry: Mapping[str, Any], flow: AnyFlow) -> UUID:
    """Register one deployment; returns its id, which stays the same from one registration to the next."""
    deployment = flow.to_deployment(
        name=entry["name"],
        schedules=[Cron(row["cron"], timezone=row["timezone"]) for row in entry.get("schedules", [])],
        concurrency_limit=entry.get("concurrency_limit"),
        work_pool_name=entry["work_pool"]["name"],
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    return cast(UUID, cast(RunnerDeployment, deployment).apply())  # both know how to be awaited; here they are not
