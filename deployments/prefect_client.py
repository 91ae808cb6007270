"""Speaking to the Prefect server, patiently: on SQLite it now and then answers that its database is locked."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

import httpx
from prefect.client.orchestration import SyncPrefectClient
from prefect.context import SyncClientContext

PATIENCE, PAUSE = 10.0, 0.05  # seconds


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


@contextmanager
def prefect_client() -> Iterator[SyncPrefectClient]:
    """This thread's client, the same as long as the outermost `with` lasts; the flows executed within use it too."""
    if present := SyncClientContext.get():
        yield present.client
        return
    with SyncClientContext(httpx_settings={"transport": PatientTransport()}) as context:
        yield context.client
