"""One process of the product, started, watched and ended by the process that runs everything."""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

LARGEST_LOG = 5_000_000  # bytes; one older log is kept beside it
PR_SET_PDEATHSIG = 1  # prctl(2)
FIRST_WAIT, LONGEST_WAIT = 0.2, 30.0  # seconds before it is started again
LONG_LIVED = 60.0  # seconds; one that lived this long has not failed to start
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def die_with_parent() -> None:
    """Between fork and exec, on Linux: have the kernel end this process when the one that started it is gone."""
    if LIBC is not None:
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


@dataclass
class Child:
    """`python -m module`, in a process group of its own, its output in a log file.

    `is_ready` says whether it does its work; `seconds_to_end` is how long it may take to end.
    """

    name: str
    module: str
    environment: Mapping[str, str]
    log: Path
    is_ready: Callable[[], bool]
    seconds_to_end: float = 5.0
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    failures: int = 0
    start_at: float = float("inf")

    def start(self) -> None:
        """Start it. Its group is its own, so that Ctrl-C reaches the supervisor alone, which ends all in order."""
        trim(self.log)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", self.module],
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=die_with_parent,  # noqa: PLW1509 -- the supervisor has one thread only
            )
        self.started_at = time.monotonic()

    def exit_code(self) -> int | None:
        """Its exit code once it has ended by itself."""
        return self.process.poll() if self.process is not None else None

    def plan_restart(self) -> None:
        """Have it started again: at once the first time, later and later when it keeps failing."""
        clock = time.monotonic()
        self.failures = 1 if clock - self.started_at > LONG_LIVED else self.failures + 1
        self.start_at = clock + min(FIRST_WAIT * 2 ** (self.failures - 1), LONGEST_WAIT)
        self.kill_group()
        self.process = None

    def start_if_due(self) -> None:
        """Start it when it is not running and its wait is over."""
        if self.process is None and time.monotonic() >= self.start_at:
            self.start()

    def stop(self) -> None:
        """Ask it to end, wait, and end it and whatever it started."""
        if self.process is None:
            return
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(self.seconds_to_end)
        self.kill_group()
        self.process.wait()

    def kill_group(self) -> None:
        """End every process of its group that is left."""
        assert self.process is not None
        with suppress(ProcessLookupError, PermissionError):  # none is left; macOS calls that not permitted
            os.killpg(self.process.pid, signal.SIGKILL)


def trim(log: Path) -> None:
    """Keep a log from growing for ever: its content moves to `.1`, in place, while it may be written to."""
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        shutil.copyfile(log, log.with_name(log.name + ".1"))
        os.truncate(log, 0)
