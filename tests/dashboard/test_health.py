"""What machines are told of an installation."""

from datetime import timedelta

from casework.notices import beat
from casework.settings import Settings
from casework.store import Store, connect
from tests.dashboard.house import House, house
from tests.walking import NOW

ROUNDS = ("deliver", "remind", "end-publication")


def test_a_new_installation_is_well_before_its_first_rounds(home: House) -> None:
    answer = home.browser().get("/health")

    assert (answer.status_code, answer.json()) == (
        200,
        {"status": "ok", "database": "reachable", "rounds": dict.fromkeys(ROUNDS), "silent": []},
    )


def test_it_says_when_each_round_was_made(home: House) -> None:
    with home.store.transaction() as session:
        beat(session, "remind", NOW, "3 reminders")

    assert home.browser().get("/health").json()["rounds"] == {
        "deliver": None, "remind": "2020-01-06T09:30:00+00:00", "end-publication": None,
    }  # fmt: skip


def test_a_round_that_has_fallen_silent_is_trouble(home: House) -> None:
    home.clock.goes_on(timedelta(minutes=11))
    answer = home.browser().get("/health")
    with home.store.transaction() as session:
        beat(session, "deliver", home.clock(), "")

    assert (answer.status_code, answer.json()["silent"]) == (503, ["deliver"])
    assert home.browser().get("/health").status_code == 200


def test_a_database_that_cannot_be_reached_is_trouble_and_nothing_more_is_said(
    settings: Settings, store: Store
) -> None:
    gone = Store(connect("sqlite:////nowhere/at/all.db"), store.journal_secret)
    answer = house(settings, gone).browser().get("/health")

    assert (answer.status_code, answer.json()) == (503, {"status": "trouble", "database": "unreachable"})
