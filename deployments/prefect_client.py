"""Speaking to the Prefect server, patiently: on SQLite it now and then answers that its database is locked."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

import httpx
from prefect.client.orchestration import SyncPrefectClient
from prefect.context import SyncClientContext

from deployments.prefect_server import SECONDS_KEPT_OPEN

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


class PatientContext(SyncClientContext):
    """A thread's patient client, for everybody in it: Prefect gives it to whoever asks for one without settings."""

    def __init__(self) -> None:
        super().__init__(httpx_settings={"transport": PatientTransport(limits=LIMITS)})
        self._httpx_settings = None  # otherwise a flow that suspends would be given another client, an impatient one


@contextmanager
def prefect_client() -> Iterator[SyncPrefectClient]:
    """This thread's client, the same as long as the outermost `with` lasts; the flows executed within use it too."""
    if present := SyncClientContext.get():
        yield present.client
        return
    with PatientContext() as context:
        yield context.client


def keep_client() -> None:
    """Open this thread's client for as long as the thread lasts: connections are opened once, not for every job."""
    PatientContext().__enter__()
