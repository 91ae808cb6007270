"""The letters about meetings, as a mail server receives them: calendar requests that a calendar program takes."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from icalendar import Calendar

from casework.clock import LONDON
from casework.delivery.delivery import DeliveryResult, deliver
from casework.delivery.mailer import mailer_for
from casework.delivery.undelivered import send_again
from casework.people.directory import find_person
from casework.record.settings import Settings
from casework.record.store import Store
from models.vocabulary import MessageState
from tests.casework.delivery.post import served_by
from tests.casework.meetings.meeting import (
    LEARNING_EVENT,
    PANEL_MEETING,
    WORKER,
    a_review,
    answer,
    arrange,
    cancel,
    letters,
    move,
    uninvite,
)
from tests.smtp import Behaviour, SmtpServer, smtp_server
from tests.walking import CHAIR, NOW, PANEL

JULY = {"on_day": "2020-07-07", "begins": "2pm", "ends": "3.30pm"}  # a Tuesday
SENDER = "lc@board.example"


@pytest.fixture
def server() -> Iterator[SmtpServer]:
    with smtp_server() as running:
        yield running


@pytest.fixture
def reference(store: Store) -> str:
    return a_review(store)


def post(store: Store, settings: Settings, server: SmtpServer, now: datetime = NOW) -> DeliveryResult:
    """One round of delivering what is due."""
    mailer = mailer_for(served_by(settings, server.port))
    try:
        return deliver(store, mailer, settings=served_by(settings, server.port), now=lambda: now, worker="w", limit=500)
    finally:
        mailer.close()


def received(server: SmtpServer, to: str) -> list[EmailMessage]:
    """The e-mails about meetings that somebody received."""
    found = [each.message for each in server.behaviour.received if each.to == to]
    return [message for message in found if calendar_part(message) is not None]


def calendar_part(message: EmailMessage) -> EmailMessage | None:
    parts = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    assert len(parts) < 2
    assert all(isinstance(part, EmailMessage) for part in parts)
    return parts[0] if parts else None


def entry(message: EmailMessage) -> tuple[Any, Any]:
    """The calendar of an e-mail, and its one event."""
    part = calendar_part(message)
    assert part is not None
    calendar = Calendar.from_ical(part.get_content())
    (event,) = calendar.walk("VEVENT")
    assert [component.errors for component in calendar.walk()] == [[]] * len(calendar.walk())
    return calendar, event


def facts(message: EmailMessage) -> dict[str, Any]:
    """What a calendar program reads."""
    calendar, event = entry(message)
    return {
        "method": str(calendar["method"]),
        "status": str(event["status"]),
        "sequence": int(event["sequence"]),
        "uid": str(event["uid"]),
        "begins": event["dtstart"].dt,
        "ends": event["dtend"].dt,
    }


def test_an_invitation_is_built_as_outlook_wants_it(
    store: Store, settings: Settings, server: SmtpServer, reference: str
) -> None:
    arrange(store, reference)
    post(store, settings, server)
    (message,) = received(server, CHAIR)
    part = calendar_part(message)
    assert part is not None

    assert message.get_content_type() == "multipart/alternative"
    assert [each.get_content_type() for each in message.iter_parts()] == ["text/plain", "text/html", "text/calendar"]
    assert (part.get_param("method"), part.get_content_charset()) == ("REQUEST", "utf-8")
    calendar, event = entry(message)
    assert str(calendar["method"]) == part.get_param("method")
    assert str(event["organizer"]) == f"mailto:{SENDER}"
    assert str(event["attendee"]) == f"mailto:{CHAIR}"
    assert dict(event["attendee"].params) == {
        "CUTYPE": "INDIVIDUAL",
        "ROLE": "REQ-PARTICIPANT",
        "RSVP": "TRUE",
        "PARTSTAT": "NEEDS-ACTION",
    }
    assert SENDER in str(message["From"])


def test_an_entry_is_written_in_lines_that_every_program_reads(
    store: Store, settings: Settings, server: SmtpServer, reference: str
) -> None:
    arrange(store, reference, PANEL_MEETING | {"place": "Ystafell y Cyngor, Tŷ’r Sir; 2il lawr, " + "ŵ" * 100})
    post(store, settings, server)
    (message,) = received(server, CHAIR)
    part = calendar_part(message)
    assert part is not None
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)

    assert content.count(b"\n") == content.count(b"\r\n")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    _, event = entry(message)
    assert event["location"].startswith("Ystafell y Cyngor, Tŷ’r Sir; 2il lawr, ŵŵŵ")


def test_moves_and_the_cancellation_follow_the_first_request(
    store: Store, settings: Settings, server: SmtpServer, reference: str
) -> None:
    arranged = arrange(store, reference)
    post(store, settings, server)
    move(store, reference, JULY)
    post(store, settings, server)
    cancel(store, reference)
    post(store, settings, server)

    first, second, third = (facts(message) for message in received(server, CHAIR))
    begins = datetime(2020, 2, 4, 10, tzinfo=LONDON)
    assert first == {
        "method": "REQUEST",
        "status": "CONFIRMED",
        "sequence": 0,
        "uid": arranged.uid,
        "begins": begins,
        "ends": begins + timedelta(minutes=150),
    }
    begins = datetime(2020, 7, 7, 14, tzinfo=LONDON)
    moved = {"sequence": 1, "begins": begins, "ends": begins + timedelta(minutes=90)}
    assert second == first | moved
    assert third == second | {"method": "CANCEL", "status": "CANCELLED", "sequence": 2}


def test_whoever_has_answered_is_not_asked_again_because_the_place_is_another(
    store: Store, settings: Settings, server: SmtpServer, reference: str
) -> None:
    arrange(store, reference)
    answer(store, CHAIR)
    post(store, settings, server)
    move(store, reference, {"place": "Room 3, Example House"})
    post(store, settings, server)

    stands, anew = (
        (
            "You have already accepted, so you do not need to answer again. You can change your answer until the "
            "meeting begins."
        ),
        "Please say whether you are coming. You can change your answer until the meeting begins.",
    )
    moved = [received(server, each)[1].get_body(("plain",)) for each in (CHAIR, PANEL)]
    said = [each.get_content() for each in moved if each]
    assert [(stands in each, anew in each) for each in said] == [(True, False), (False, True)]


def test_nobody_reads_who_else_is_invited_and_nothing_names_the_case(
    store: Store, settings: Settings, server: SmtpServer, reference: str
) -> None:
    arrange(store, reference, LEARNING_EVENT | {"people": [CHAIR, PANEL]})
    post(store, settings, server)

    for mine, others in ((CHAIR, (PANEL, WORKER)), (WORKER, (CHAIR, PANEL))):
        (message,) = received(server, mine)
        part = calendar_part(message)
        assert part is not None
        said = "".join(each.get_content() for each in message.iter_parts()) + str(message["Subject"])
        unfolded = part.get_content().replace("\r\n ", "").replace("\n ", "")
        for other in (*others, "Wyn", "Worker", "social worker", "Chair", "harmed"):
            assert other not in said + unfolded
        assert f"SUMMARY:{reference}: Learning event" in unfolded


def test_a_letter_that_is_tried_again_carries_the_same_entry(store: Store, settings: Settings, reference: str) -> None:
    arrange(store, reference)
    behaviour = Behaviour(drops_after_data={CHAIR})
    with smtp_server(behaviour) as server:
        post(store, settings, server)
        behaviour.drops_after_data.clear()
        post(store, settings, server, NOW + timedelta(hours=1))
        first, second = received(server, CHAIR)

    assert [part.get_content() for part in first.iter_parts()] == [part.get_content() for part in second.iter_parts()]
    assert first["Message-ID"] == second["Message-ID"]


def test_what_was_put_off_is_not_sent_once_a_newer_letter_tells_of_the_meeting(
    store: Store, settings: Settings, reference: str
) -> None:
    arrange(store, reference)
    behaviour = Behaviour(at_rcpt={CHAIR: "550 no such user"})
    with smtp_server(behaviour) as server:
        post(store, settings, server)
        behaviour.at_rcpt.clear()
        move(store, reference, JULY)
        post(store, settings, server)
        with store.transaction() as session:
            (refused,) = (each.id for each in letters(session) if each.state is MessageState.REFUSED)
            send_again(session, refused or 0, now=NOW)
        post(store, settings, server)

        assert [facts(message)["sequence"] for message in received(server, CHAIR)] == [1]
    assert states(store, CHAIR) == [MessageState.RETRACTED, MessageState.ACCEPTED]


def test_nobody_is_asked_to_what_is_cancelled_even_if_their_invitation_is_sent_again(
    store: Store, settings: Settings, reference: str
) -> None:
    arrange(store, reference)
    behaviour = Behaviour(at_rcpt={CHAIR: "550 no such user"})
    with smtp_server(behaviour) as server:
        post(store, settings, server)
        behaviour.at_rcpt.clear()
        cancel(store, reference)
        with store.transaction() as session:
            (refused,) = (each.id for each in letters(session) if each.state is MessageState.REFUSED)
            send_again(session, refused or 0, now=NOW)
        post(store, settings, server)

        assert (received(server, CHAIR), states(store, CHAIR)) == ([], [MessageState.RETRACTED])


def test_nobody_is_asked_to_what_is_over(store: Store, settings: Settings, server: SmtpServer, reference: str) -> None:
    arrange(store, reference)
    post(store, settings, server, datetime(2020, 2, 5, 9, tzinfo=UTC))

    assert (received(server, CHAIR), states(store, CHAIR)) == ([], [MessageState.RETRACTED])


def test_somebody_who_need_not_come_is_the_only_one_told(
    store: Store, settings: Settings, server: SmtpServer, reference: str
) -> None:
    arrange(store, reference)
    post(store, settings, server)
    uninvite(store, reference, CHAIR)
    post(store, settings, server)

    assert [facts(message)["method"] for message in received(server, CHAIR)] == ["REQUEST", "CANCEL"]
    assert [facts(message)["method"] for message in received(server, PANEL)] == ["REQUEST"]


def states(store: Store, email: str) -> list[MessageState]:
    """What became of the letters about meetings to somebody."""
    with store.reading() as session:
        person = find_person(session, email)
        return [each.state for each in letters(session) if each.person_id == person.id]


def test_a_meeting_in_summer_is_said_in_the_time_of_london(
    store: Store, settings: Settings, server: SmtpServer, reference: str
) -> None:
    arrange(store, reference, PANEL_MEETING | JULY)
    post(store, settings, server)
    (message,) = received(server, CHAIR)
    (text, *_) = (part.get_content() for part in message.iter_parts())

    assert message["Subject"] == f"{reference}: panel meeting on Tuesday 7 July 2020 at 14:00"
    assert "When: Tuesday 7 July 2020, 14:00 to 15:30" in text
    assert facts(message)["begins"].astimezone(UTC) == datetime(2020, 7, 7, 13, tzinfo=UTC)
