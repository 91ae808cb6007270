"""The names of processes that deliver, and knowing when one of them is gone."""

import os
import secrets
import socket

THIS_PROCESS = secrets.token_hex(3)  # tells it from a later one with the same number
COLONS = 2  # in a name: machine, process number, mark


def this_worker() -> str:
    """A name for this process: machine, process number, and a mark of its own."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{THIS_PROCESS}"


def is_a_worker_of_ours(worker: str) -> bool:
    """Whether a name is one that `this_worker` gives; other programs name themselves by machine and process alone."""
    return worker.count(":") == COLONS


def known_to_be_gone(worker: str) -> bool:
    """Whether a process named by `this_worker` has certainly ended; False where that cannot be told."""
    machine, _, rest = worker.partition(":")
    number, _, mark = rest.partition(":")
    if machine != socket.gethostname()[:40] or not number.isdigit() or os.name != "posix":
        return False  # elsewhere, signal 0 would end the process instead of asking
    if int(number) == os.getpid():
        return mark != THIS_PROCESS
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except (OverflowError, PermissionError):
        return False
    return False
