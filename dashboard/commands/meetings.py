"""`learning-cycle meetings`: the meetings of a review, and who answered what."""

from collections.abc import Callable
from typing import Annotated, Any

import typer
from sqlmodel import Session

from casework.meetings import arranging, attending, changing_guests
from casework.meetings.lookup import ArrangedMeeting, meetings_of
from casework.meetings.unusual_times import unusual_times
from casework.people.directory import find_person
from casework.views.review import find_review
from dashboard.arguments import DATA, AsJson, Ref
from dashboard.desk import Desk, desk, read_file, say
from dashboard.presenters.meetings import shown
from models.errors import InputError, fault
from models.tables import id_of

WAYS: dict[str, Callable[..., Any]] = {
    "move": arranging.move_meeting,
    "cancel": arranging.cancel_meeting,
    "invite": changing_guests.invite,
    "uninvite": changing_guests.uninvite,
    "who-came": attending.record_who_came,
}

EXAMPLE_FILE = """
kind = "panel-meeting"
on_day = 2027-02-02
begins = "10:00"
ends = "12:30"
place = "Room 2, Example House"
people = ["independent-chair@board.example", "panel-chair@board.example"]
"""


def meetings(
    reference: Ref,
    by: Annotated[str | None, typer.Option(help="Who arranges something: an e-mail address.")] = None,
    data: Annotated[str | None, DATA] = None,
    number: Annotated[int | None, typer.Option(help="Which meeting; if left out, a new one is arranged.")] = None,
    way: Annotated[
        str, typer.Option(help="What is done with it: move, cancel, invite or uninvite; who-came, once it has begun.")
    ] = "move",
    as_json: AsJson = False,
) -> None:
    """Show the meetings of a review; with --by and --data, arrange one, or change one that is arranged."""
    at = desk()
    if by is not None:
        change(at, reference, by, data, number, way)
    with at.store.reading() as session:
        show(session, at, reference, as_json=as_json)


def change(at: Desk, reference: str, by: str, data: str | None, number: int | None, way: str) -> None:
    """Do what the options say; what is unusual about the time is said and not refused."""
    if way not in WAYS:
        raise InputError(
            fault("way", way, "is not something to do with a meeting. Choose one of: {ways}.", ways=", ".join(WAYS))
        )
    typed = read_file(data or "-")
    with at.store.transaction() as session:
        act = at.act(session, find_person(session, by))
        if number is None:
            found = arranging.arrange_meeting(act, reference, typed)
        else:
            found = WAYS[way](act, reference, number, typed)
    for sentence in unusual_times(found.on_day, found.begins, found.ends) if way not in ("cancel", "who-came") else ():
        typer.echo(sentence, err=True)


def show(session: Session, at: Desk, reference: str, *, as_json: bool) -> None:
    """Print the meetings."""
    found = meetings_of(session, id_of(find_review(session, reference)))
    lines = [line for each in found for line in lines_of(each, at)]
    text = "\n".join(lines) or f"No meeting of {reference} is arranged."
    say([as_object(each) for each in found], text, as_json=as_json)


def lines_of(arranged: ArrangedMeeting, at: Desk) -> list[str]:
    """A meeting for people."""
    found = shown(arranged, at.now)
    head = f"{found.number}. {found.title}, {found.when} ({found.stands.lower()}). {found.answers}."
    return [head, *(f"   {guest.name}: {guest.answer.lower()}" for guest in found.guests)]


def as_object(arranged: ArrangedMeeting) -> dict[str, Any]:
    """A meeting for programs."""
    invited = [
        {"email": each.person.email, "answer": each.attendance.response.value, "reason": each.attendance.reason}
        for each in arranged.invited
    ]
    return arranged.meeting.content() | {"number": arranged.meeting.number, "invited": invited}
