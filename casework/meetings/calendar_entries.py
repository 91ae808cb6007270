"""Calendar entries as other programs read them [RFC 5545, 5546]: requests by e-mail, and a person's own calendar.

What comes out depends on what goes in alone: a letter that is written again carries the same entry. No name but the
recipient's own address, and no fact of a case, has a place here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from icalendar import Calendar, Event, Timezone, vCalAddress, vText, vUri

from models.vocabulary import Response

MADE_BY = "-//Learning cycle//EN"
EVERY_HOUR = timedelta(hours=1)  # how often a program is asked to look at somebody's calendar again
# The clocks in London as they have changed since 1996. A program is told the rule, and not dates of a few years.
LONDON_RULES = """\
BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19810329T010000
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
TZNAME:BST
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
TZNAME:GMT
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""
PARTSTAT = {Response.ACCEPTED: "ACCEPTED", Response.DECLINED: "DECLINED"}


class Method(StrEnum):
    """What a calendar entry in an e-mail asks of its recipient."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True)
class Entry:
    """A meeting in somebody's calendar. Times are those of London; `changed_at` is when it became what it is.

    Its time is `free` where they do not come.
    """

    uid: str
    sequence: int
    changed_at: datetime
    on_day: date
    begins: time
    ends: time
    title: str
    about: str = ""
    place: str = ""
    link: str = ""
    cancelled: bool = False
    free: bool = False


@dataclass(frozen=True)
class Deadline:
    """A day by which something is due in somebody's calendar."""

    uid: str
    due_on: date
    title: str
    link: str
    changed_at: datetime


@dataclass(frozen=True)
class Party:
    """Who asks, by name and address; or who is asked, by address alone."""

    address: str
    name: str = ""

    def as_property(self) -> vCalAddress:
        """As a calendar writes it."""
        written = vCalAddress(f"mailto:{self.address}")
        if self.name:
            written.params["CN"] = vText(self.name)
        return written


def calendar_request(entry: Entry, method: Method, *, organizer: Party, attendee: Party, response: Response) -> str:
    """The calendar entry of a letter: one meeting, one person who is asked."""
    calendar = new_calendar(method)
    calendar.add_component(Timezone.from_ical(LONDON_RULES))
    event = event_of(entry)
    event.add("organizer", organizer.as_property(), encode=False)
    asked = attendee.as_property()
    asked.params.update(
        {
            "CUTYPE": vText("INDIVIDUAL"),
            "ROLE": vText("REQ-PARTICIPANT"),
            "RSVP": vText("TRUE"),
            "PARTSTAT": vText(PARTSTAT.get(response, "NEEDS-ACTION")),
        }
    )
    event.add("attendee", asked, encode=False)
    calendar.add_component(event)
    return calendar_text(calendar)


def own_calendar(name: str, meetings: Iterable[Entry], deadlines: Iterable[Deadline]) -> str:
    """A person's own calendar, for a program that subscribes to it."""
    calendar = new_calendar()
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", EVERY_HOUR, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    calendar.add_component(Timezone.from_ical(LONDON_RULES))
    for entry in meetings:
        calendar.add_component(event_of(entry))
    for deadline in deadlines:
        calendar.add_component(whole_day(deadline))
    return calendar_text(calendar)


def new_calendar(method: Method | None = None) -> Calendar:
    """An empty calendar; with a method, one that asks something of its reader."""
    calendar = Calendar()
    for name, value in (("prodid", MADE_BY), ("version", "2.0"), ("calscale", "GREGORIAN")):
        calendar.add(name, value)
    if method is not None:
        calendar.add("method", method.value)
    return calendar


def event_of(entry: Entry) -> Event:
    """A meeting, at its time in London."""
    event = new_entry(entry.uid, entry.changed_at, entry.title, entry.link)
    event.add("sequence", entry.sequence)
    for name, at in (("dtstart", entry.begins), ("dtend", entry.ends)):
        event.add(name, datetime.combine(entry.on_day, at), parameters={"TZID": "Europe/London"})
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if entry.cancelled or entry.free else "OPAQUE")
    for name, text in (("location", entry.place), ("description", entry.about)):
        if text:
            event.add(name, text)
    return event


def whole_day(deadline: Deadline) -> Event:
    """A deadline, which takes up no time of its day."""
    event = new_entry(deadline.uid, deadline.changed_at, deadline.title, deadline.link)
    event.add("dtstart", deadline.due_on)
    event.add("dtend", deadline.due_on + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    return event


def new_entry(uid: str, changed_at: datetime, title: str, link: str) -> Event:
    """What every entry has."""
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", changed_at.astimezone(UTC))
    event.add("summary", title)
    if link:
        event.add("url", vUri(link), encode=False)
    return event


def calendar_text(calendar: Calendar) -> str:
    """The calendar as text: lines of at most 75 bytes that end in CRLF."""
    content: bytes = calendar.to_ical(sorted=False)
    return content.decode()
