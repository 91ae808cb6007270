"""What Prefect is told about each flow."""

import inspect
from pathlib import Path

import pytest

from casework.framework.pipelines import PIPELINES
from casework.outbox.rounds import ROUNDS
from deployments.registry import AnyFlow, entries, flow_of

FLOWS = {entry["name"]: flow_of(entry) for entry in entries()}


@pytest.mark.parametrize("name", FLOWS)
def test_nothing_that_a_flow_returns_is_kept_by_prefect(name: str) -> None:
    assert FLOWS[name].persist_result is False


@pytest.mark.parametrize("name", FLOWS)
def test_a_flow_bears_one_name_through_file_function_flow_and_deployment(name: str) -> None:
    file, function = Path(inspect.getfile(FLOWS[name].fn)).stem, FLOWS[name].fn.__name__
    assert (file, function) == (name.replace("-", "_"), name.replace("-", "_"))


def parameters(flow: AnyFlow) -> list[str]:
    return list(inspect.signature(flow.fn).parameters)


def test_prefect_knows_a_review_by_its_reference_a_round_by_nothing_and_a_launch_by_a_file_and_a_number() -> None:
    assert {name: (parameters(flow), flow.flow_run_name) for name, flow in FLOWS.items()} == {
        **{type_: (["reference"], "{reference}") for type_ in PIPELINES},
        **{one.name: ([], one.name) for one in ROUNDS},
        "launch": (["file", "launched_by"], "launch"),
    }
