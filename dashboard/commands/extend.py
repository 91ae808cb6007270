"""`learning-cycle extend`: move the deadline of an open stage, with a reason."""

from typing import Annotated

import typer

from casework.clock import read_date
from casework.moves import steering
from casework.people.directory import find_person
from dashboard.arguments import Ref, StageName
from dashboard.desk import desk


def extend(
    reference: Ref,
    stage: StageName,
    to: Annotated[str, typer.Option(help="The new date: 2014-05-06.")],
    reason: Annotated[str, typer.Option(help="Why.")],
    by: Annotated[str, typer.Option(help="Who moves it: an e-mail address.")],
    sure: Annotated[
        bool, typer.Option("--sure", help="Also past a deadline of the framework, or by more than a year.")
    ] = False,
) -> None:
    """Move the deadline of an open stage to another day, or give it one; the first date stays on record."""
    at = desk()
    with at.store.transaction() as session:
        person, day = find_person(session, by), read_date(to)
        steering.extend(at.act(session, person), reference, stage, to=day, reason=reason, sure=sure)
    typer.echo(f"{stage} of {reference} is now due on {day}.")
