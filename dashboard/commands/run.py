"""`learning-cycle run`: start everything."""

import os
import sys
from typing import Annotated

import typer


def run(
    demo: Annotated[bool, typer.Option("--demo/--no-demo", help="Fill an empty database with a demonstration.")] = True,
) -> None:
    """Start everything on this machine and print the address; Ctrl-C stops it."""
    sys.stdout.flush()
    command = [sys.executable, "-m", "deployments.run", *([] if demo else ["--no-demo"])]
    os.execv(sys.executable, command)  # noqa: S606 -- this process becomes the one that runs everything
