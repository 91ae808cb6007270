"""Exactly the right number: what arrives, over random histories, is what an independent model says."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.delivery.mailer import Mailer, mailer_for
from casework.record.settings import Settings
from casework.record.store import open_store
from tests.casework.delivery.post import served_by
from tests.casework.reminders.history import OLD, Doing, History
from tests.smtp import SmtpServer, smtp_server
from tests.walking import SERIOUS_CASE_REVIEW, launched, walked

DOINGS = (
    "launch",
    "complete",
    "complete",
    "extend",
    "extend",
    "hold",
    "resume",
    "withdraw",
    "move_action",
    "move_action",
    "move_there_and_back",
    "evidence",
    "appoint",
    "leave",
    "ask",
    "ask",
    "tell",
    "arrange",
    "arrange",
    "move_meeting",
    "call_off",
    "accept",
)
ROUNDS = {
    "usual": ("remind", "escalate"),
    "escalate first": ("escalate", "remind"),
    "twice": ("remind", "escalate", "escalate", "remind"),
}
doings = st.tuples(st.sampled_from(DOINGS), st.integers(0, 7), st.integers(-3, 45))
stretches = st.tuples(
    st.lists(doings, max_size=2),
    st.sampled_from(["before the rounds", "between rounds and post", "after the post"]),
    st.sampled_from(["every day", "every day", "outage", "no post"]),
    st.integers(1, 40),
    st.sampled_from(sorted(ROUNDS)),
    st.booleans(),
)
Stretch = tuple[list[Doing], str, str, int, str, bool]
LONGEST = 8  # days that are lived one by one; an outage may be longer


@dataclass(frozen=True, repr=False)  # with all its letters it is a megabyte, which hid what had failed
class Beginning:
    """An installation to begin each history from, with a review that stands at its action plan."""

    home: Path
    mailer: Mailer
    server: SmtpServer
    numbers: Iterator[int]

    def history(self, day: date, address: str | None = None) -> History:
        """A new history that begins on a day."""
        home = self.home.with_name(f"history-{next(self.numbers)}")
        shutil.copytree(self.home, home)
        own = served_by(Settings(home=home, database_url=address), self.server.port)
        store = open_store(own, migrate=address is not None, synchronous="OFF")
        if address is not None:
            walked(store, launched(store), SERIOUS_CASE_REVIEW, until="action-plan")
        box = self.server.behaviour
        begun = History(store, own, self.mailer, box, day, arrived=len(box.received))
        begun.see()
        begun.post()
        return begun


@pytest.fixture(scope="module")
def beginning(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Beginning]:
    home = tmp_path_factory.mktemp("histories") / "home"
    store = open_store(Settings(home=home))
    reference = launched(store)
    assert reference == OLD
    walked(store, reference, SERIOUS_CASE_REVIEW, until="action-plan")
    store.engine.dispose()
    with smtp_server() as server:
        mailer = mailer_for(served_by(Settings(home=home), server.port))
        yield Beginning(home, mailer, server, count())
        mailer.close()


def live(history: History, stretch: Stretch) -> None:
    """Live through some days, and compare the post of each."""
    done, when, kind, days, rounds, again = stretch
    if kind == "outage":
        history.today += timedelta(days=days)
    for number in range(min(days, LONGEST) if kind != "outage" else 1):
        first = number == 0
        at = when if first else "never"
        do_at(history, done, at, "before the rounds")
        history.rounds(*ROUNDS[rounds])
        do_at(history, done, at, "between rounds and post")
        if kind != "no post":
            compare(history)
            do_at(history, done, at, "after the post")
        if again:
            history.rounds("remind", "escalate", hour=time(14))
            if kind != "no post":
                compare(history, hour=time(16))
        history.today += timedelta(days=1)


def do_at(history: History, done: list[Doing], at: str, now: str) -> None:
    """Whatever is done at this time of the day."""
    for doing in done if at == now else ():
        history.do(doing)


def compare(history: History, hour: time = time(12)) -> None:
    """The post of a day is what the model says."""
    arrived, expected = history.post(hour)
    assert (history.today, arrived) == (history.today, expected)


def lived(begun: History, stretches_: list[Stretch]) -> None:
    """A whole history, with two weeks of ordinary days at its end."""
    try:
        begun.do(("complete", 0, 20))
        begun.do(("launch", 0, 12))
        for stretch in stretches_:
            live(begun, stretch)
        live(begun, ([], "never", "every day", LONGEST, "usual", False))
    finally:
        begun.store.engine.dispose()


STARTS = st.dates(date(2026, 12, 14), date(2027, 4, 1))
OURS = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@settings(OURS, max_examples=10)
@given(start=STARTS, stretches_=st.lists(stretches, min_size=4, max_size=8))
def test_what_arrives_is_what_the_model_says(beginning: Beginning, start: date, stretches_: list[Stretch]) -> None:
    lived(beginning.history(start), stretches_)


@settings(OURS, max_examples=2)
@given(start=STARTS, stretches_=st.lists(stretches, min_size=4, max_size=6))
def test_it_is_on_postgresql_too(
    beginning: Beginning, postgresql: Callable[[], str], start: date, stretches_: list[Stretch]
) -> None:
    lived(beginning.history(start, postgresql()), stretches_)
