"""`learning-cycle ask-questions`: ask practitioners the five questions."""

from typing import Annotated

import typer

from casework.answering import contributions
from casework.people import find_person
from dashboard.desk import desk, read_file


def ask_questions(
    reference: Annotated[str, typer.Argument(metavar="REF")],
    data: Annotated[str, typer.Argument(help="JSON or TOML: answer_by, and people with name and email.")],
    by: Annotated[str, typer.Option(help="Who asks: an e-mail address.")],
) -> None:
    """Ask practitioners the five questions. Each answers by a link of their own."""
    at, given = desk(), read_file(data)
    with at.store.transaction() as session:
        person = find_person(session, by)
        found = contributions.ask_questions(session, reference, given, by=person, now=at.now, today=at.today)
    typer.echo(f"{len(found)} asked in {reference}. What they answer stands on its page, under “Who takes part”.")
