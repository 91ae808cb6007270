"""`learning-cycle appoint`: give a person a role on a board."""

from typing import Annotated

import typer

from casework.framework.profiles import board as profile_of
from casework.moves.succession import appoint_successor
from casework.people.directory import person_for
from casework.validation.reading import read
from dashboard.arguments import BoardName, BoardRole, PersonEmail
from dashboard.desk import desk
from models.forms.referral import Named
from models.tables import id_of


def appoint(
    board: BoardName,
    role: BoardRole,
    email: PersonEmail,
    name: Annotated[str, typer.Option(help="The person's name.")],
    organisation: Annotated[str, typer.Option(help="Their organisation.")] = "",
) -> None:
    """Give a person a role on a board. They replace anyone who held it and take on what is open."""
    at, profile = desk(), profile_of(board)
    given = {"name": name, "email": email, "organisation": organisation}
    named = read(Named, {key: value for key, value in given.items() if value})
    with at.store.transaction() as session:
        person = person_for(session, **named.model_dump())
        person.organisation = person.organisation or organisation  # what is on record stands
        appoint_successor(at.act(session), board=board, role=role, person=person)
        number = id_of(person)
    typer.echo(f"{named.email} is {profile.title(role)} of {profile.name.value}. Their number in Prefect is {number}.")
