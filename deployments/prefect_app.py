"""The process of the product's own Prefect server: it does not stand still, and its pages ask nobody outside.

On SQLite Prefect's server used to stand still for a minute now and then (docs/adr/0011). One connection waited for
the write lock, inside the database, which holds the connection's mutex. Python's collector, which runs in whatever
thread is busy, came upon a cursor of that connection in the server's only loop, and waited for the mutex. So the
loop waited for a connection that waited for a lock that only the loop could have given back. Here the collector has
a thread of its own, where waiting harms nobody, and no connection waits for long.

Prefect's pages load an analytics library that asks its maker for its configuration whether or not analytics are
switched off. A content policy keeps the browser from asking anybody but this server.
"""

import gc
import threading
import time
from itertools import count

import uvicorn
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from deployments.prefect_settings import SECONDS_KEPT_OPEN
from tasks.prefect_internals import bound_waits, prefect_app

COLLECT_EVERY = 1.0  # seconds
ALL_GENERATIONS_EVERY = 30  # times
YOUNG, ALL = 1, 2  # generations

# Prefect's pages have styles and scripts in their elements, and compile the checks of parameters as they need them
POLICY = (
    "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; connect-src 'self' data: blob: {ours}; "
    "frame-ancestors 'none'; form-action 'self'; base-uri 'self'"
)


def serve(host: str, port: int, database: str) -> None:
    """Serve Prefect's API, pages and services until the process is told to stop."""
    bound_waits(database)
    collect_elsewhere()
    app = AsksNobodyOutside(prefect_app(), origins=f"http://{host}:{port} ws://{host}:{port}")
    uvicorn.run(app, host=host, port=port, timeout_keep_alive=SECONDS_KEPT_OPEN, log_level="warning")


class AsksNobodyOutside:
    """ASGI middleware: has the browser speak to this server only, whatever a page of Prefect's asks for."""

    def __init__(self, app: ASGIApp, *, origins: str) -> None:
        self.app, self.policy = app, POLICY.format(ours=origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and put the policy on its answer."""

        async def with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = self.policy
                headers["Referrer-Policy"] = "no-referrer"
            await send(message)

        await self.app(scope, receive, with_policy if scope["type"] == "http" else send)


def collect_elsewhere() -> None:
    """From now on collect garbage in a thread of its own, and in no other."""
    gc.disable()
    threading.Thread(target=collect_for_ever, name="collector", daemon=True).start()


def collect_for_ever() -> None:
    """Collect what is young every second and all there is now and then; what the start made is passed over later."""
    for turn in count(1):
        time.sleep(COLLECT_EVERY)
        gc.collect(YOUNG if turn % ALL_GENERATIONS_EVERY else ALL)
        if turn == ALL_GENERATIONS_EVERY:
            gc.freeze()
