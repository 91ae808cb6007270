"""Every place where we rely on more of Prefect than its public interface, each with its reason. Seen on Prefect 3.8.8.

tests/tasks/test_prefect_internals.py fails first when Prefect changes one of them. docs/adr/0017 says which could be
given up for the public interface, and what that would cost.
"""

from functools import cache
from typing import TYPE_CHECKING, Any, cast

import httpx
from prefect import Flow
from prefect.client.schemas.objects import FlowRun, State
from prefect.context import SyncClientContext
from prefect.flow_engine import run_flow
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

if TYPE_CHECKING:
    from prefect.server.database.configurations import AioSqliteConfiguration
    from starlette.types import ASGIApp

SEEN_ON = "3.8"  # the minor version; pyproject.toml keeps to it
LONGEST_WAIT = 5_000  # milliseconds; a request of Prefect's holds the lock for a few tens of them

# ---- The worker's process: executing runs here, through one client a thread -----------------------------------------


def run_here(flow: Flow[..., Any], flow_run: FlowRun) -> State:
    """Execute a run in this thread, until it ends; raises Pause when it suspends.

    - `prefect.flow_engine.run_flow`: Prefect's own way is a new interpreter for each run, which costs seconds.
    - The run is not told that it has a deployment: the engine would open a websocket and a thread for each, to hear
      whether somebody suspends it meanwhile, and wait for both without a limit.
    - The setting for the engine's heartbeat is None, which an environment variable cannot say: leaving a flow would
      wait up to a second for the heartbeat's thread. Our own vouching does that thread's work.
    """
    flow_run.deployment_id = None
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        return cast(State, run_flow(flow, flow_run=flow_run, return_type="state"))


class ThreadsClient(SyncClientContext):
    """A thread's client with a transport of our own, for everybody in it, the engine included.

    - `prefect.context.SyncClientContext` is where Prefect looks for a client before it makes one.
    - It gives its client only to callers with the settings it was made with; a flow that suspends asks with
      none, and would be given another client. So it forgets them (`_httpx_settings`).
    """

    def __init__(self, transport: httpx.BaseTransport | None) -> None:
        super().__init__(httpx_settings={"transport": transport} if transport else None)
        self._httpx_settings = None


# ---- The server's process: imported only there, for it takes two seconds --------------------------------------------


def prefect_app() -> "ASGIApp":
    """Prefect's API, pages and services as one application.

    `prefect.server.api.server.create_app`: Prefect's own command serves just this, and lets nothing stand before it.
    """
    from prefect.server.api.server import create_app  # noqa: PLC0415 -- in the server's process only

    return create_app(final=True)


@cache
def bounded_wait() -> "type[AioSqliteConfiguration]":
    """Prefect's SQLite database, whose connections wait seconds for the write lock where Prefect's wait a minute.

    `AioSqliteConfiguration.setup_sqlite` prepares each connection; there is no setting for how long it waits.
    """
    from prefect.server.database.configurations import AioSqliteConfiguration  # noqa: PLC0415 -- see above

    class BoundedWait(AioSqliteConfiguration):
        def setup_sqlite(self, conn: Any, record: Any) -> None:
            super().setup_sqlite(conn, record)
            cursor = conn.cursor()
            cursor.execute(f"PRAGMA busy_timeout = {LONGEST_WAIT}")
            cursor.close()

    return BoundedWait


def bound_waits(database: str) -> None:
    """Have this process use its Prefect database so, where it is one that waits for a lock within this process.

    `prefect.server.database.dependencies.set_database_config`: the only way to give the server a configuration.
    """
    from prefect.server.database.dependencies import set_database_config  # noqa: PLC0415 -- see above

    if database.startswith("sqlite"):
        set_database_config(bounded_wait()(connection_url=database))
