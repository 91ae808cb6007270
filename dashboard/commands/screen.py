"""`learning-cycle screen`: what the criteria make of a referral, without launching anything."""

from typing import Annotated, Any

import typer

from casework.moves.launching import check_can_be
from casework.validation.reading import read
from dashboard.arguments import AsJson, BoardName
from dashboard.desk import desk, read_file, say
from dashboard.presenters.launching import Recommended, recommended
from models.forms.referral import Referral


def screen(
    board: BoardName,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A launch file, or its referral alone; “-” reads standard input.")
    ],
    as_json: AsJson = False,
) -> None:
    """Say which review the criteria recommend for a referral, and why. Nothing is launched or stored."""
    data = read_file(file)
    referral = read(Referral, data.get("referral", data), under="referral" if "referral" in data else "")
    check_can_be(referral, today=desk().today)
    found = recommended(board, referral)
    say(as_object(found), in_words(found), as_json=as_json)


def as_object(found: Recommended) -> dict[str, Any]:
    """The recommendation as JSON takes it; `launch_as` are the types to choose from, the first the likeliest."""
    return {
        "recommendation": found.recommendation,
        "criteria": found.answer,
        "reasons": [{"text": reason.text, "cite": reason.cite} for reason in found.reasons],
        "edition": found.edition,
        "launch_as": [each.type for each in found.choices],
    }


def in_words(found: Recommended) -> str:
    """The recommendation to read."""
    reasons = (f"  - {reason.text} [{reason.cite}]" for reason in found.reasons)
    choices = (f"  {each.type}: {each.name}{f'. {each.needs}' if each.needs else ''}" for each in found.choices)
    under = f"Under the edition in force on {found.on}: {found.edition}. {found.beside}".strip()
    before = "It may be launched as one of these; the stages that follow decide:"
    return "\n".join([f"{found.answer}.", *reasons, under, before, *choices])
