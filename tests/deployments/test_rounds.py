"""Rounds that were missed are made up for, once."""

from datetime import UTC, datetime, timedelta

import pytest
from prefect.client.orchestration import SyncPrefectClient
from prefect.states import Scheduled

from casework.notices import beat
from casework.rounds import ROUNDS, WORKER
from casework.settings import Settings
from casework.store import Store
from deployments.registry import Registered, register
from deployments.rounds import due_runs, missed, newest_of_each
from tasks.installation import now
from tests.deployments.clients import client_of
from tests.deployments.running import Worker, eventually, rounds_done

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
        "never done", "not due yet", "just due: left to the schedule", "overdue", "done", "not running for days",
    ],
)  # fmt: skip
def test_a_daily_round_is_missed_when_it_was_not_done_the_last_time_it_was_due(
    store: Store, done_at: datetime | None, instant: datetime, expected: list[str]
) -> None:
    with store.transaction() as session:
        for one in ROUNDS:
            if one.name != "remind" or done_at:
                beat(session, one.name, (done_at or instant) if one.name == "remind" else instant, "")

    with store.reading() as session:
        assert missed(session, instant) == expected


def late(client: SyncPrefectClient, known: Registered, name: str, days: int) -> None:
    """Leave runs of a round behind, as days in which no worker was there do."""
    for day in range(days, 0, -1):
        at = now() - timedelta(days=day)
        client.create_flow_run_from_deployment(known.ids[name], state=Scheduled(scheduled_time=at))


def test_of_runs_that_came_late_in_a_burst_one_is_executed_and_the_others_are_marked(installed: Settings) -> None:
    with client_of(installed) as client:
        known = register(client)
        late(client, known, "remind", days=5)
        due = due_runs(client, known)
        burst = [run for run in due if run.deployment_id == known.ids["remind"]]
        chosen = [run.id for run in newest_of_each(client, due) if run in burst]
        states = [client.read_flow_run(run.id).state_name for run in burst]

    assert (chosen, states) == ([burst[-1].id], [*["Skipped"] * 4, "Scheduled"])


def test_a_worker_that_comes_after_days_makes_every_round_up_once(worker: Worker, installed_store: Store) -> None:
    days_ago = now() - timedelta(days=3)
    with installed_store.transaction() as session:
        for one in ROUNDS:
            beat(session, one.name, days_ago, "")
    worker.start()

    with installed_store.reading() as session:
        assert rounds_done(session) >= {WORKER, *DAILY}
    eventually(lambda: none_is_missed(installed_store))


def none_is_missed(store: Store) -> bool:
    """Whether every round has been made when it was last due."""
    with store.reading() as session:
        return missed(session, now()) == []
