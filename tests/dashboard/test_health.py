"""What machines are told of an installation."""

from datetime import timedelta

from casework.outbox.heartbeats import record_heartbeat
from casework.outbox.rounds import ROUNDS
from casework.record.settings import Settings
from casework.record.store import Store, connect
from tests.dashboard.beating import all_beat, an_e_mail_waits
from tests.dashboard.house import House, house
from tests.walking import NOW

A_WHILE = timedelta(minutes=11)


def test_soon_after_a_start_it_is_starting_and_says_from_when_silence_is_judged(home: House) -> None:
    home.clock.goes_on(timedelta(minutes=9, seconds=59))
    answer = home.browser().get("/health")

    assert (answer.status_code, answer.json()) == (
        200,
        {
            "status": "starting",
            "judged_from": "2020-01-06T09:40:00+00:00",  # ten minutes after NOW
            "database": "reachable",
            "worker": {"last": None},
            "rounds": {one.name: None for one in ROUNDS},
        },
    )


def test_from_that_moment_on_what_is_silent_is_trouble(home: House) -> None:
    home.clock.goes_on(timedelta(minutes=10))
    answer = home.browser().get("/health")

    assert (answer.status_code, answer.json()) == (
        503,
        {
            "status": "trouble",
            "database": "reachable",
            "worker": {"last": None, "silent": True},
            "rounds": {one.name: None for one in ROUNDS},
            "silent": [one.name for one in ROUNDS],
            "mail": None,
        },
    )


def test_it_says_when_each_round_was_made(home: House) -> None:
    with home.store.transaction() as session:
        record_heartbeat(session, "remind", NOW, "3 reminders")

    assert home.browser().get("/health").json()["rounds"]["remind"] == "2020-01-06T09:30:00+00:00"


def test_an_installation_in_which_everything_is_done_is_well(home: House) -> None:
    home.clock.goes_on(A_WHILE)
    all_beat(home)

    answer = home.browser().get("/health")
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")


def test_rounds_that_are_not_made_and_a_silent_worker_are_trouble(home: House) -> None:
    home.clock.goes_on(A_WHILE)
    all_beat(home)
    home.clock.goes_on(timedelta(hours=21, minutes=30))  # Tuesday at 7:11: half an hour after reminders were due
    with home.store.transaction() as session:
        for name in ("deliver", "end-publication", "escalate", "digest"):
            record_heartbeat(session, name, home.clock(), "")
    answer = home.browser().get("/health")

    said = answer.json()
    assert (answer.status_code, said["status"], said["silent"], said["worker"]["silent"]) == (
        503,
        "trouble",
        ["remind"],
        True,
    )


def test_mail_that_waits_is_trouble_of_which_only_number_and_time_are_said(home: House) -> None:
    home.clock.goes_on(A_WHILE)
    an_e_mail_waits(home, words="535 5.7.8 wrong password for learning-cycle@board.example")
    home.clock.goes_on(timedelta(minutes=16))
    all_beat(home)
    answer = home.browser().get("/health")

    assert (answer.status_code, answer.json()["mail"]) == (
        503,
        {"waiting": 1, "since": "2020-01-06T09:41:00+00:00"},
    )
    assert "535" not in answer.text


def test_a_database_that_cannot_be_reached_is_trouble_and_nothing_more_is_said(
    settings: Settings, store: Store
) -> None:
    gone = Store(connect("sqlite:////nowhere/at/all.db"), store.journal_secret)
    answer = house(settings, gone).browser().get("/health")

    assert (answer.status_code, answer.json()) == (503, {"status": "trouble", "database": "unreachable"})
