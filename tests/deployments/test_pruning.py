"""What Prefect keeps of runs that have ended goes after ninety days, seen on a running server."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.actions import ArtifactCreate
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId
from prefect.states import Completed

from deployments.prefect_settings import DAYS_TO_KEEP_RUNS
from deployments.registry import register
from tasks.installation import now
from tests.deployments.clients import client_of
from tests.deployments.running import PrefectServer, eventually

DAYS = (DAYS_TO_KEEP_RUNS - 1, DAYS_TO_KEEP_RUNS + 1)
TABLES = ("flow_run", "flow_run_state", "artifact")


def test_a_run_goes_with_all_that_belongs_to_it_and_a_younger_one_stays(prefect_server: PrefectServer) -> None:
    with client_of(prefect_server.settings) as client:
        deployment = register(client).ids["remind"]
        younger, older = runs = [ended(client, deployment) for _ in DAYS]
        move_back(prefect_server, dict(zip(runs, DAYS, strict=True)))

        eventually(lambda: there(client, runs) == [younger])
        eventually(lambda: rows_of(prefect_server, older) == [0, 0, 0])

    assert [count > 0 for count in rows_of(prefect_server, younger)] == [True, True, True]


def ended(client: SyncPrefectClient, deployment: UUID) -> UUID:
    """A run that has ended, with an artifact."""
    run = client.create_flow_run_from_deployment(deployment)
    client.set_flow_run_state(run.id, Completed(), force=True)
    client.create_artifact(ArtifactCreate(key=f"of-{run.id}", type="markdown", data="words", flow_run_id=run.id))
    return run.id


def move_back(server: PrefectServer, days: dict[UUID, int]) -> None:
    """Have runs ended so many days ago."""
    with closing(sqlite3.connect(server.database, timeout=60)) as database, database:
        for run, number in days.items():
            when = (now() - timedelta(days=number)).strftime("%Y-%m-%d %H:%M:%S.%f")
            assert database.execute("UPDATE flow_run SET end_time = ? WHERE id = ?", (when, str(run))).rowcount == 1


def there(client: SyncPrefectClient, runs: Sequence[UUID]) -> list[UUID]:
    """Those of the runs that the server still knows."""
    found = client.read_flow_runs(flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=list(runs))))
    return [run.id for run in found]


def rows_of(server: PrefectServer, run: UUID) -> list[int]:
    """How many rows each table has of a run."""
    with closing(sqlite3.connect(server.database, timeout=60)) as database:
        return [
            database.execute(
                f"SELECT count(*) FROM {table} WHERE {'id' if table == 'flow_run' else 'flow_run_id'} = ?",  # noqa: S608
                (str(run),),
            ).fetchone()[0]
            for table in TABLES
        ]
