"""The threads of a worker: each does one thing at a time, no two the same thing, and what failed rests first."""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from prefect.client.orchestration import SyncPrefectClient

from deployments.prefect_client import keep_client, prefect_client
from deployments.rests import Rests
from tasks.redact_errors import where_raised

log = logging.getLogger("learning-cycle")

Job = Callable[[SyncPrefectClient], None]


@dataclass
class Crew:
    """A few threads, each with a Prefect client of its own."""

    size: int
    busy: set[str] = field(default_factory=set)
    rests: Rests = field(default_factory=Rests)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.threads = ThreadPoolExecutor(self.size, initializer=keep_client)

    def start(self, what: str, job: Job) -> None:
        """Start a job, unless it is being done, has just failed, or every thread is taken: it is asked for again."""
        with self.lock:
            if what in self.busy or len(self.busy) >= self.size or self.rests.resting(what, time.monotonic()):
                return
            self.busy.add(what)
        self.threads.submit(self.do, what, job)

    def do(self, what: str, job: Job) -> None:
        """Do one job in this thread; whatever stops it is logged, and the job rests."""
        try:
            with prefect_client() as client:
                job(client)
            self.rests.succeeded(what)
        except Exception as trouble:
            log_trouble(what, trouble)
            self.rests.failed(what, time.monotonic())
        finally:
            with self.lock:
                self.busy.discard(what)

    def end(self) -> None:
        """Finish what is being done, begin nothing more."""
        self.threads.shutdown(cancel_futures=True)


def log_trouble(what: str, trouble: Exception) -> None:
    """One line a trouble, and at the level for searching its place; never its words, which may quote a case."""
    log.warning("%s: %s; it is tried again.", what, type(trouble).__name__)
    log.debug("%s", where_raised(trouble))
