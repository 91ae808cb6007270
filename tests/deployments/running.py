"""Real processes of an installation: a Prefect server, and workers that can be killed."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from sqlmodel import Session, col, select

from casework.record.settings import Settings
from casework.record.store import Store
from deployments.prefect_server import home, password_file
from deployments.product import answers, has_beaten
from models.record import OutboxMessage, Work
from models.vocabulary import TO_BE_SENT, MessageState, WorkState
from tasks.installation import now

PATIENCE = 120.0  # seconds, for a machine that is busy with other things; no test measures time
Found = TypeVar("Found")


def eventually(look: Callable[[], Found | None]) -> Found:
    """What `look` gives once it gives something."""
    until = time.monotonic() + PATIENCE
    while not (found := look()):
        assert time.monotonic() < until, "what was waited for did not come"
        time.sleep(0.05)
    return found


def free_port() -> int:
    """A port that the system has just found free."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment(settings: Settings) -> dict[str, str]:
    """The environment of a process of this installation."""
    given = settings.model_dump(exclude_unset=True)
    return os.environ | {f"LEARNING_CYCLE_{name.upper()}": str(value) for name, value in given.items()}


@dataclass
class Process:
    """`python -m module` of an installation, with its output in a file, and further environment variables."""

    module: str
    settings: Settings
    arguments: tuple[str, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it."""
        self.settings.home.mkdir(parents=True, exist_ok=True)
        with (self.settings.home / f"{self.module}.log").open("ab") as log:
            self.running = subprocess.Popen(
                [sys.executable, "-m", self.module, *self.arguments],
                env=environment(self.settings) | dict(self.variables),
                stdout=log,
                stderr=log,
            )

    def kill(self) -> None:
        """End it at once, as a power cut would: kill -9."""
        assert self.running is not None
        self.running.kill()
        self.running.wait()

    def stop(self) -> None:
        """Ask it to end, and wait until it has."""
        if self.running is not None:
            self.running.terminate()
            self.running.wait()


@dataclass
class PrefectServer(Process):
    """A Prefect server that can be killed, and can lose its database."""

    @property
    def database(self) -> Path:
        return home(self.settings) / "prefect.db"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        super().start()
        eventually(lambda: answers("127.0.0.1", self.settings.prefect_port, "/api/health"))

    def keep_empty_database(self) -> None:
        """Set aside a database in which nothing is known yet."""
        self.stop()
        shutil.copyfile(self.database, self.database.with_suffix(".empty"))
        self.start()

    def lose_database(self) -> None:
        """Kill it and start it with nothing that it knew."""
        self.kill()
        for suffix in ("-wal", "-shm"):
            Path(f"{self.database}{suffix}").unlink(missing_ok=True)
        shutil.copyfile(self.database.with_suffix(".empty"), self.database)
        self.start()

    def everything_kept(self) -> bytes:
        """All that it has written to the disk, its password left out."""
        files = (path for path in home(self.settings).rglob("*") if path.is_file())
        return b"".join(path.read_bytes() for path in files if path != password_file(self.settings))


@dataclass
class Worker(Process):
    """A resident worker."""

    store: Store = field(kw_only=True)

    def start(self) -> None:
        """Start it, and wait until it is ready."""
        since = now()
        super().start()
        eventually(lambda: has_beaten(self.store, since))

    def wait_until_idle(self) -> None:
        """Wait until there is nothing left to do or to send."""
        eventually(self.is_idle)

    def is_idle(self) -> bool:
        """Whether everything queued has been done and sent."""
        with self.store.reading() as session:
            return not unfinished(session)


def unfinished(session: Session) -> bool:
    """Whether any work is queued, or any message that is not waiting for its hour waits or is being sent."""
    work = session.exec(select(Work.id).where(Work.state == WorkState.QUEUED)).first()
    waiting = col(OutboxMessage.state).in_([*TO_BE_SENT, MessageState.SENDING])
    for_its_hour = (col(OutboxMessage.state) == MessageState.QUEUED) & (col(OutboxMessage.next_try_at) > now())
    sending = session.exec(select(OutboxMessage.id).where(waiting, ~for_its_hour)).first()
    return work is not None or sending is not None


@contextmanager
def ended_afterwards(process: Process) -> Iterator[None]:
    """Have a process stopped when the block is left, however it is left."""
    try:
        yield
    finally:
        process.stop()
