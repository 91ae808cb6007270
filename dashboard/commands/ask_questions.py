"""`learning-cycle ask-questions`: ask practitioners the five questions."""

from typing import Annotated

import typer

from casework.people.directory import find_person
from casework.requests import contributions
from dashboard.arguments import DataFile, Ref
from dashboard.desk import desk, read_file

EXAMPLE_FILE = """
answer_by = 2027-02-01
people = [
  { name = "Pia Practitioner", email = "pia@social-care.example" },
  { name = "Pim Practitioner", email = "pim@health.example" },
]
"""


def ask_questions(
    reference: Ref,
    data: DataFile,
    by: Annotated[str, typer.Option(help="Who asks: an e-mail address.")],
) -> None:
    """Ask practitioners the five questions. Each person answers by a link of their own."""
    at, given = desk(), read_file(data)
    with at.store.transaction() as session:
        person = find_person(session, by)
        found = contributions.ask_questions(at.act(session, person), reference, given)
    typer.echo(f"{len(found)} asked in {reference}. Their answers are on its page, under “Who takes part”.")
