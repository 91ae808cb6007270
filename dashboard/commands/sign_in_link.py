"""`learning-cycle sign-in-link`: print a link that signs a person in once."""

import typer

from casework.people.directory import find_person
from casework.people.signing_in import new_sign_in_link
from dashboard.arguments import PersonEmail
from dashboard.desk import desk


def sign_in_link(email: PersonEmail) -> None:
    """Print a link that signs a person in once, within 15 minutes. For the person who runs this machine."""
    at = desk()
    with at.store.transaction() as session:
        person = find_person(session, email)
        typer.echo(new_sign_in_link(session, person, address=at.settings.address, now=at.now))
