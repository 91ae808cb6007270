"""A person's own calendar: their meetings and their deadlines, at a secret address that can be renewed."""

import secrets
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from sqlmodel import Session, delete, select

from casework.framework.profiles import board
from casework.framework.stage_titles import title_of
from casework.meetings.calendar_entries import Deadline, Entry, own_calendar
from casework.meetings.lookup import MeetingOfPerson, meetings_of_person
from casework.people.signing_in import hashed
from casework.views.overview import Owed, agency_names, owed_by
from models.meeting import CalendarFeed
from models.people import Person
from models.tables import id_of
from models.vocabulary import Response

NAME = "Learning cycle"
SHOWN_BACK = timedelta(days=90)  # how far back a calendar reaches, so that it stays short however long somebody is here
TOKEN_BYTES = 32


def new_address(session: Session, person: Person, *, address: str, now: datetime) -> str:
    """The secret address of somebody's calendar; the one before it is dead from now on. It is known only this once."""
    end_address(session, person)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    session.add(CalendarFeed(person_id=id_of(person), token_hash=hashed(token), made_at=now))
    return f"{address}/calendar/{token}.ics"


def end_address(session: Session, person: Person) -> None:
    """Let nobody read somebody's calendar any more."""
    session.exec(delete(CalendarFeed).where(CalendarFeed.person_id == person.id))  # type: ignore[arg-type]
    session.flush()


def feed_of(session: Session, person_id: int) -> CalendarFeed | None:
    """Whether somebody's calendar has an address, and since when."""
    return session.get(CalendarFeed, person_id)


def owner_of_address(session: Session, token: str) -> CalendarFeed | None:
    """Whose calendar an address opens, if anybody's."""
    return session.exec(select(CalendarFeed).where(CalendarFeed.token_hash == hashed(token))).first()


def calendar_of(session: Session, feed: CalendarFeed, *, address: str, today: date) -> str:
    """What a calendar program is given: meetings and deadlines of the last 90 days and of all days to come."""
    since = today - SHOWN_BACK
    meetings = [entry_of(each, address) for each in meetings_of_person(session, feed.person_id, since=since)]
    return own_calendar(NAME, meetings, deadlines(session, feed, address, since))


def entry_of(mine: MeetingOfPerson, address: str) -> Entry:
    """A meeting as it stands in the calendar of somebody invited."""
    found, declined = mine.meeting, mine.attendance.response is Response.DECLINED
    title = f"{'Declined: ' if declined else ''}{mine.reference}: {found.kind.label}"
    return Entry(
        uid=found.uid,
        sequence=found.sequence,
        changed_at=found.changed_at,
        on_day=found.on_day,
        begins=found.begins,
        ends=found.ends,
        title=title,
        place=found.place or found.joining_link or "",
        about="\n".join(part for part in (board(mine.board).name.value, found.joining_link) if part),
        link=page_of(mine, address),
        cancelled=found.cancelled_on is not None,
        free=declined,
    )


def page_of(mine: MeetingOfPerson, address: str) -> str:
    """Where somebody looks at a meeting: practitioners and managers of the case see nothing of the review itself."""
    if mine.attendance.participant is not None:
        return f"{address}/calendar"
    return f"{address}/reviews/{quote(mine.reference, safe='')}/meetings/{mine.meeting.number}"


def deadlines(session: Session, feed: CalendarFeed, address: str, since: date) -> Iterator[Deadline]:
    """What somebody owes by a day: a reference and the title of a stage, or the number of an action."""
    owed = [each for each in owed_by(session, feed.person_id) if each.due_on and each.due_on >= since]
    agencies = agency_names(session, owed)
    for each in owed:
        assert each.due_on is not None
        link = f"{address}/reviews/{quote(each.reference, safe='')}/{place_of(each)}"
        title = f"{each.reference}: {what_is_owed(each, agencies)}"
        yield Deadline(str(uuid5(NAMESPACE_URL, link)), each.due_on, title, link, feed.made_at)


def place_of(owed: Owed) -> str:
    """Where below its review a stage or an action is found."""
    return f"actions/{owed.action}" if owed.action else f"stages/{quote(owed.stage, safe=':')}"


def what_is_owed(owed: Owed, agencies: Mapping[int | None, str]) -> str:
    """The title of a stage, with its agency, or the number of an action."""
    if owed.action:
        return f"action {owed.action} due"
    return f"{title_of(owed.type, owed.key, agencies.get(owed.agency_id))} due"
