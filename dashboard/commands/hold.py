"""`learning-cycle hold`: put a review on hold."""

from typing import Annotated

import typer

from casework.clock import read_date
from casework.moves import steering
from casework.people.directory import find_person
from dashboard.arguments import Ref
from dashboard.desk import desk


def hold(
    reference: Ref,
    by: Annotated[str, typer.Option(help="Who puts it on hold: an e-mail address.")],
    reason: Annotated[str, typer.Option(help="Why.")],
    until: Annotated[str | None, typer.Option(help="Until when, if that is known: 2014-05-06.")] = None,
    process: Annotated[
        int | None, typer.Option(help="The number of the parallel process it waits for, as `processes` lists it.")
    ] = None,
) -> None:
    """Put a review on hold. Its deadlines stay the same, and reminders wait."""
    at = desk()
    with at.store.transaction() as session:
        person = find_person(session, by)
        expected = read_date(until) if until else None
        steering.hold(at.act(session, person), reference, reason=reason, until=expected, process=process)
    typer.echo(
        f"{reference} is on hold. Its deadlines have not moved. Resume it with `learning-cycle resume {reference}`."
    )
