"""`learning-cycle check-board`: what is wrong with a board's profile, where, and how to mend it."""

from pathlib import Path
from typing import Annotated

import typer

from casework.boards import read_profile
from casework.cited_files import citations


def check_board(file: Annotated[Path, typer.Argument(help="A board's .toml file.")]) -> None:
    """Check a board's profile and say what it leaves open."""
    profile = read_profile(file)
    cited = sum(cite != "board" for _, cite in citations(profile))
    typer.echo(f"{profile.name.value}: the profile is in order. {cited} values cite their paragraph.")
    for type_, kind in profile.reviews.items():
        for name, why in kind.left_open.items():
            typer.echo(f"Left open in {type_}, {name}: {why}")
    for name, why in profile.left_open.items():
        typer.echo(f"Left open, {name}: {why}")
