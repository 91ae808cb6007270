"""`learning-cycle add-reviewer`: appoint a further lead reviewer."""

from typing import Annotated

import typer

from casework.moves import changing_methodology
from casework.people.directory import find_person
from dashboard.arguments import Ref
from dashboard.desk import desk


def add_reviewer(
    reference: Ref,
    email: Annotated[str, typer.Argument(metavar="EMAIL", help="The reviewer’s e-mail address.")],
    name: Annotated[str, typer.Option(help="Their name.")],
    organisation: Annotated[str, typer.Option(help="Their employer, or “Independent consultant”.")],
    by: Annotated[str, typer.Option(help="Who appoints them: an e-mail address.")],
) -> None:
    """Appoint a further lead reviewer, who may not work for an agency under review either."""
    at = desk()
    with at.store.transaction() as session:
        named = {"name": name, "email": email, "organisation": organisation}
        changing_methodology.add_reviewer(at.act(session, find_person(session, by)), reference, named)
    typer.echo(f"{name} leads {reference} too.")
