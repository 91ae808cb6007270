"""Meetings in words: when and where, who is invited and what they answered, what is unusual about the time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from casework.clock.wording import day, meeting_time
from casework.meetings.lookup import ArrangedMeeting, InvitedPerson, MeetingOfPerson, ends_at, starts_at
from casework.meetings.unusual_times import unusual_times
from dashboard.shapes import Option
from models.meeting import Attendance, Meeting
from models.tables import id_of
from models.vocabulary import Response

COLOURS = {Response.ACCEPTED: "green", Response.DECLINED: "orange", Response.WAITING: "grey"}


@dataclass(frozen=True)
class Guest:
    """Somebody invited, and what they answered."""

    name: str
    answer: str
    colour: str
    reason: str
    answered_at: datetime | None
    attendance: int


@dataclass(frozen=True)
class Shown:
    """A meeting as its page and the list show it."""

    number: int
    title: str
    when: str
    stands: str
    colour: str
    answers: str
    facts: tuple[tuple[str, str], ...]
    joining_link: str
    notes: tuple[str, ...]
    guests: tuple[Guest, ...]
    may_change: bool
    has_begun: bool


def when(found: Meeting) -> str:
    """ "Tuesday 4 February 2020, 10:00 to 12:30"."""
    return meeting_time(found.on_day, found.begins, found.ends)


def stands(found: Meeting, now: datetime) -> tuple[str, str]:
    """How a meeting stands, and the colour of its tag."""
    if found.cancelled_on is not None:
        return "Cancelled", "red"
    return ("Over", "grey") if ends_at(found) <= now else ("To come", "teal")


def shown(arranged: ArrangedMeeting, now: datetime) -> Shown:
    """One meeting."""
    found = arranged.meeting
    words, colour = stands(found, now)
    coming = found.cancelled_on is None and starts_at(found) > now
    return Shown(
        number=found.number,
        title=found.kind.label,
        when=when(found),
        stands=words,
        colour=colour,
        answers=answers(arranged),
        facts=facts(found),
        joining_link=found.joining_link or "",
        notes=tuple(unusual_times(found.on_day, found.begins, found.ends)) if coming else (),
        guests=tuple(guest(each) for each in arranged.invited),
        may_change=coming,
        has_begun=found.cancelled_on is None and not coming,
    )


def facts(found: Meeting) -> tuple[tuple[str, str], ...]:
    """What is known of a meeting apart from its time."""
    why = "\n".join(part for part in (day(found.cancelled_on), found.why_cancelled or "") if part)
    lines = (("Where", found.place or ""), ("Cancelled", why))
    return tuple((label, text) for label, text in lines if text)


def answers(arranged: ArrangedMeeting) -> str:
    """ "3 invited: 1 accepted, 2 no answer yet"."""
    count = arranged.answers
    order = (Response.ACCEPTED, Response.DECLINED, Response.WAITING)
    said = ", ".join(f"{count[each]} {each.label.lower()}" for each in order if count[each])
    return f"{len(arranged.invited)} invited: {said}" if said else "Nobody is invited"


def guest(invited: InvitedPerson) -> Guest:
    """Somebody invited."""
    found = invited.attendance
    return Guest(
        invited.person.name,
        found.response.label,
        COLOURS.get(found.response, "grey"),
        found.reason or "",
        found.answered_at,
        id_of(found),
    )


def summed_up(found: Sequence[ArrangedMeeting], now: datetime) -> tuple[str, str]:
    """The meetings of a review in two lines: the next one, and how many more are to come."""
    coming = [each for each in found if each.meeting.cancelled_on is None and ends_at(each.meeting) > now]
    if not coming:
        return ("No meetings are arranged" if not found else "No upcoming meetings"), ""
    first, more = coming[0], len(coming) - 1
    after = f"{more} more to come" if more else ""
    return f"{first.meeting.kind.label}, {when(first.meeting)}", ". ".join(filter(None, (answers(first), after)))


@dataclass(frozen=True)
class MyMeeting:
    """A meeting in somebody's own list; `number` is that of the invitation, where it can still be answered.

    `said` is the form of their answer as it stands now.
    """

    number: int | None
    title: str
    reference: str
    when: str
    place: str
    joining_link: str
    stands: str
    colour: str
    waits: bool
    said: Mapping[str, object]


def my_meetings(found: Iterable[MeetingOfPerson], now: datetime) -> list[MyMeeting]:
    """Somebody's meetings to come, with their own answer to each."""
    return [mine(each, now) for each in found if ends_at(each.meeting) > now]


def mine(found: MeetingOfPerson, now: datetime) -> MyMeeting:
    """One of them."""
    answer = found.attendance.response
    gone = found.meeting.cancelled_on is not None
    return MyMeeting(
        number=None if gone or starts_at(found.meeting) <= now else found.attendance.id,
        title=found.meeting.kind.label,
        reference=found.reference,
        when=when(found.meeting),
        place=found.meeting.place or "",
        joining_link=found.meeting.joining_link or "",
        stands="Cancelled" if gone else answer.label,
        colour="red" if gone else COLOURS.get(answer, "grey"),
        waits=answer is Response.WAITING,
        said=said(found.attendance),
    )


def said(found: Attendance) -> Mapping[str, object]:
    """The form of an answer as it was given, to be opened again; empty while there is none."""
    if found.response is Response.WAITING:
        return {}
    return {"coming": found.response is Response.ACCEPTED, "reason": found.reason}


def as_options(people: Iterable[tuple[str, str, str]]) -> tuple[Option, ...]:
    """People to choose from: their address, their name, and what they are to the review."""
    return tuple(Option(email, f"{name} ({what})" if what else name) for email, name, what in people)
