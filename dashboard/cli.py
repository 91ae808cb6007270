"""The command line. Each command is a file in `dashboard/commands/`; to add one, add its name and help line below."""

import gc
import sys
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from dashboard.remedies import on_command_line
from models.errors import LearningCycleError

# "check-board" is the function `check_board` in dashboard/commands/check_board.py. The lines are the first of the
# docstrings, repeated so that the list of commands imports none of them.
COMMANDS = {
    "run": "Start everything on this machine and print the address; Ctrl-C stops it.",
    "due": "Count a deadline from what triggers it, and explain it.",
    "timetable": (
        "Show every stage with its owner, its deadline and where that comes from, if each ended on its deadline."
    ),
    "check-board": "Check a board's profile and say what it leaves open.",
    "set-up": "Ask the board what its framework leaves open, and keep what it answers. An empty answer leaves it open.",
    "diff-boards": "Show where two boards differ, with the paragraph of each framework.",
    "diagram": (
        "Draw a review type as a board runs it, as SVG: stages, owners, deadlines and where the framework says so."
    ),
    "example": "Print a launch file to start from: a referral or, where the type begins with a theme, a proposal.",
    "screen": "Say which review the criteria recommend for a referral, and why. Nothing is launched or stored.",
    "launch": "Launch a review: the referral or proposal goes on record, and the first stages open.",
    "list": "List the reviews with their state.",
    "show": "Show a review: what is open, who owes it by when and why, what was recorded, its history.",
    "alike": "Show what is open in other reviews of the board and says nearly the same, and who has it.",
    "complete": "Complete an open stage. You do not need to give fields again that are already known.",
    "action": "Record what is done to an action, from progress to the re-check.",
    "hold": "Put a review on hold. Its deadlines stay the same, and reminders wait.",
    "resume": "Resume a review that is on hold.",
    "extend": "Move the deadline of an open stage to another day, or give it one; the first date stays on record.",
    "withdraw": "End a review before it is done. Everything recorded is kept.",
    "convert": "Continue a review as another type, without typing anything twice.",
    "change-methodology": (
        "Change the methodology of a review under way, with its reason: what it needs opens, the rest ends."
    ),
    "add-reviewer": "Appoint a further lead reviewer, who may not work for an agency under review either.",
    "remind": "Queue a day's reminders: to owners of what is due, and up the ladder for what is long overdue.",
    "appoint": "Give a person a role on a board. They replace anyone who held it and take on what is open.",
    "step-down": (
        "End a person's role on a board. What they owe passes to anyone else who holds it, or to the business manager."
    ),
    "hand-over": (
        "Give a lead reviewer's or an agency author's open stage, and their role in this review, to somebody else."
    ),
    "participation": "Show who takes part in a review; with --by and --data, record one thing about one of them first.",
    "principles": (
        "Show how a review meets the principles and markers; with ITEM, STANDING and --by, answer one first."
    ),
    "processes": (
        "Show the parallel processes of a review; with --by, link one, update one, or record that one is over."
    ),
    "meetings": "Show the meetings of a review; with --by and --data, arrange one, or change one that is arranged.",
    "forecast": (
        "Forecast whether a review will keep its date, with how that was worked out; of a board, those that will not."
    ),
    "circulate-terms": (
        "Send a draft of the terms of reference round. Each person reads and answers it by a link of their own."
    ),
    "ask-questions": "Ask practitioners the five questions. Each person answers by a link of their own.",
    "end-links": (
        "End the links that were sent to the owner of an agency's stage or an action. They can ask for new ones."
    ),
    "sign-in-link": (
        "Print a link that signs a person in once, within 15 minutes. For the person who runs this machine."
    ),
    "verify": "Check every review's journal, entry by entry, what its stages recorded, and the tally of open stages.",
}

REFUSED = 2
INTERRUPTED = 130


class Commands(TyperGroup):
    """The table of commands: the list of them imports none; each is imported when it is run or its help asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Their names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> TyperCommand | TyperGroup | None:
        """The command of that name as the list shows it, or None."""
        return TyperCommand(cmd_name, help=COMMANDS[cmd_name]) if cmd_name in COMMANDS else None

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """The command that is typed, ready to run, and what is typed after its name."""
        name, found, rest = super().resolve_command(ctx, args)
        return name, found and command(args[0]), rest


def command(name: str) -> TyperCommand | TyperGroup:
    """Import one command of the table, or one that has commands of its own, and make it ready to run.

    Where its module has an EXAMPLE_FILE, its help ends with that.
    """
    function = name.replace("-", "_")
    module = imported(f"dashboard.commands.{function}")
    named = getattr(module, function)
    alone = named if isinstance(named, typer.Typer) else typer.Typer(add_completion=False)
    if alone is not named:
        example = getattr(module, "EXAMPLE_FILE", None)
        alone.command(name, epilog=f"An example of the file:\n{example}" if example else None)(named)
    found = typer.main.get_command(alone)
    found.name = name  # one that has commands of its own has no name yet, and help would leave it out
    assert isinstance(found, (TyperCommand, TyperGroup))  # an app of one command is that command
    return found


def imported(name: str) -> ModuleType:
    """Import a module with the garbage collector paused: it would search all that is imported, which stays, many times.

    That would cost `show` about 80 ms of processor time out of 1,200, and `list` 20 out of 660.
    """
    gc.disable()
    try:
        return import_module(name)
    finally:
        gc.enable()


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
