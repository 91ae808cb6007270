"""Prefect's SQLite database: whoever finds it locked is told so soon, and asks again."""

import asyncio
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
from prefect.client.orchestration import get_client
from prefect.server.database.configurations import AioSqliteConfiguration
from sqlalchemy import text

from casework.record.settings import Settings
from deployments.prefect_server import client_environment, password
from tasks.prefect_internals import LONGEST_WAIT, bounded_wait
from tests.deployments.clients import client_of
from tests.deployments.running import PrefectServer

MILLISECONDS_OF_PREFECT = 60_000
TWO_JOBS = """
from deployments.thread_pool import ThreadPool

clients = []
pool = ThreadPool(1)
for name in ("one", "the other"):
    pool.start(name, clients.append)
    pool.threads.submit(int).result()  # the one thread has done what came before
pool.shut_down()
print(f"{len(clients)} jobs, {len(set(map(id, clients)))} client")
"""


@contextmanager
def locked(database: Path) -> Iterator[None]:
    """Hold a database's write lock while in the block."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


async def longest_wait(configuration: AioSqliteConfiguration) -> int:
    """How many milliseconds a connection of this configuration waits for the lock."""
    engine = await configuration.engine()
    async with engine.connect() as connection:
        found: int = (await connection.execute(text("PRAGMA busy_timeout"))).scalar_one()
    await engine.dispose()
    return found


def test_prefects_own_connections_would_wait_a_minute_and_ours_wait_seconds(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'prefect.db'}"

    found = [asyncio.run(longest_wait(kind(connection_url=url))) for kind in (AioSqliteConfiguration, bounded_wait())]

    assert found == [MILLISECONDS_OF_PREFECT, LONGEST_WAIT]


def test_a_loop_goes_on_when_the_collector_finds_a_cursor_of_a_connection_that_waits_for_it(tmp_path: Path) -> None:
    """Collected in the loop itself, the connection would be told that the database is locked, and all else waits."""
    command = [sys.executable, "-m", "tests.deployments.busy_loop", str(tmp_path / "prefect.db")]

    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert said == "the lock is yours ['collector']\n"


def test_the_server_says_that_it_is_busy_when_its_database_stays_locked_and_reads_all_the_same(
    prefect_server: PrefectServer,
) -> None:
    settings = prefect_server.settings
    user, _, word = password(settings).partition(":")

    def ask(path: str, **what: object) -> int:
        return httpx.post(f"{settings.prefect_address}{path}", json=what, auth=(user, word), timeout=60).status_code

    with locked(prefect_server.database):
        meanwhile = [ask("/variables/", name="while_locked", value=1), ask("/variables/filter")]

    assert [*meanwhile, ask("/variables/", name="afterwards", value=1)] == [503, 200, 201]


def test_our_client_asks_until_the_lock_is_given_back(prefect_server: PrefectServer) -> None:
    def write() -> str:
        with client_of(prefect_server.settings) as client:
            return client.request("POST", "/variables/", json={"name": "patiently", "value": 1}).json()["name"]  # type: ignore[no-any-return]

    with ThreadPoolExecutor(1) as thread, locked(prefect_server.database):
        asked = thread.submit(write)

    assert asked.result() == "patiently"


def test_whatever_asks_for_a_client_in_a_thread_of_ours_is_given_the_patient_one(prefect_server: PrefectServer) -> None:
    """A flow that suspends asks for one itself."""
    with client_of(prefect_server.settings) as client:
        assert get_client(sync_client=True) is client


def test_a_thread_of_the_pool_keeps_its_client_from_one_job_to_the_next(settings: Settings) -> None:
    environment = os.environ | client_environment(settings)

    said = subprocess.run([sys.executable, "-c", TWO_JOBS], env=environment, capture_output=True, text=True, check=True)

    assert said.stdout == "2 jobs, 1 client\n"
