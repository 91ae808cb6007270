"""Rounds that were missed are made up for, once."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from casework.outbox.heartbeats import record_heartbeat
from casework.outbox.rounds import ROUNDS
from casework.record.settings import Settings
from casework.record.store import Store
from deployments.rounds import missed
from tasks.installation import now
from tests.deployments.clients import client_of
from tests.deployments.running import Worker, eventually

MONDAY = datetime(2026, 1, 12, tzinfo=UTC)
DAILY = [one.name for one in ROUNDS if one.at]


@pytest.mark.parametrize(
    ("done_at", "instant", "expected"),
    [
        (None, MONDAY.replace(hour=3), ["remind"]),
        (MONDAY - timedelta(hours=17), MONDAY.replace(hour=6, minute=29), []),
        (MONDAY - timedelta(hours=17), MONDAY.replace(hour=6, minute=35), []),
        (MONDAY - timedelta(hours=17), MONDAY.replace(hour=6, minute=45), ["remind"]),
        (MONDAY.replace(hour=6, minute=31), MONDAY.replace(hour=6, minute=45), []),
        (MONDAY - timedelta(days=3), MONDAY.replace(hour=6), ["remind"]),
    ],
    ids=[
        "never done",
        "not due yet",
        "just due: left to the schedule",
        "overdue",
        "done",
        "not running for days",
    ],
)
def test_a_daily_round_is_missed_when_it_was_not_done_the_last_time_it_was_due(
    store: Store, done_at: datetime | None, instant: datetime, expected: list[str]
) -> None:
    with store.transaction() as session:
        for one in ROUNDS:
            if one.name != "remind" or done_at:
                record_heartbeat(session, one.name, (done_at or instant) if one.name == "remind" else instant, "")

    with store.reading() as session:
        assert missed(session, instant) == expected


def test_a_worker_that_comes_after_days_makes_every_round_up_once(
    worker: Worker, installed: Settings, installed_store: Store
) -> None:
    since = now()
    with installed_store.transaction() as session:
        for one in ROUNDS:
            record_heartbeat(session, one.name, since - timedelta(days=3), "")
    worker.start()
    eventually(lambda: none_is_missed(installed_store))
    worker.stop()  # it finishes what it is about

    with client_of(installed) as client:
        runs = client.read_flow_runs(limit=200)
    made = Counter(run.name for run in runs if run.start_time and run.start_time > since)
    assert {name: made[name] for name in DAILY} == dict.fromkeys(DAILY, 1)


def none_is_missed(store: Store) -> bool:
    """Whether every round has been made when it was last due."""
    with store.reading() as session:
        return missed(session, now()) == []
