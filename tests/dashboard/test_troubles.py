"""What the dashboard says when something does not run: on every page, to whoever has to see to it."""

from datetime import timedelta

import pytest
from sqlmodel import update

from casework.outbox.heartbeats import record_heartbeat
from casework.outbox.rounds import WORKER
from models.record import OutboxMessage
from models.vocabulary import MessageState
from tests.dashboard.beating import all_beat, an_e_mail_waits
from tests.dashboard.house import House, words
from tests.walking import CHAIR, MANAGER, launched

TITLE = "Something is not running"


@pytest.fixture
def running(home: House) -> House:
    """A dashboard that has been there for a while, at 9:41 on a Monday, with one review and everything made."""
    launched(home.store)
    with home.store.transaction() as session:
        session.exec(update(OutboxMessage).values(state=MessageState.ACCEPTED))
    home.clock.goes_on(timedelta(minutes=11))
    all_beat(home)
    return home


def banner(home: House, path: str = "/", person: str = MANAGER) -> str:
    """What stands above a page."""
    page = words(home.signed_in(person).get(path))
    return page.partition(TITLE)[2] if TITLE in page else ""


def test_nothing_is_said_while_everything_is_made(running: House) -> None:
    assert banner(running) == ""


def test_reminders_that_were_not_made_are_said_with_since_when_and_what_to_do(running: House) -> None:
    running.clock.goes_on(timedelta(hours=21, minutes=20))  # Tuesday, a minute past seven
    with running.store.transaction() as session:
        for name in (WORKER, "deliver", "end-publication", "escalate"):
            record_heartbeat(session, name, running.clock(), "")

    assert (
        "Nobody is reminded of deadlines (due on 7 January 2020 at 6:30am). Tell the person who runs this "
        "installation: worker.log says why. Anything missed is then caught up in one go."
    ) in banner(running)


def test_a_worker_that_is_gone_is_the_one_thing_said_of_all_that_it_does_not_do(running: House) -> None:
    an_e_mail_waits(running)
    running.clock.goes_on(timedelta(days=1))

    assert banner(running).startswith(
        " The background work has not run since 6 January 2020 at 9:41am: nothing is drafted, sent or reminded. Tell "
        "the person who runs this installation: Learning cycle has to be started again, and worker.log says what "
        "stopped it. "
        "Anything recorded in the meantime is kept and carried out then. Reviews"
    )


def test_mail_that_waits_is_said_with_the_mail_servers_own_words(running: House) -> None:
    an_e_mail_waits(running, words="535 authentication failed")
    running.clock.goes_on(timedelta(minutes=16))
    all_beat(running)

    said = banner(running)
    assert "One e-mail has been waiting to be sent since 6 January 2020 at 9:41am." in said
    assert "“535 authentication failed”" in said


def test_mail_that_nobody_delivers_is_said_too(running: House) -> None:
    an_e_mail_waits(running)
    running.clock.goes_on(timedelta(minutes=16))
    all_beat(running)

    assert "One e-mail has been waiting to be sent since 6 January 2020 at 9:41am. Nothing delivers e-mails." in banner(
        running
    )


@pytest.mark.parametrize("path", ["/", "/boards/northamptonshire", "/launch", "/outbox", "/reviews/LSCBN-SCR-2014-001"])
def test_it_stands_on_every_page(running: House, path: str) -> None:
    running.clock.goes_on(timedelta(minutes=20))

    assert "The background work has not run" in banner(running, path)


def test_who_manages_nothing_is_not_troubled_with_it(running: House) -> None:
    running.clock.goes_on(timedelta(minutes=20))

    assert banner(running, person=CHAIR) == ""


def test_a_dashboard_that_was_just_started_gives_the_others_time_to_come(home: House) -> None:
    launched(home.store)
    home.clock.goes_on(timedelta(minutes=9))

    assert banner(home) == ""
