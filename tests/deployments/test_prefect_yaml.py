"""prefect.yaml is true: every entrypoint loads, and the schedules are those that were agreed."""

from datetime import time

import pytest

from casework.framework.pipelines import PIPELINES
from casework.outbox.rounds import ROUNDS
from deployments.registry import entries, flow_of

NAMES = [entry["name"] for entry in entries()]


@pytest.mark.parametrize("entry", entries(), ids=NAMES)
def test_every_entrypoint_loads_as_the_flow_of_its_own_name(entry: dict[str, str]) -> None:
    assert flow_of(entry).name == entry["name"]


def test_every_review_type_has_exactly_one_deployment_and_one_flow() -> None:
    rounds = {entry["name"] for entry in entries() if entry.get("schedules")}
    behind = {entry["name"]: flow_of(entry).fn for entry in entries() if entry["name"] not in rounds}

    assert sorted(name for name in NAMES if name not in rounds) == sorted(PIPELINES)
    assert len(set(behind.values())) == len(PIPELINES)


def test_the_rounds_are_scheduled_in_london_and_never_two_at_once() -> None:
    found = {
        entry["name"]: (entry.get("schedules", []), entry.get("concurrency_limit"), entry["work_pool"]["name"])
        for entry in entries()
    }

    assert found == {
        **{type_: ([], None, "learning-cycle") for type_ in PIPELINES},
        **{one.name: ([{"cron": cron(one.at), "timezone": "Europe/London"}], 1, "learning-cycle") for one in ROUNDS},
    }


def cron(at: time | None) -> str:
    """Every day at this time, or every minute."""
    return f"{at.minute} {at.hour} * * *" if at else "* * * * *"
