"""`learning-cycle list`: the reviews there are."""

from typing import Annotated

import typer
from sqlmodel import col, select

from dashboard.desk import desk, say
from models.review import Review


def list(  # noqa: A001 -- the command’s name
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON list.")] = False,
) -> None:
    """List the reviews with their state."""
    at = desk()
    with at.store.reading() as session:
        reviews = session.exec(select(Review).order_by(col(Review.id))).all()
    found = [review.model_dump(include={"reference", "board", "type", "state", "launched_on"}) for review in reviews]
    text = "\n".join(f"{row['reference']}  {row['state']:<10} {row['type']} ({row['board']})" for row in found)
    say(found, text or "There is no review yet. `learning-cycle launch FILE` launches one.", as_json=as_json)
