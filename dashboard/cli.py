"""The command line. Each command is a file in `dashboard/commands/`; to add one, add its name below."""

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from dashboard.remedies import on_command_line
from models.errors import LearningCycleError

# "check-board" is the function `check_board` in dashboard/commands/check_board.py.
COMMANDS = (
    "run",
    "due",
    "timetable",
    "check-board",
    "set-up",
    "diff-boards",
    "diagram",
    "example",
    "screen",
    "launch",
    "list",
    "show",
    "alike",
    "complete",
    "action",
    "hold",
    "resume",
    "extend",
    "withdraw",
    "convert",
    "change-methodology",
    "add-reviewer",
    "remind",
    "appoint",
    "step-down",
    "hand-over",
    "participation",
    "principles",
    "processes",
    "meetings",
    "forecast",
    "circulate-terms",
    "ask-questions",
    "end-links",
    "sign-in-link",
    "verify",
)

REFUSED = 2
INTERRUPTED = 130


class Commands(TyperGroup):
    """The table of commands: each is imported only when it is run or its help is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Their names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> TyperCommand | TyperGroup | None:
        """The command of that name, or None."""
        return command(cmd_name) if cmd_name in COMMANDS else None


def command(name: str) -> TyperCommand | TyperGroup:
    """Import one command of the table, or one that has commands of its own, and make it ready to run.

    Where its module has an EXAMPLE_FILE, its help ends with that.
    """
    function = name.replace("-", "_")
    module = import_module(f"dashboard.commands.{function}")
    named = getattr(module, function)
    alone = named if isinstance(named, typer.Typer) else typer.Typer(add_completion=False)
    if alone is not named:
        example = getattr(module, "EXAMPLE_FILE", None)
        alone.command(name, epilog=f"An example of the file:\n{example}" if example else None)(named)
    found = typer.main.get_command(alone)
    found.name = name  # one that has commands of its own has no name yet, and help would leave it out
    assert isinstance(found, (TyperCommand, TyperGroup))  # an app of one command is that command
    return found


app = typer.Typer(cls=Commands, add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def learning_cycle() -> None:
    """Take reviews from referral to closure, and count their deadlines."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code. A refusal is one sentence on standard error, and code 2."""
    given = sys.argv[1:] if arguments is None else arguments
    try:
        return app(given or ["--help"], standalone_mode=False) or 0
    except LearningCycleError as refusal:
        typer.echo(on_command_line(refusal), err=True)
    except typer.TyperException as misuse:
        typer.echo(f"{misuse.format_message().rstrip('.')}: see {command_path(misuse)} --help.", err=True)
    except typer.Abort:
        return INTERRUPTED
    return REFUSED


def command_path(misuse: typer.TyperException) -> str:
    """The command that was misused, as it is typed: "learning-cycle due"."""
    context: typer.Context | None = getattr(misuse, "ctx", None)
    return context.command_path if context else "learning-cycle"


if __name__ == "__main__":
    sys.exit(main())
