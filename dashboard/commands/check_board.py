"""`learning-cycle check-board`: what is wrong with a board's profile, where, and how to correct it."""

from pathlib import Path
from typing import Annotated

import typer

from casework.framework.cited_files import citations
from casework.framework.profiles import read_profile
from casework.record.settings import Settings


def check_board(
    board: Annotated[Path, typer.Argument(metavar="BOARD", help="A board's .toml file, or the name of a board.")],
) -> None:
    """Check a board's profile and say what it leaves open."""
    known = Settings().boards / f"{board}.toml"
    profile = read_profile(known if board.parent == Path() and known.is_file() else board)
    cited = sum(cite != "board" for _, cite in citations(profile))
    typer.echo(f"{profile.name.value}: the profile is in order. {cited} values cite their paragraph.")
    for type_, kind in profile.reviews.items():
        for name, why in kind.left_open.items():
            typer.echo(f"Left open in {type_}, {name}: {why}")
    for name, why in profile.left_open.items():
        typer.echo(f"Left open, {name}: {why}")
