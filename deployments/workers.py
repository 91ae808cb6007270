"""The workers as Prefect shows them: each reports itself to the pool, and leaves it when it ends."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus

import httpx
from prefect.client.orchestration import SyncPrefectClient
from prefect.exceptions import ObjectNotFound

from casework.record.workers import known_to_be_gone
from deployments.registry import Registered

SECONDS_BETWEEN_REPORTS = 20  # after three that did not come Prefect shows the worker as offline


def report(client: SyncPrefectClient, known: Registered, worker: str) -> None:
    """Tell Prefect that this worker serves the pool. Raises ObjectNotFound when the pool is gone."""
    with missing_is_not_found():
        client.send_worker_heartbeat(known.pool, worker, SECONDS_BETWEEN_REPORTS)


def sign_off(client: SyncPrefectClient, known: Registered | None, worker: str) -> None:
    """Take this worker off the pool; a server that does not answer any more changes nothing."""
    with suppress(Exception):
        if known is not None:
            remove(client, known, worker)


def forget_dead_workers(client: SyncPrefectClient, known: Registered) -> None:
    """Take off the pool the workers of this machine that were killed."""
    with missing_is_not_found():
        workers = client.read_workers_for_work_pool(known.pool)
    for each in workers:
        if known_to_be_gone(each.name):
            remove(client, known, each.name)


def remove(client: SyncPrefectClient, known: Registered, worker: str) -> None:
    """Take a worker off the pool, if it still is on it."""
    with suppress(ObjectNotFound), missing_is_not_found():
        client.request(
            "DELETE",
            "/work_pools/{work_pool_name}/workers/{name}",
            path_params={"work_pool_name": known.pool, "name": worker},
        )


@contextmanager
def missing_is_not_found() -> Iterator[None]:
    """Raise ObjectNotFound where Prefect's client only passes on that the server knows no such thing."""
    try:
        yield
    except httpx.HTTPStatusError as answer:
        if answer.response.status_code == HTTPStatus.NOT_FOUND:
            raise ObjectNotFound(answer) from answer
        raise
