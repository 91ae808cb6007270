"""Whatever is done to a meeting, everybody's calendar shows it as it stands: over random histories of changes and post.

The calendar is an independent one: it knows nothing but the e-mails that a mail server received, and does with their
entries what RFC 5546 says.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from casework.clock import LONDON
from casework.delivery.delivery import deliver
from casework.delivery.mailer import mailer_for
from casework.delivery.undelivered import send_again
from casework.meetings.lookup import meetings_of
from casework.record.settings import Settings
from casework.record.store import Store, open_store
from casework.views.review import find_review
from models.errors import LearningCycleError
from models.tables import id_of
from models.vocabulary import STOPPED, Response
from tests.casework.delivery.post import served_by
from tests.casework.meetings.meeting import PANEL_MEETING, answer, arrange, cancel, invite, letters, move, uninvite
from tests.smtp import Behaviour, SmtpServer, smtp_server
from tests.walking import CHAIR, MANAGER, NOW, PANEL, launched

PEOPLE = (MANAGER, CHAIR, PANEL)

people = st.sampled_from(PEOPLE)
doings = st.one_of(
    st.tuples(st.just("move"), st.integers(0, 200)),
    st.tuples(st.just("place"), st.integers(0, 9)),
    st.tuples(st.just("invite"), people),
    st.tuples(st.just("uninvite"), people),
    st.tuples(st.just("answer"), people),
    st.tuples(st.just("cancel"), st.none()),
    st.tuples(st.just("post"), st.none()),
    st.tuples(st.just("refuse"), people),
)


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Settings, Store, SmtpServer]]:
    """One installation for all histories, each on a review of its own."""
    found = Settings(home=tmp_path_factory.mktemp("histories") / "home")
    store = open_store(found)
    with smtp_server() as server:
        yield served_by(found, server.port), store, server
    store.engine.dispose()


def do(store: Store, reference: str, doing: tuple[str, Any]) -> None:
    """One change of the meeting; what cannot be done now is refused, and changes nothing."""
    what, about = doing
    with suppress(LearningCycleError):
        if what == "move":
            move(store, reference, {"on_day": (date(2020, 2, 4) + timedelta(days=about)).isoformat()})
        elif what == "place":
            move(store, reference, {"place": f"Room {about}"})
        elif what == "invite":
            invite(store, reference, {"people": [about]})
        elif what == "uninvite":
            uninvite(store, reference, about)
        elif what == "answer":
            answer(store, about, Response.ACCEPTED)
        elif what == "cancel":
            cancel(store, reference)


def post(found: Settings, store: Store, behaviour: Behaviour, refuses: str | None = None) -> None:
    """Deliver what is waiting, while the server refuses one of them."""
    behaviour.at_rcpt = {refuses: "550 no such user"} if refuses else {}
    mailer = mailer_for(found)
    deliver(store, mailer, settings=found, now=lambda: NOW, worker="w", limit=500)
    mailer.close()


def post_again(store: Store) -> None:
    """Send again whatever was refused, as somebody does who has mended an address."""
    with store.transaction() as session:
        for number in [each.id for each in letters(session) if each.state in STOPPED]:
            send_again(session, number or 0, now=NOW)


def calendar_of(email: str, behaviour: Behaviour, uid: str) -> datetime | None:
    """When a meeting begins by somebody's calendar, if it is there: by their e-mails, in the order of arrival."""
    shown: datetime | None = None
    latest = -1
    for received in behaviour.received:
        for part in received.message.walk() if received.to == email else ():
            if part.get_content_type() != "text/calendar":
                continue
            calendar: Any = Calendar.from_ical(part.get_content())
            (event,) = calendar.walk("VEVENT")
            if str(event["uid"]) != uid:
                continue
            sequence = int(event["sequence"])
            assert sequence >= latest, "a calendar program would pass over an entry that is older than what it knows"
            latest = sequence
            shown = None if str(calendar["method"]) == "CANCEL" else event["dtstart"].dt
    return shown


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(first=st.lists(people, min_size=1, unique=True), history=st.lists(doings, max_size=12))
def test_every_calendar_shows_the_meeting_as_it_stands(
    installation: tuple[Settings, Store, SmtpServer], first: list[str], history: list[tuple[str, Any]]
) -> None:
    found, store, server = installation
    server.behaviour.received.clear()
    reference = launched(store)
    uid = arrange(store, reference, PANEL_MEETING | {"people": first}).uid
    for doing in history:
        if doing[0] in ("post", "refuse"):
            post(found, store, server.behaviour, doing[1])
        else:
            do(store, reference, doing)
    post(found, store, server.behaviour)
    post_again(store)
    post(found, store, server.behaviour)

    with store.reading() as session:
        (arranged,) = meetings_of(session, id_of(find_review(session, reference)))
    meeting = arranged.meeting
    begins = datetime.combine(meeting.on_day, meeting.begins, LONDON)
    standing = {each.person.email for each in arranged.invited} if meeting.cancelled_on is None else set()
    assert {email: calendar_of(email, server.behaviour, uid) for email in PEOPLE} == {
        email: begins if email in standing else None for email in PEOPLE
    }
