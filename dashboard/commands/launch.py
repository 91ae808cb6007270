"""`learning-cycle launch`: launch a review from a file."""

from typing import Annotated

import typer

from casework.moves.launching import launch_file
from dashboard.arguments import AsJson
from dashboard.desk import desk, read_file, say


def launch(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="JSON or TOML with a referral or a proposal; `learning-cycle example` prints one. Without a type it "
            "comes in as what the criteria recommend. “-” reads standard input.",
        ),
    ],
    by: Annotated[str | None, typer.Option(help="The business manager who launches it.")] = None,
    as_json: AsJson = False,
) -> None:
    """Launch a review: the referral or proposal goes on record, and the first stages open."""
    at, data = desk(), read_file(file)
    with at.store.transaction() as session:
        moved = launch_file(at.act(session), data, launched_by=by)
    say(
        {"reference": moved.reference, "state": moved.state, "opened": moved.opened},
        f"{moved.reference} is launched. Open now: {', '.join(moved.opened)}.",
        as_json=as_json,
    )
