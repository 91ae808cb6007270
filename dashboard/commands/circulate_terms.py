"""`learning-cycle circulate-terms`: send a draft of the terms of reference round."""

from typing import Annotated

import typer

from casework.people.directory import find_person
from casework.requests import draft_terms
from dashboard.arguments import DataFile, Ref
from dashboard.desk import desk, read_file

EXAMPLE_FILE = """
wording = '''
What was known of the child, by whom, and when?
What stood in the way of sharing it?'''
answer_by = 2027-02-01
people = [
  { name = "Mia Member", email = "mia.member@board.example" },
  { name = "Max Member", email = "max.member@board.example" },
]
"""


def circulate_terms(
    reference: Ref,
    data: DataFile,
    by: Annotated[str, typer.Option(help="Who sends it round: an e-mail address.")],
) -> None:
    """Send a draft of the terms of reference round. Each person reads and answers it by a link of their own."""
    at, given = desk(), read_file(data)
    with at.store.transaction() as session:
        person = find_person(session, by)
        draft = draft_terms.circulate_terms(at.act(session, person), reference, given)
    typer.echo(f"Draft {draft.number} of the terms of reference of {reference} is on its way to those you named.")
