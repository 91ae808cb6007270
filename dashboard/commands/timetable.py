"""`learning-cycle timetable`: the projected timetable of a review before it is launched."""

from typing import Annotated

import typer

from casework.clock import read_date, spoken
from casework.views.timetable import Row
from casework.views.timetable import timetable as project
from dashboard.arguments import OfBoard, ReviewType, one_of
from dashboard.desk import say
from models.vocabulary import TRIGGERS, Methodology


def timetable(
    type_: ReviewType,
    board: OfBoard,
    start: Annotated[str, typer.Option("--from", help="The day of the notification or proposal, as 2014-05-06.")],
    methodology: Annotated[
        Methodology | None,
        typer.Option(metavar="METHOD", help=f"If left out, the one that the type assumes; {one_of(Methodology)}."),
    ] = None,
    edition: Annotated[
        str | None, typer.Option(help="Such as WT2015; if left out, the one that applies to the board on that day.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON list.")] = False,
) -> None:
    """Show every stage with its owner, its deadline and where that comes from, if each ended on its deadline."""
    rows = project(board, type_, read_date(start), methodology=methodology, edition=edition)
    say([row.as_dict() for row in rows], "\n".join(readable(row) for row in rows), as_json=as_json)


def readable(row: Row) -> str:
    """A stage in two lines: what and who, then when and why."""
    when = (
        f"by {spoken(row.due)}: {row.rule} from {TRIGGERS.get(row.trigger or '', row.trigger)} ({row.basis})"
        if row.due
        else row.explanation
    )
    return f"{row.title} — {row.owner}\n    {when} [{'; '.join(row.cites)}]"
