"""`learning-cycle due`: count one deadline."""

import json
from datetime import date, datetime
from typing import Annotated

import typer

from casework.clock import (
    Deadline,
    deadline,
    england_and_wales,
    explain,
    in_full,
    moment,
    read_date,
    read_trigger,
    spoken,
)
from dashboard.arguments import AsJson
from models.rule import Roll


def due(
    rule: Annotated[
        str, typer.Argument(metavar="RULE", help='Such as "5 working days", "7 days before", "monthly, 4 times".')
    ],
    trigger: Annotated[
        str,
        typer.Option("--from", help="A date (2024-01-08), a time in London (2024-01-08T18:00) or an instant."),
    ],
    as_known_on: Annotated[
        str | None, typer.Option(help="Leave out closures that became known after this date.")
    ] = None,
    roll: Annotated[Roll, typer.Option(help="Where to move a deadline that is not on a working day.")] = Roll.NONE,
    as_json: AsJson = False,
) -> None:
    """Count a deadline from what triggers it, and explain it."""
    calendar = england_and_wales(as_known_on and read_date(as_known_on))
    found = deadline(rule, read_trigger(trigger), roll=roll, calendar=calendar)
    typer.echo(json.dumps(in_full(found), indent=2, ensure_ascii=False) if as_json else readable(found))


def readable(found: Deadline) -> str:
    """A line for every date, and below them the explanation."""
    if isinstance(found.due, datetime):
        lines = [f"Due at {moment(found.due)}."]
    else:
        lines = [_line(*each) for each in zip(found.dates, found.last_safe_working_days, strict=True)]
    return "\n".join([*lines, "", explain(found)])


def _line(day: date, safe: date) -> str:
    if day == safe:
        return f"Due on {spoken(day)}."
    return f"Due on {spoken(day)}; the last safe working day is {spoken(safe)}."
