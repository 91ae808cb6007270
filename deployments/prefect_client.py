"""Speaking to the Prefect server. The product's own is asked patiently: on SQLite it now and then answers "locked"."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

import httpx
from prefect.client.orchestration import SyncPrefectClient
from prefect.context import SyncClientContext

from casework.record.settings import Settings
from deployments.prefect_server import existing_server
from deployments.prefect_settings import SECONDS_KEPT_OPEN
from tasks.prefect_internals import ThreadsClient

PATIENCE, PAUSE = 10.0, 0.05  # seconds
LIMITS = httpx.Limits(keepalive_expiry=SECONDS_KEPT_OPEN / 2)


class PatientTransport(httpx.HTTPTransport):
    """Asks again at once when the server was busy: nothing was changed then. Prefect's client would wait 2, 4, 8 s."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """One request, made until it is not answered by 503, or for ten seconds."""
        until = time.monotonic() + PATIENCE
        while True:
            response = super().handle_request(request)
            if response.status_code != HTTPStatus.SERVICE_UNAVAILABLE or time.monotonic() > until:
                return response
            response.close()
            time.sleep(PAUSE)


def new_client() -> ThreadsClient:
    """A client for this thread. For an existing server it is Prefect's own: its operator's proxies and certificates."""
    return ThreadsClient(None if existing_server(Settings()) else PatientTransport(limits=LIMITS))


@contextmanager
def prefect_client() -> Iterator[SyncPrefectClient]:
    """This thread's client, the same as long as the outermost `with` lasts; the flows executed within use it too."""
    if present := SyncClientContext.get():
        yield present.client
        return
    with new_client() as context:
        yield context.client


def keep_client() -> None:
    """Open this thread's client for as long as the thread lasts: connections are opened once, not for every job."""
    new_client().__enter__()
