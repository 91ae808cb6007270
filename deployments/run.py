"""`python -m deployments.run`: everything the product consists of, on one machine, until it is told to stop."""

import argparse
import fcntl
import os
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from casework.clock.london import london_day
from casework.demonstration import seeding
from casework.people.directory import find_person
from casework.people.signing_in import new_sign_in_link
from casework.record.settings import Settings
from casework.record.store import Store, make_home, open_store
from deployments.ports import with_free_ports
from deployments.prefect_server import HOST, existing_server, password_file
from deployments.product import children_of
from deployments.supervisor import DidNotStart, Supervisor, ToldToStop, say, stoppable
from models.errors import LearningCycleError

REFUSED, FAILED = 2, 1


class AlreadyRunning(LearningCycleError):
    """Raised when the product is running on this folder already."""


def main() -> int:
    """Run everything; 0 once told to stop, 2 when something has to be changed first, 1 when a part does not start."""
    arguments = argparse.ArgumentParser(prog="learning-cycle run", description=__doc__)
    arguments.add_argument("--no-demo", action="store_true", help="leave an empty database empty")
    given = arguments.parse_args()
    try:
        with stoppable():
            run(Settings(), with_demonstration=not given.no_demo)
    except ToldToStop:
        return 0
    except LearningCycleError as refusal:
        sys.stderr.write(f"{refusal}\n")
        return FAILED if isinstance(refusal, DidNotStart) else REFUSED
    return 0


def run(settings: Settings, *, with_demonstration: bool) -> None:
    """Start everything, say how to come in, and keep it running until ToldToStop."""
    os.umask(0o077)  # whatever this process and its children write is their owner's alone
    make_home(settings)
    with the_only_one(settings.home / "running.lock"):
        settings = with_free_ports(settings)
        store = open_store(settings)
        if with_demonstration:
            seeding.seed(store, today=london_day(datetime.now(UTC)))
        supervise(settings, store)


def supervise(settings: Settings, store: Store) -> None:
    """Have all processes run; whatever happens, none of them is left when this returns."""
    children = children_of(settings, store)
    supervisor = Supervisor(children)
    try:
        front = [child for child in children if child.name in ("mail server", "dashboard")]
        supervisor.start(front)  # Prefect takes far longer, and nobody needs it to come in
        supervisor.wait_for(front)
        say(welcome(settings, store))
        supervisor.start([child for child in children if child not in front])
        supervisor.wait_for(children)
        say("Everything is running. Press Ctrl-C to stop.")
        supervisor.keep_running()
    finally:
        say("Stopping ...")
        supervisor.stop()
        say("Stopped.")


@contextmanager
def the_only_one(lock: Path) -> Iterator[None]:
    """Hold the folder while in the block; raises AlreadyRunning when another process does."""
    with lock.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise AlreadyRunning(
                f"Learning cycle is running on {lock.parent} already. Stop that one first, or set "
                "LEARNING_CYCLE_HOME to another folder."
            ) from taken
        yield


def welcome(settings: Settings, store: Store) -> str:
    """How to come in."""
    lines = ["", f"Learning cycle is at  {settings.address}", *way_in(settings, store)]
    if settings.mail_is_local:
        lines.append("E-mails               stay on this machine, to be read in the dashboard")
    lines += [
        f"Data                  {settings.home}",
        *way_into_prefect(settings),
        "",
        "The background work is starting; people can come in already. Press Ctrl-C to stop.",
    ]
    return "\n".join(lines)


def way_into_prefect(settings: Settings) -> list[str]:
    """Where Prefect's pages are; of a server that was there already, its address as it was given."""
    if existing := existing_server(settings):
        return [f"Prefect               {existing}  (as PREFECT_API_URL says)"]
    return [
        f"Prefect               http://{HOST}:{settings.prefect_port}",
        f"                      (sign in with the contents of {password_file(settings)})",
    ]


def way_in(settings: Settings, store: Store) -> list[str]:
    """For the demonstration a link that signs its business manager in; otherwise how to come by one."""
    with store.transaction() as session:
        if not seeding.is_demonstration(session):
            return ["Sign in               learning-cycle sign-in-link EMAIL prints a link for one person"]
        email = tomllib.loads(seeding.DATA.read_text(encoding="utf-8"))["sign_in_as"]
        person = find_person(session, email)
        link = new_sign_in_link(session, person, address=settings.address, now=datetime.now(UTC))
    return [f"Sign in               {link}", f"                      (once, within 15 minutes, as {email})"]


if __name__ == "__main__":
    sys.exit(main())
