"""Keeping the processes of the product running, and ending them so that none is left."""

import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from deployments.children import Child, trim
from models.errors import LearningCycleError

LOOK_EVERY = 0.1  # seconds
TRIM_EVERY = 60.0
SECONDS_TO_START = 180.0
MOST_FAILURES_AT_THE_START = 3


class DidNotStart(LearningCycleError):
    """Raised when one of the processes does not come to work."""


class ToldToStop(BaseException):
    """Raised wherever we are when Ctrl-C or SIGTERM says that all is to end."""


@contextmanager
def stoppable() -> Iterator[None]:
    """Within, Ctrl-C and SIGTERM raise ToldToStop."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, told_to_stop)
    yield


def told_to_stop(_number: int, _frame: FrameType | None) -> None:
    """Pass a signal on as an exception; a second one changes nothing, the end is already under way."""
    for other in (signal.SIGINT, signal.SIGTERM):
        signal.signal(other, signal.SIG_IGN)
    raise ToldToStop


@dataclass
class Supervisor:
    """The processes, in the order in which they are started."""

    children: Sequence[Child]

    def start(self, children: Sequence[Child]) -> None:
        """Start these; each waits for what it needs."""
        for child in children:
            child.start_at = time.monotonic()
            child.start_if_due()

    def wait_for(self, children: Sequence[Child]) -> None:
        """Wait until these do their work; raises DidNotStart when one does not come to it."""
        until = time.monotonic() + SECONDS_TO_START
        for child in children:
            while not child.is_ready():
                self.restart_what_ended()
                if child.failures >= MOST_FAILURES_AT_THE_START or time.monotonic() > until:
                    raise DidNotStart(f"The {child.name} does not start. Its log says why: {child.log}")
                time.sleep(LOOK_EVERY)

    def restart_what_ended(self) -> None:
        """Start again what has ended by itself."""
        for child in self.children:
            code = child.exit_code()
            if code is not None:
                say(f"The {child.name} ended unexpectedly ({ending(code)}) and is started again. See {child.log}")
                child.plan_restart()
            child.start_if_due()

    def keep_running(self) -> None:
        """Keep all running, for ever."""
        trimmed_at = time.monotonic()
        while True:
            self.restart_what_ended()
            if time.monotonic() - trimmed_at > TRIM_EVERY:
                trimmed_at = time.monotonic()
                for child in self.children:
                    trim(child.log)
            time.sleep(LOOK_EVERY)

    def stop(self) -> None:
        """End all: first what people use, last what the others stand on."""
        for child in reversed(self.children):
            child.stop()


def ending(code: int) -> str:
    """How a process ended, in words."""
    return f"signal {-code}" if code < 0 else f"exit code {code}"


def say(words: str) -> None:
    """Tell the person who started the product."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()
