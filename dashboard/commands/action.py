"""`learning-cycle action MOVE REF NUMBER`: everything that is done to an action, one command a move."""

from pathlib import Path
from typing import Annotated, Any

import typer

from casework import actions
from casework.people.directory import find_person
from dashboard.arguments import Ref
from dashboard.desk import Desk, desk
from models.errors import InputError
from models.vocabulary import ActionMove, Measure, Rag

action = typer.Typer(
    help="Record what is done to an action, from progress to the re-check.", no_args_is_help=True, add_completion=False
)

Number = Annotated[int, typer.Argument(metavar="NUMBER", help="The action’s number.")]
By = Annotated[str, typer.Option(help="Who does it: an e-mail address.")]
On = Annotated[str | None, typer.Option(help="The day it is about, as 2014-05-06; today if left out.")]
Said = Annotated[str, typer.Option(help="What you want to put on record.")]
Reason = Annotated[str, typer.Option(help="Why.")]
Due = Annotated[str, typer.Option(help="The new deadline, as 2014-05-06.")]


@action.command()
def progress(reference: Ref, number: Number, by: By, said: Said, on: On = None) -> None:
    """Record how an action is getting on."""
    at = desk()
    done(at, reference, number, ActionMove.PROGRESS, {"as_of": on or today(at), "progress": said}, by)
    typer.echo(f"The progress of action {number} of {reference} is on record.")


@action.command()
def evidence(
    reference: Ref,
    number: Number,
    by: By,
    said: Said,
    on: On = None,
    file: Annotated[Path | None, typer.Option(help="A .docx, .pdf or .odt file that shows it.")] = None,
) -> None:
    """Give the evidence that an action has been done; --on is the date of the evidence."""
    at, given = desk(), (file.name, read(file)) if file else None
    done(at, reference, number, ActionMove.EVIDENCE, {"evidenced_on": on or today(at), "evidence": said}, by, given)
    typer.echo(f"Evidence for action {number} of {reference} is on record. It waits for sign-off.")


@action.command()
def assure(reference: Ref, number: Number, by: By, said: Said, on: On = None) -> None:
    """Give the agency’s assurance."""
    at = desk()
    done(at, reference, number, ActionMove.ASSURANCE, {"assured_on": on or today(at), "assurance": said}, by)
    typer.echo(f"The assurance of action {number} of {reference} is on record.")


@action.command()
def sign_off(
    reference: Ref,
    number: Number,
    by: By,
    on: On = None,
    said: Annotated[str | None, typer.Option(help="What persuaded the monitoring body.")] = None,
    recheck: Annotated[str | None, typer.Option(help="The day of the re-check, as 2014-05-06.")] = None,
) -> None:
    """Sign an action off."""
    at = desk()
    data = {"signed_off_on": on or today(at), "grounds": said, "recheck_on": recheck}
    done(at, reference, number, ActionMove.SIGN_OFF, data, by)
    typer.echo(f"Action {number} of {reference} is signed off.")


@action.command()
def move(reference: Ref, number: Number, by: By, to: Due, reason: Reason) -> None:
    """Move the deadline; the old date stays on record."""
    done(desk(), reference, number, ActionMove.DEADLINE, {"due_on": to, "reason": reason}, by)
    typer.echo(f"Action {number} of {reference} is due on {to} now.")


@action.command()
def override(
    reference: Ref, number: Number, by: By, colour: Annotated[Rag, typer.Option(help="The colour.")], reason: Reason
) -> None:
    """Set the colour by hand."""
    done(desk(), reference, number, ActionMove.OVERRIDE, {"colour": colour, "reason": reason}, by)
    typer.echo(f"Action {number} of {reference} is {colour} until the colour is lifted.")


@action.command()
def lift_override(reference: Ref, number: Number, by: By, reason: Reason) -> None:
    """Let the computed colour count again."""
    done(desk(), reference, number, ActionMove.LIFT_OVERRIDE, {"reason": reason}, by)
    typer.echo(f"The colour of action {number} of {reference} is computed again.")


@action.command()
def impact(
    reference: Ref,
    number: Number,
    by: By,
    measure: Annotated[Measure, typer.Option(help="The kind of information.")],
    said: Said,
    on: On = None,
) -> None:
    """Record what was measured of its impact."""
    at = desk()
    data = {"measured_on": on or today(at), "measure": measure, "shows": said}
    done(at, reference, number, ActionMove.IMPACT, data, by)
    typer.echo(f"The impact of action {number} of {reference} is on record.")


@action.command()
def recheck_on(
    reference: Ref, number: Number, by: By, to: Annotated[str, typer.Option(help="The day, as 2014-05-06.")]
) -> None:
    """Plan when an action that is signed off is re-checked."""
    done(desk(), reference, number, ActionMove.RE_CHECK_DATE, {"recheck_on": to}, by)
    typer.echo(f"Action {number} of {reference} will be re-checked on {to}.")


@action.command()
def recheck(
    reference: Ref,
    number: Number,
    by: By,
    said: Said,
    holds: Annotated[bool, typer.Option("--holds/--fails", help="Whether the improvement has held.")],
    on: On = None,
    due: Annotated[str | None, typer.Option(help="The new deadline if it has not held, as 2014-05-06.")] = None,
) -> None:
    """Record a re-check; where it fails, the action is reopened."""
    at = desk()
    data = {"rechecked_on": on or today(at), "holds": holds, "shows": said, "due_on": due}
    done(at, reference, number, ActionMove.RE_CHECK, data, by)
    found = "holds" if holds else f"has not held: it is open again, due on {due}"
    typer.echo(f"Action {number} of {reference} {found}.")


@action.command()
def reopen(reference: Ref, number: Number, by: By, due: Due, reason: Reason) -> None:
    """Reopen an action whose evidence does not persuade, or which has not held."""
    done(desk(), reference, number, ActionMove.REOPEN, {"due_on": due, "reason": reason}, by)
    typer.echo(f"Action {number} of {reference} is open again, due on {due}.")


def done(
    at: Desk,
    reference: str,
    number: int,
    kind: ActionMove,
    data: dict[str, Any],
    by: str,
    file: tuple[str, bytes] | None = None,
) -> None:
    """Do it."""
    with at.store.transaction() as session:
        person = find_person(session, by)
        actions.move_action(at.act(session, person), reference, number, kind, data, file=file)


def today(at: Desk) -> str:
    """Today in London, as a form takes it."""
    return at.today.isoformat()


def read(file: Path) -> bytes:
    """The content of a file; raises InputError when it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as wrong:
        raise InputError(f"{file}: cannot be read ({wrong}). Give the path of a file.") from wrong
