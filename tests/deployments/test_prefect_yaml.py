"""prefect.yaml is true: every entrypoint loads, and the schedules are those that were agreed."""

from datetime import time

import pytest

from casework.pipelines import PIPELINES
from deployments.registry import daily_times, entries, flow_of

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
        "remind": ([{"cron": "0 7 * * *", "timezone": "Europe/London"}], 1, "learning-cycle"),
        "end-publication": ([{"cron": "30 6 * * *", "timezone": "Europe/London"}], 1, "learning-cycle"),
        "deliver": ([{"cron": "* * * * *", "timezone": "Europe/London"}], 1, "learning-cycle"),
    }


def test_daily_rounds_are_told_from_the_others() -> None:
    assert daily_times(entries()) == {"remind": time(7, 0), "end-publication": time(6, 30)}
