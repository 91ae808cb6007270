"""What Prefect is told about each flow, and what a flow says of its review type."""

import inspect
from pathlib import Path

import pytest

from casework.documents import ToMake
from casework.documents.types_with_slides import HAVE_SLIDES
from casework.framework.methodologies import STEP, STEPS
from casework.framework.pipelines import PIPELINES
from casework.framework.pipelines.table import possible
from casework.framework.profiles import board, board_names
from casework.outbox.rounds import ROUNDS
from casework.reviews.case import profile_facts
from deployments.registry import AnyFlow, entries, flow_of
from models.vocabulary import Methodology, MethodStep, Preparation
from tests.flows.reading import lines_of, phases_of

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


@pytest.mark.parametrize("type_", PIPELINES)
def test_a_flow_has_the_stages_of_its_type_s_table_each_once_and_after_those_that_it_waits_for(type_: str) -> None:
    table, keys = PIPELINES[type_], [line.key for line in lines_of(type_)]

    assert sorted(keys) == sorted(stage.key for stage in table.stages)
    for stage in table.stages:
        assert {*keys[: keys.index(stage.key)]} >= {*stage.after}, stage.key


@pytest.mark.parametrize("type_", PIPELINES)
def test_every_phase_says_in_a_line_what_it_is_about_and_has_stages(type_: str) -> None:
    phases = phases_of(type_)

    assert [phase.__name__ for phase in phases] == list(dict.fromkeys(line.phase for line in lines_of(type_)))
    assert all(phase.__doc__ for phase in phases)


@pytest.mark.parametrize("methodology", Methodology)
@pytest.mark.parametrize(
    ("board_name", "type_"), [(name, type_) for name in board_names() for type_ in board(name).reviews]
)
def test_whatever_a_board_and_a_methodology_need_stands_in_the_flow(
    board_name: str, type_: str, methodology: Methodology
) -> None:
    profile = board(board_name)
    steps = {f"{STEP}{step}": "yes" if step in STEPS.get(methodology, MethodStep) else "no" for step in MethodStep}
    facts = profile_facts(profile, profile.reviews[type_]) | steps
    needed_at_most = [stage.key for stage in PIPELINES[type_].stages if possible(stage, facts)]

    assert set(needed_at_most) - {line.key for line in lines_of(type_)} == set()


def test_what_follows_from_the_stages_of_all_types_is_this() -> None:
    drafts = {(line.key, line.opens.document) for type_ in PIPELINES for line in lines_of(type_) if line.opens}
    finals = {(line.key, line.closes.document) for type_ in PIPELINES for line in lines_of(type_) if line.closes}
    kept = {
        ("criteria-screening", Preparation.SCREENING_RECORD),
        ("terms-of-reference", Preparation.TERMS_OF_REFERENCE),
        ("report", Preparation.REPORT_SKELETON),
        ("report", Preparation.AUDIT_REPORT),
        ("learning-summary", Preparation.LEARNING_SUMMARY),
        ("action-plan", Preparation.ACTION_PLAN),
    }

    assert finals == kept
    assert drafts == kept | {
        ("national-panel", Preparation.PANEL_NOTIFICATION),
        ("agency-report", Preparation.AGENCY_REPORT_REQUEST),
        ("agency-chronology", Preparation.AGENCY_REPORT_REQUEST),
        ("board-approval", Preparation.LEARNING_SLIDES),
    }


def test_an_opening_drafts_and_a_closing_keeps_and_every_stage_of_a_kept_document_does_both() -> None:
    lines = [line for type_ in PIPELINES for line in lines_of(type_)]

    assert [line for line in lines if line.opens and line.opens.for_the_record] == []
    assert [line for line in lines if line.closes and not line.closes.for_the_record] == []
    assert [line for line in lines if line.closes and line.opens != ToMake(line.closes.document)] == []


def test_the_learning_summary_speaks_of_slides_where_a_flow_drafts_them() -> None:
    slides = ToMake(Preparation.LEARNING_SLIDES)

    assert {type_ for type_ in PIPELINES if any(line.opens == slides for line in lines_of(type_))} == HAVE_SLIDES
