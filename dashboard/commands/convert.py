"""`learning-cycle convert`: go on with a review as another type."""

from typing import Annotated

import typer

from casework.moves import conversion
from casework.people.directory import find_person
from dashboard.arguments import Ref
from dashboard.desk import desk


def convert(
    reference: Ref,
    to: Annotated[str, typer.Option(help="The type it goes on as, such as practice-learning-review.")],
    by: Annotated[str, typer.Option(help="Who converts it: an e-mail address.")],
    reason: Annotated[str, typer.Option(help="Why.")],
) -> None:
    """Continue a review as another type, without typing anything twice."""
    at = desk()
    with at.store.transaction() as session:
        person = find_person(session, by)
        moved = conversion.convert(at.act(session, person), reference, to, reason=reason)
    typer.echo(f"{reference} goes on as {moved.reference}. Open now: {', '.join(moved.opened)}.")
