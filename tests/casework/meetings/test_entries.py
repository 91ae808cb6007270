"""Calendar entries keep their time in London over every change of the clocks, and are written by the book."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from casework.clock import LONDON
from casework.meetings.calendar_entries import (
    LONDON_RULES,
    Deadline,
    Entry,
    Method,
    Party,
    calendar_request,
    own_calendar,
)
from models.vocabulary import Response

NOW = datetime(2027, 1, 4, 9, 30, tzinfo=UTC)
CHANGES = (date(2027, 3, 28), date(2027, 10, 31), date(2028, 3, 26))  # the Sundays on which the clocks change
BOARD, ANN = Party("lc@board.example", "Example Safeguarding Board"), Party("ann@board.example")


def entry(on_day: date, begins: time = time(10), ends: time = time(12, 30), **more: str) -> Entry:
    words = {"title": "SCR-1: Panel meeting", "place": "Room 2"} | more
    return Entry("uid-1", 3, NOW, on_day, begins, ends, **words)  # type: ignore[arg-type] # all of them are words


def asked(found: Entry) -> str:
    return calendar_request(found, Method.REQUEST, organizer=BOARD, attendee=ANN, response=Response.WAITING)


def events(content: str) -> list[Any]:
    """The events of a calendar, in which nothing is amiss."""
    calendar = Calendar.from_ical(content)
    assert [each.errors for each in calendar.walk()] == [[]] * len(calendar.walk())
    return list(calendar.walk("VEVENT"))


def lines(content: str) -> list[str]:
    """The lines of a calendar, unfolded."""
    return content.replace("\r\n ", "").split("\r\n")


def begins_at(content: str) -> datetime:
    """When the one event begins, worked out from the rules in the calendar itself and from nothing else."""
    (said,) = (line for line in lines(content) if line.startswith("DTSTART;TZID=Europe/London:"))
    local = datetime.strptime(said.partition(":")[2], "%Y%m%dT%H%M%S")  # noqa: DTZ007 -- local, as it is written
    return (local - offset_by_the_rules(content, local)).replace(tzinfo=UTC)


def offset_by_the_rules(content: str, local: datetime) -> timedelta:
    """The offset from UTC at a local time, as the VTIMEZONE has it: the last of its changes before that time."""
    changes = [part.split("\r\n") for part in content.split("BEGIN:DAYLIGHT\r\n")[1:]]
    blocks = [block for part in changes for block in "\r\n".join(part).split("BEGIN:STANDARD\r\n")]
    latest = max((last_change(block, local), block) for block in blocks)
    hours = value(latest[1], "TZOFFSETTO")
    return timedelta(hours=int(hours[:3]))


def last_change(block: str, local: datetime) -> datetime:
    """The last time before `local` at which this change was made."""
    start = datetime.strptime(value(block, "DTSTART"), "%Y%m%dT%H%M%S")  # noqa: DTZ007 -- the same
    found = rrulestr(value(block, "RRULE"), dtstart=start).before(local, inc=True)
    assert isinstance(found, datetime)
    return found


def value(block: str, name: str) -> str:
    """What stands after a name."""
    return next(line.partition(":")[2] for line in block.split("\r\n") if line.startswith(f"{name}:"))


near_a_change = st.builds(
    lambda change, days: change + timedelta(days=days), st.sampled_from(CHANGES), st.integers(-3, 3)
)
any_day = st.dates(date(2026, 1, 1), date(2045, 12, 31))
minutes = st.integers(3 * 60, 22 * 60).map(lambda found: time(found // 60, found % 60))  # clear of the change itself


@given(st.one_of(near_a_change, any_day), minutes)
def test_a_meeting_is_at_its_time_in_london_on_every_day(on_day: date, begins: time) -> None:
    content = asked(entry(on_day, begins, time(23)))
    wanted = datetime.combine(on_day, begins, LONDON)
    (event,) = events(content)

    assert (event["dtstart"].dt, event["dtstart"].params["TZID"]) == (wanted, "Europe/London")
    assert begins_at(content) == wanted.astimezone(UTC)


@pytest.mark.parametrize(
    ("on_day", "utc"),
    [
        (date(2027, 3, 27), 10),  # Saturday, the day before summer time
        (date(2027, 3, 28), 9),  # Sunday, on which it begins
        (date(2027, 10, 30), 9),  # Saturday, the last day of summer time
        (date(2027, 10, 31), 10),  # Sunday, on which it has ended
    ],
)
def test_ten_in_the_morning_stays_ten_over_a_weekend_on_which_the_clocks_change(on_day: date, utc: int) -> None:
    content = asked(entry(on_day))

    assert f"DTSTART;TZID=Europe/London:{on_day:%Y%m%d}T100000" in lines(content)
    assert begins_at(content) == datetime.combine(on_day, time(utc), UTC)


@given(any_day)
def test_the_rules_that_are_sent_are_those_of_london(on_day: date) -> None:
    sent = LONDON_RULES.replace("\n", "\r\n")
    for hour in (0, 3, 12, 23):
        local = datetime.combine(on_day, time(hour))
        assert offset_by_the_rules(sent, local) == local.replace(tzinfo=LONDON).utcoffset()


awkward = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200)


@given(title=awkward.filter(bool), place=awkward, about=awkward, address=st.sampled_from(["o'ann+x@board.example"]))
def test_whatever_is_typed_is_one_value_in_folded_lines(title: str, place: str, about: str, address: str) -> None:
    found = entry(CHANGES[0], title=title, place=place, about=about)
    content = calendar_request(
        found, Method.REQUEST, organizer=BOARD, attendee=Party(address), response=Response.WAITING
    )
    (event,) = events(content)

    assert max(len(line.encode()) for line in content.split("\r\n")) <= 75
    assert content.count("\n") == content.count("\r\n")
    assert (str(event["summary"]), str(event.get("location", ""))) == (title, place)
    assert str(event["attendee"]) == f"mailto:{address}"
    assert sorted(event)[0:2] == ["ATTENDEE", "DESCRIPTION"] if about else ["ATTENDEE", "DTEND"]


def test_an_entry_has_what_a_calendar_request_must_have() -> None:
    (event,) = events(asked(entry(CHANGES[0])))

    assert sorted(event) == [
        "ATTENDEE",
        "DTEND",
        "DTSTAMP",
        "DTSTART",
        "LOCATION",
        "ORGANIZER",
        "SEQUENCE",
        "STATUS",
        "SUMMARY",
        "TRANSP",
        "UID",
    ]
    assert event["dtstamp"].dt == NOW
    assert str(event["organizer"].params["CN"]) == "Example Safeguarding Board"


def test_the_same_change_is_the_same_text() -> None:
    assert asked(entry(CHANGES[0])) == asked(entry(CHANGES[0]))


@pytest.mark.parametrize(
    ("response", "said"),
    [(Response.WAITING, "NEEDS-ACTION"), (Response.ACCEPTED, "ACCEPTED"), (Response.DECLINED, "DECLINED")],
)
def test_an_answer_that_still_holds_is_sent_back(response: Response, said: str) -> None:
    content = calendar_request(entry(CHANGES[0]), Method.REQUEST, organizer=BOARD, attendee=ANN, response=response)
    (event,) = events(content)

    assert event["attendee"].params["PARTSTAT"] == said


def test_an_own_calendar_asks_nothing_of_anybody() -> None:
    due = Deadline("uid-2", date(2027, 10, 31), "SCR-1: Report due", "https://board.example/reviews/SCR-1", NOW)
    content = own_calendar("Learning cycle", [entry(CHANGES[0])], [due])
    names = {line.partition(":")[0].partition(";")[0] for line in lines(content)}
    _, deadline = events(content)

    assert names.isdisjoint({"METHOD", "ATTENDEE", "ORGANIZER"})
    assert (deadline["dtstart"].dt, deadline["dtend"].dt) == (date(2027, 10, 31), date(2027, 11, 1))
    assert "DTSTART;VALUE=DATE:20271031" in lines(content)
