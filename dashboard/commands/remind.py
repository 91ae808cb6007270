"""`learning-cycle remind`: queue the reminders of a day."""

from dataclasses import asdict
from typing import Annotated

import typer

from casework.clock import read_date
from casework.reminders import listing, rounds
from dashboard.arguments import AsJson
from dashboard.desk import desk, say


def remind(
    on: Annotated[str | None, typer.Option(help="The day, as 2014-05-06; today if left out.")] = None,
    as_json: AsJson = False,
) -> None:
    """Queue a day's reminders: to owners of what is due, and up the ladder for what is long overdue.

    Saying it twice sends nothing twice. The e-mails go at the board's hour.
    """
    at = desk()
    day = read_date(on) if on else at.today
    done = [make(at.store, on=day, now=at.now) for make in (rounds.remind, rounds.escalate)]
    with at.store.reading() as session:
        found = listing.reminders(session, {number for each in done for number in each.ids})
    queued = sum(each.queued for each in done)
    lines = [f"{one.reference} {about(one)}: to {one.to} as {one.rung}, due {one.due}" for one in found]
    say(
        {"on": day.isoformat(), "queued": queued, "reminders": [asdict(one) for one in found]},
        "\n".join([f"{queued} reminders queued for {day}.", *lines]),
        as_json=as_json,
    )


def about(one: listing.Reminder) -> str:
    """What a reminder is of: "imr:police", "action 3", "answer: terms"."""
    return one.stage or (f"action {one.action}" if one.action else f"answer: {one.answer}")
