"""`learning-cycle verify`: check that no journal has been tampered with."""

import typer
from sqlmodel import select

from casework.record import journal
from dashboard.desk import desk
from models.review import Review


def verify() -> None:
    """Check every review's journal, entry by entry, and what its stages recorded."""
    at = desk()
    with at.store.reading() as session:
        counts = [journal.verify(session, review) for review in session.exec(select(Review)).all()]
    typer.echo(f"{sum(counts)} entries of {len(counts)} reviews are as they were written.")
