"""What the Prefect server makes of the schedules: when each round comes next, as London's clocks show it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterExpectedStartTime,
)
from prefect.client.schemas.objects import DeploymentSchedule
from prefect.client.schemas.schedules import CronSchedule

from casework.clock import LONDON
from casework.outbox.rounds import ROUNDS
from deployments.registry import Registered, register
from tasks.installation import now
from tests.deployments.clients import client_of
from tests.deployments.running import PrefectServer, eventually

DAILY = {one.name: one.at for one in ROUNDS if one.at}
At = tuple[SyncPrefectClient, Registered]
CLOCK_CHANGES = {"forward": date(2027, 3, 28), "back": date(2027, 10, 31)}  # both are Sundays


@pytest.fixture(scope="module")
def registered(prefect_server: PrefectServer) -> Iterator[At]:
    """The deployments, made known to the server."""
    with client_of(prefect_server.settings) as client:
        yield client, register(client)


def next_times(at: At, name: str, since: datetime, until: datetime) -> list[datetime]:
    """When the server itself starts a round between two instants: it is had to plan that, and asked."""
    client, deployment_id = at[0], at[1].ids[name]
    asked = {"start_time": since.isoformat(), "end_time": until.isoformat(), "min_runs": (until - since).days}
    client.request("POST", "/deployments/{id}/schedule", path_params={"id": deployment_id}, json=asked)
    between = FlowRunFilterExpectedStartTime.model_validate({"after_": since, "before_": until})
    of_it = FlowRunFilter(deployment_id=FlowRunFilterDeploymentId(any_=[deployment_id]), expected_start_time=between)
    runs = client.read_flow_runs(flow_run_filter=of_it, limit=100)
    return sorted(run.expected_start_time for run in runs if run.expected_start_time is not None)


@pytest.mark.parametrize("name", DAILY)
@pytest.mark.parametrize("sunday", CLOCK_CHANGES.values(), ids=CLOCK_CHANGES)
def test_a_daily_round_comes_at_its_time_in_london_on_both_sides_of_a_clock_change(
    registered: At, name: str, sunday: date
) -> None:
    days = [sunday + timedelta(days=number) for number in (-1, 0, 1)]
    since, until = (datetime.combine(day, time(0), LONDON) for day in (days[0], days[-1] + timedelta(days=1)))

    found = next_times(registered, name, since, until)

    assert [moment.astimezone(LONDON).replace(tzinfo=None) for moment in found] == [
        datetime.combine(day, DAILY[name]) for day in days
    ]


def test_reminders_come_an_hour_earlier_in_utc_from_the_sunday_on_which_summer_begins(
    registered: At,
) -> None:
    since, until = datetime(2027, 3, 27, tzinfo=UTC), datetime(2027, 3, 30, tzinfo=UTC)

    assert [f"{moment.astimezone(UTC):%A %H:%M}" for moment in next_times(registered, "remind", since, until)] == [
        "Saturday 06:30",
        "Sunday 05:30",
        "Monday 05:30",
    ]


def test_the_server_shows_every_daily_round_with_its_schedule_and_plans_its_next_runs_by_itself(registered: At) -> None:
    client, known = registered
    shown = {one.name: client.read_deployment(known.ids[one.name]) for one in ROUNDS}
    schedules = {name: [(schedule(row), row.active) for row in found.schedules] for name, found in shown.items()}
    limits = {found.global_concurrency_limit.limit for found in shown.values() if found.global_concurrency_limit}

    assert schedules == {
        one.name: [((f"{one.at.minute} {one.at.hour} * * *", "Europe/London"), True)] if one.at else []
        for one in ROUNDS
    }
    assert (limits, {found.paused for found in shown.values()}) == ({1}, {False})
    eventually(lambda: all(planned(client, known, name) for name in DAILY))


def schedule(row: DeploymentSchedule) -> tuple[str, str | None]:
    """A schedule as its cron expression and the clocks that it goes by."""
    assert isinstance(row.schedule, CronSchedule)
    return row.schedule.cron, row.schedule.timezone


def planned(client: SyncPrefectClient, known: Registered, name: str) -> bool:
    """Whether the server has planned a run that nobody asked for."""
    of_it = FlowRunFilter(deployment_id=FlowRunFilterDeploymentId(any_=[known.ids[name]]))
    runs = client.read_flow_runs(flow_run_filter=of_it, limit=100)
    return any(run.expected_start_time and run.expected_start_time < now() + timedelta(days=2) for run in runs)
