"""`learning-cycle remind`: queue the reminders of a day."""

from dataclasses import asdict
from typing import Annotated

import typer

from casework import notices
from casework.clock import read_date
from dashboard.desk import desk, say


def remind(
    on: Annotated[str | None, typer.Option(help="The day, as 2014-05-06; today if left out.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Queue a reminder for every open stage and action of which a planned day has come. Twice sends nothing twice."""
    at = desk()
    day = read_date(on) if on else at.today
    done = notices.remind(at.store, on=day, now=at.now)
    with at.store.reading() as session:
        found = notices.reminders(session, done.ids)
    lines = [
        f"{one.reference} {one.stage or f'action {one.action}'}: {one.template} to {one.to}, due {one.due}"
        for one in found
    ]
    say(
        {"on": day.isoformat(), "queued": done.queued, "reminders": [asdict(one) for one in found]},
        "\n".join([f"{done.queued} reminders queued for {day}.", *lines]),
        as_json=as_json,
    )
