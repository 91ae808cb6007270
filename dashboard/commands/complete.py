"""`learning-cycle complete`: complete a stage of a review."""

from typing import Annotated

import typer

from casework.moves.completing import complete_stage
from casework.moves.prefilled_forms import known_already
from casework.people.directory import find_person
from casework.views.review import find_review
from dashboard.arguments import AsJson, Ref, StageName
from dashboard.desk import desk, read_file, say


def complete(
    reference: Ref,
    stage: StageName,
    by: Annotated[str, typer.Option(help="Who completes it: an e-mail address.")],
    data: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="JSON or TOML with the fields, which `show REF --json` lists; “-” reads standard input.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Complete an open stage. You do not need to give fields again that are already known."""
    at, given = desk(), read_file(data) if data else {}
    with at.store.transaction() as session:
        person = find_person(session, by)
        known = known_already(session, find_review(session, reference), stage)
        moved = complete_stage(at.act(session, person), reference, stage, known | given)
    follows = f"Open now: {', '.join(moved.opened)}." if moved.opened else "Nothing new has opened."
    say(
        {"reference": moved.reference, "completed": stage, "state": moved.state, "opened": moved.opened},
        f"{stage} of {reference} is completed. {follows}",
        as_json=as_json,
    )
