"""The threads of a worker: each does one job at a time, no two the same one, and a job that failed waits first."""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from prefect.client.orchestration import SyncPrefectClient

from deployments.backoff import Backoff
from deployments.prefect_client import keep_client, prefect_client
from tasks.redact_errors import where_raised

log = logging.getLogger("learning-cycle")

Job = Callable[[SyncPrefectClient], object]


@dataclass
class ThreadPool:
    """A few threads, each with a Prefect client of its own. A job has a name, by which it is known while it runs."""

    size: int
    running: set[str] = field(default_factory=set)
    backoff: Backoff = field(default_factory=Backoff)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.threads = ThreadPoolExecutor(self.size, initializer=keep_client)

    def start(self, name: str, job: Job) -> None:
        """Start a job, unless it is running, has just failed, or every thread is taken: it is asked for again."""
        with self.lock:
            if name in self.running or len(self.running) >= self.size or self.backoff.must_wait(name, time.monotonic()):
                return
            self.running.add(name)
        self.threads.submit(self.run, name, job)

    def run(self, name: str, job: Job) -> None:
        """Run one job in this thread; whatever stops it is logged, and the job waits before it is tried again."""
        try:
            with prefect_client() as client:
                job(client)
            self.backoff.succeeded(name)
        except Exception as trouble:
            log_trouble(name, trouble)
            self.backoff.failed(name, time.monotonic())
        finally:
            with self.lock:
                self.running.discard(name)

    def shut_down(self) -> None:
        """Finish the jobs that are running, start none."""
        self.threads.shutdown(cancel_futures=True)


def log_trouble(name: str, trouble: Exception) -> None:
    """One line a trouble, and at the level for searching its place; never its words, which may quote a case."""
    log.warning("%s: %s; it is tried again.", name, type(trouble).__name__)
    log.debug("%s", where_raised(trouble))
