"""`learning-cycle close-action`: close an action with its evidence."""

from typing import Annotated

import typer

from casework import actions
from casework.people import find_person
from dashboard.desk import desk


def close_action(
    reference: Annotated[str, typer.Argument(metavar="REF")],
    number: Annotated[int, typer.Argument(help="The action's number.")],
    by: Annotated[str, typer.Option(help="Who closes it: an e-mail address.")],
    evidence: Annotated[str, typer.Option(help="What shows that it has been done.")],
    on: Annotated[str | None, typer.Option(help="When it was done, as 2014-05-06; today if left out.")] = None,
) -> None:
    """Close an action with the evidence that it has been done."""
    at = desk()
    with at.store.transaction() as session:
        data = {"closed_on": on or at.today.isoformat(), "evidence": evidence}
        actions.update(session, reference, number, data, by=find_person(session, by), now=at.now, today=at.today)
    typer.echo(f"Action {number} of {reference} is closed.")
