"""`learning-cycle diagram`: a review type as a picture, drawn from its table."""

from pathlib import Path
from typing import Annotated

import typer

from casework.views.diagram.drawing import diagram as draw
from dashboard.arguments import OfBoard, ReviewType, one_of
from models.errors import InputError
from models.vocabulary import Methodology


def diagram(
    type_: ReviewType,
    board: OfBoard,
    edition: Annotated[
        str | None, typer.Option(help="An edition such as WT2015; if left out, the latest that the board works under.")
    ] = None,
    methodology: Annotated[
        Methodology | None,
        typer.Option(
            metavar="METHOD",
            help=f"Draw the steps of this one; if left out, those of all, marked; {one_of(Methodology)}.",
        ),
    ] = None,
    out: Annotated[
        str | None, typer.Option(metavar="FILE", help="The file to write to; if left out, it is printed.")
    ] = None,
) -> None:
    """Draw a review type as a board runs it, as SVG: stages, owners, deadlines and where the framework says so."""
    picture = draw(type_, board, edition_key=edition, methodology=methodology)
    if out is None:
        typer.echo(picture, nl=False)
        return
    write(Path(out), picture)
    typer.echo(f"{out} is drawn. Open it in a browser, or print it.")


def write(path: Path, picture: str) -> None:
    """Write the picture; raises InputError where the file cannot be written."""
    try:
        path.write_text(picture, encoding="utf-8")
    except OSError as wrong:
        why = wrong.strerror or wrong
        raise InputError(f"{path}: cannot be written ({why}). Give a file in a folder that is there.") from wrong
