"""`learning-cycle change-methodology`: go on with a review under another methodology."""

from typing import Annotated

import typer

from casework.moves import changing_methodology
from casework.people.directory import find_person
from dashboard.arguments import DATA, AsJson, Ref
from dashboard.desk import desk, read_file, say

EXAMPLE_FILE = """
methodology = "significant-incident-learning-process"
why_methodology = "Practitioners’ own view of the case is what is missing."
costs = "The lead reviewer’s fee and the licence."
"""


def change_methodology(
    reference: Ref,
    by: Annotated[str, typer.Option(help="Who changes it: an e-mail address.")],
    data: Annotated[str, DATA],
    as_json: AsJson = False,
) -> None:
    """Change the methodology of a review under way, with its reason: what it needs opens, the rest ends."""
    at, given = desk(), read_file(data)
    with at.store.transaction() as session:
        person = find_person(session, by)
        moved = changing_methodology.change_methodology(at.act(session, person), reference, given)
    opened = f"Opened: {', '.join(moved.opened)}." if moved.opened else "Nothing new has opened."
    say(
        {"reference": moved.reference, "state": moved.state, "opened": moved.opened},
        f"The methodology of {reference} is changed. {opened}",
        as_json=as_json,
    )
