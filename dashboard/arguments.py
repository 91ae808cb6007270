"""What commands ask for again and again, and how their help says it."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated

import typer

from models.vocabulary import Role

OF_ONE_REVIEW = (Role.LEAD_REVIEWER, Role.AGENCY_AUTHOR, Role.ACTION_OWNER, Role.CALENDAR)  # no board gives these


def one_of(values: Iterable[StrEnum]) -> str:
    """The answers there are, which a narrow window breaks between words alone: "one of red, amber, green"."""
    return f"one of {', '.join(each.value for each in values)}"


Ref = Annotated[str, typer.Argument(metavar="REF", help="The review’s reference, as `list` shows it.")]
StageName = Annotated[str, typer.Argument(metavar="STAGE", help="The stage’s name, as `show` lists it.")]
BoardName = Annotated[str, typer.Argument(metavar="BOARD", help="A profile’s file name, such as northamptonshire.")]
OfBoard = Annotated[str, typer.Option("--board", help="A profile’s file name, such as northamptonshire.")]
ReviewType = Annotated[str, typer.Argument(metavar="TYPE", help="Such as serious-case-review.")]
BoardRole = Annotated[
    Role,
    typer.Argument(
        metavar="ROLE",
        show_choices=False,
        help=f"The role: {one_of(role for role in Role if role not in OF_ONE_REVIEW)}.",
    ),
]
PersonEmail = Annotated[str, typer.Argument(metavar="EMAIL", help="The person’s e-mail address.")]
# both in modules with an EXAMPLE_FILE, with which the help ends
AS_BELOW = "JSON or TOML, as below; “-” reads standard input."
DATA = typer.Option(metavar="FILE", help=AS_BELOW)
DataFile = Annotated[str, typer.Argument(metavar="FILE", help=AS_BELOW)]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
