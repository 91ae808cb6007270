"""`learning-cycle verify`: check that no journal has been tampered with, and that the figures are right."""

from typing import Annotated

import typer
from sqlmodel import select

from casework.record import journal
from casework.reviews.stage_tally import roll_on, verify_tally
from dashboard.desk import desk
from models.review import Review


def verify(
    recount: Annotated[bool, typer.Option(help="Count the open stages again first.")] = False,
) -> None:
    """Check every review's journal, entry by entry, what its stages recorded, and the tally of open stages."""
    at = desk()
    if recount:
        with at.store.transaction() as session:
            roll_on(session, at.today, recount=True)
    with at.store.reading() as session:
        counts = [journal.verify(session, review) for review in session.exec(select(Review)).all()]
        verify_tally(session)
    typer.echo(f"{sum(counts)} entries of {len(counts)} reviews are as they were written.")
