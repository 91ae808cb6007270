"""prefect.yaml is true: every entrypoint loads, and the rounds come at the times that were agreed."""

import pytest

from casework.framework.pipelines import PIPELINES
from casework.outbox.rounds import ROUNDS
from deployments.registry import LAUNCH, entries, flow_of, schedules_of

NAMES = [entry["name"] for entry in entries()]


@pytest.mark.parametrize("entry", entries(), ids=NAMES)
def test_every_entrypoint_loads_as_the_flow_of_its_own_name(entry: dict[str, str]) -> None:
    assert flow_of(entry).name == entry["name"]


def test_every_review_type_has_exactly_one_deployment_and_one_flow() -> None:
    others = {LAUNCH, *(one.name for one in ROUNDS)}
    behind = {entry["name"]: flow_of(entry).fn for entry in entries() if entry["name"] not in others}

    assert sorted(name for name in NAMES if name not in others) == sorted(PIPELINES)
    assert len(set(behind.values())) == len(PIPELINES)


def test_all_share_one_pool_and_of_a_round_there_are_never_two_at_once() -> None:
    found = {entry["name"]: (entry.get("concurrency_limit"), entry["work_pool"]["name"]) for entry in entries()}

    assert found == {
        **dict.fromkeys([*PIPELINES, LAUNCH], (None, "learning-cycle")),
        **{one.name: (1, "learning-cycle") for one in ROUNDS},
    }


def test_the_times_of_the_rounds_stand_in_one_place_and_are_londons() -> None:
    assert [entry["name"] for entry in entries() if "schedules" in entry] == []
    assert {name: [(each.cron, each.timezone) for each in schedules_of(name)] for name in NAMES} == {
        **{name: [] for name in NAMES},
        "end-publication": [("15 6 * * *", "Europe/London")],
        "remind": [("30 6 * * *", "Europe/London")],
        "escalate": [("45 6 * * *", "Europe/London")],
        "digest": [("0 7 * * *", "Europe/London")],
    }
