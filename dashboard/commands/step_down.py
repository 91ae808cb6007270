"""`learning-cycle step-down`: end a person's role on a board."""

import typer

from casework.moves import succession
from casework.people.directory import find_person
from dashboard.arguments import BoardName, BoardRole, PersonEmail
from dashboard.desk import desk


def step_down(
    board: BoardName,
    role: BoardRole,
    email: PersonEmail,
) -> None:
    """End a person's role on a board. What they owe passes to anyone else who holds it, or to the business manager."""
    at = desk()
    with at.store.transaction() as session:
        person = find_person(session, email)
        succession.step_down(at.act(session), board=board, role=role, person=person)
    typer.echo(f"{email} is no longer {role.label.lower()} of {board}.")
