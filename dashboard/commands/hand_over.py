"""`learning-cycle hand-over`: give an open stage of one review to somebody else."""

from typing import Annotated

import typer

from casework.moves import succession
from casework.people.directory import find_person
from dashboard.arguments import Ref, StageName
from dashboard.desk import desk


def hand_over(
    reference: Ref,
    stage: StageName,
    to: Annotated[str, typer.Option(help="The new owner's e-mail address.")],
    name: Annotated[str, typer.Option(help="Their name.")],
    reason: Annotated[str, typer.Option(help="Why.")],
    by: Annotated[str, typer.Option(help="Who hands it over: an e-mail address.")],
    organisation: Annotated[str, typer.Option(help="Their employer.")] = "",
) -> None:
    """Give a lead reviewer's or an agency author's open stage, and their role in this review, to somebody else."""
    at = desk()
    with at.store.transaction() as session:
        succession.hand_over(
            at.act(session, find_person(session, by)),
            reference,
            stage,
            name=name,
            email=to,
            organisation=organisation,
            reason=reason,
        )
    typer.echo(f"{stage} of {reference} is now with {to}.")
