"""`learning-cycle withdraw`: end a review before it is done."""

from typing import Annotated

import typer

from casework.moves import steering
from casework.people.directory import find_person
from dashboard.arguments import Ref
from dashboard.desk import desk


def withdraw(
    reference: Ref,
    by: Annotated[str, typer.Option(help="Who withdraws it: an e-mail address.")],
    reason: Annotated[str, typer.Option(help="Why.")],
) -> None:
    """End a review before it is done. Everything recorded is kept."""
    at = desk()
    with at.store.transaction() as session:
        person = find_person(session, by)
        steering.withdraw(at.act(session, person), reference, reason=reason)
    typer.echo(f"{reference} is withdrawn.")
