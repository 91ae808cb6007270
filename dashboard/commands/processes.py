"""`learning-cycle processes`: the parallel processes of a review."""

from typing import Annotated

import typer
from sqlmodel import Session

from casework.people.directory import find_person
from casework.registers import parallel
from casework.views.review import find_review
from dashboard.arguments import DATA, AsJson, Ref
from dashboard.desk import Desk, desk, read_file, say
from models.tables import id_of

EXAMPLE_FILE = """
kind = "inquest"
contact = "The coroner’s officer"
began_on = 2026-06-10
not_to_disclose = "What witnesses said."
"""


def processes(
    reference: Ref,
    by: Annotated[str | None, typer.Option(help="Who records something: an e-mail address.")] = None,
    data: Annotated[str | None, DATA] = None,
    number: Annotated[int | None, typer.Option(help="Which process; if left out, a new one is linked.")] = None,
    ended: Annotated[str | None, typer.Option(help="The day on which it ended: 2014-05-06.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show the parallel processes of a review; with --by, link one, update one, or record that one is over."""
    at = desk()
    if by is not None:
        change(at, reference, by, data, number, ended)
    with at.store.reading() as session:
        show(session, reference, as_json=as_json)


def change(at: Desk, reference: str, by: str, data: str | None, number: int | None, ended: str | None) -> None:
    """Do what the options say; a review that waited for a process that is over does not resume automatically."""
    typed = {"ended_on": ended} if ended else read_file(data or "-")
    with at.store.transaction() as session:
        who = find_person(session, by)
        if number is None:
            parallel.link_process(at.act(session, who), reference, typed)
        elif not ended:
            parallel.update_process(at.act(session, who), reference, number, typed)
        elif parallel.end_process(at.act(session, who), reference, number, typed):
            typer.echo(f"{reference} is on hold for it: resume it with `learning-cycle resume {reference}`.", err=True)


def show(session: Session, reference: str, *, as_json: bool) -> None:
    """Print the register."""
    found = parallel.processes_of(session, id_of(find_review(session, reference)))
    lines = [
        f"{each.number}. {each.kind.label}: " + (f"ended on {each.ended_on}" if each.ended_on else "under way")
        for each in found
    ]
    text = "\n".join(lines) or f"No parallel processes are linked to {reference}."
    say([each.content() | {"number": each.number} for each in found], text, as_json=as_json)
