"""`learning-cycle resume`: go on with a review that is on hold."""

from typing import Annotated

import typer

from casework.moves import steering
from casework.people.directory import find_person
from dashboard.arguments import Ref
from dashboard.desk import desk


def resume(
    reference: Ref,
    by: Annotated[str, typer.Option(help="Who resumes it: an e-mail address.")],
) -> None:
    """Resume a review that is on hold."""
    at = desk()
    with at.store.transaction() as session:
        steering.resume(at.act(session, find_person(session, by)), reference)
    typer.echo(f"{reference} is resumed.")
