"""prefect.yaml is true: every entrypoint loads, and the schedules are those that were agreed."""

from datetime import time

import pytest

from deployments.registry import daily_times, entries, flow_of

NAMES = [entry["name"] for entry in entries()]


@pytest.mark.parametrize("entry", entries(), ids=NAMES)
def test_every_entrypoint_loads_as_the_flow_of_its_own_name(entry: dict[str, str]) -> None:
    assert flow_of(entry).name == entry["name"]


def test_the_rounds_are_scheduled_in_london_and_never_two_at_once() -> None:
    found = {
        entry["name"]: (entry.get("schedules", []), entry.get("concurrency_limit"), entry["work_pool"]["name"])
        for entry in entries()
    }

    assert found == {
        "serious-case-review": ([], None, "learning-cycle"),
        "practice-learning-review": ([], None, "learning-cycle"),
        "remind": ([{"cron": "0 7 * * *", "timezone": "Europe/London"}], 1, "learning-cycle"),
        "end-publication": ([{"cron": "30 6 * * *", "timezone": "Europe/London"}], 1, "learning-cycle"),
        "deliver": ([{"cron": "* * * * *", "timezone": "Europe/London"}], 1, "learning-cycle"),
    }


def test_daily_rounds_are_told_from_the_others() -> None:
    assert daily_times(entries()) == {"remind": time(7, 0), "end-publication": time(6, 30)}
