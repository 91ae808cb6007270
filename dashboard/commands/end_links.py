"""`learning-cycle end-links`: end the links by which one task can be answered."""

from typing import Annotated

import typer
from sqlmodel import Session

from casework.actions.lookup import action_of
from casework.links import ending_links
from casework.links.signed_links import LinkTask
from casework.people.directory import find_person
from casework.reviews.case import load
from dashboard.arguments import Ref
from dashboard.desk import Desk, desk
from models.errors import NotFound
from models.tables import id_of
from models.vocabulary import TaskKind


def end_links(
    reference: Ref,
    what: Annotated[
        str,
        typer.Argument(
            metavar="STAGE|ACTION", help="An agency’s stage, as `show` lists it, or the number of an action."
        ),
    ],
    by: Annotated[str, typer.Option(help="Who ends them: an e-mail address.")],
) -> None:
    """End the links that were sent to the owner of an agency's stage or an action. They can ask for new ones."""
    at = desk()
    with at.store.transaction() as session:
        task = task_named(session, at, reference, what)
        ending_links.end_links(at.act(session, find_person(session, by)), reference, task)
    typer.echo(f"The links that were sent for {what} of {reference} no longer work.")


def task_named(session: Session, at: Desk, reference: str, what: str) -> LinkTask:
    """The task of this name in a review; raises NotFound."""
    case = load(at.act(session), reference, lock=False)
    if what.isdecimal():
        return LinkTask(TaskKind.ACTION, id_of(action_of(session, case.id, int(what), reference)))
    for stage in case.stages:
        if stage.name == what:
            return LinkTask(TaskKind.REPORT, stage.id)
    raise NotFound(f"‘{what}’ is not a stage of {reference}. `learning-cycle show {reference}` lists them.")
