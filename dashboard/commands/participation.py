"""`learning-cycle participation`: who takes part in a review, and what came of it."""

from typing import Annotated

import typer
from sqlmodel import Session

from casework.people.directory import find_person
from casework.registers.participation import invite_participant, participants_of, take_down
from casework.views.review import find_review
from dashboard.arguments import DATA, AsJson, Ref
from dashboard.desk import desk, read_file, say
from dashboard.presenters.participation import nobody_yet, tally_in_words
from dashboard.presenters.participation import participation as in_words
from models.tables import id_of

EXAMPLE_FILE = """
who = "parent"
known_as = "the mother"
invited_on = 2026-06-10
how = "A letter and a visit"
"""


def participation(
    reference: Ref,
    by: Annotated[str | None, typer.Option(help="Who records something: an e-mail address.")] = None,
    data: Annotated[str | None, DATA] = None,
    number: Annotated[int | None, typer.Option(help="About whom; if left out, a new person is put on record.")] = None,
    part: Annotated[
        str, typer.Option(help="What is recorded: invitation, expectations, answer, attendance, views or feedback.")
    ] = "invitation",
    as_json: AsJson = False,
) -> None:
    """Show who takes part in a review; with --by and --data, record one thing about one of them first."""
    at = desk()
    if by is not None:
        typed = read_file(data or "-")
        with at.store.transaction() as session:
            who = find_person(session, by)
            if number is None:
                invite_participant(at.act(session, who), reference, typed)
            else:
                take_down(at.act(session, who), reference, number, part, typed)
    with at.store.reading() as session:
        show(session, reference, as_json=as_json)


def show(session: Session, reference: str, *, as_json: bool) -> None:
    """Print the register."""
    found = participants_of(session, id_of(find_review(session, reference)))
    lines = [f"{reference}: {tally_in_words(found)}."]
    lines += [f"Nobody invited yet: {nobody_yet(found)}."] if nobody_yet(found) else []
    for person in in_words(found):
        lines.append(f"{person.number}. {person.known_as} ({person.who}): {person.answer}")
        lines += [f"   {label}: {text}" for label, text in person.facts]
    say([each.content() | {"number": each.number} for each in found], "\n".join(lines), as_json=as_json)
