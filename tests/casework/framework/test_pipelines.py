"""The pipelines as whole tables: a stage cannot slip in, out or elsewhere unseen."""

import pytest

from casework.framework.editions import kind_under
from casework.framework.methodologies import STEP
from casework.framework.pipelines import PIPELINES
from casework.framework.pipelines.table import Pipeline, StageSpec
from casework.framework.profiles import board
from casework.reviews.case import profile_facts
from models.forms.base import Form
from models.vocabulary import MethodStep
from tests.casework.framework.pipeline_tables import TABLES

SOURCES = {
    "S000",
    "S001",
    "S002",
    "S003",
    "S004",
    "WT2018",
    "WT2023",
    "CSWA2017",
    "SI2018-789",
    "WSI2012-1712",
    "SCIE",
    "NSPCC",
}


def row(stage: StageSpec) -> tuple[object, ...]:
    """A stage as a line: key, owner, what is before it, conditions, deadline."""
    when = tuple(f"{condition.fact}={'|'.join(condition.one_of)}" for condition in stage.when)
    bound = stage.clock or (f"within {stage.within}" if stage.within else None)
    return stage.key, str(stage.owner), stage.after, when, bound


def rows(pipeline: Pipeline) -> list[tuple[object, ...]]:
    """The whole table."""
    return [row(stage) for stage in pipeline.stages]


def keys_where(**wanted: object) -> dict[str, list[str]]:
    """The keys of the stages that have these marks, by review type; without the types that have none."""
    found = {
        type_: [stage.key for stage in table.stages if all(getattr(stage, name) == is_ for name, is_ in wanted.items())]
        for type_, table in PIPELINES.items()
    }
    return {type_: keys for type_, keys in found.items() if keys}


@pytest.mark.parametrize("type_", PIPELINES)
def test_each_review_type_is_this_table(type_: str) -> None:
    assert rows(PIPELINES[type_]) == TABLES[type_]


def test_there_is_a_table_for_every_review_type_and_no_other() -> None:
    assert list(PIPELINES) == list(TABLES)


def test_each_review_type_has_a_prefix_of_its_own_for_its_references() -> None:
    assert {type_: table.prefix for type_, table in PIPELINES.items()} == {
        "serious-case-review": "SCR",
        "practice-learning-review": "PLR",
        "single-case-audit": "SCA",
        "best-practice-review": "BPR",
        "reflective-practice-review": "RPR",
        "extended-learning-review": "ELR",
        "child-death-review": "CDR",
        "rapid-review": "RR",
        "local-child-safeguarding-practice-review": "LCSPR",
        "child-practice-review": "CPR",
        "thematic-audit": "TA",
        "themed-review": "TR",
        "deep-dive": "DD",
        "light-touch-review": "LTR",
    }


def test_a_board_that_asks_for_a_learning_summary_has_one_in_every_review_type() -> None:
    # S001 Implementing the Learning, paragraph 1: part of all review reports
    assert [type_ for type_, table in PIPELINES.items() if "learning-summary" not in table.by_key] == []


def test_only_decisions_are_reserved_to_their_owner() -> None:
    approval = ["board-approval", "board-response", "publication-decision"]

    assert keys_where(decides=True) == {
        "serious-case-review": ["chair-decision", *approval],
        "practice-learning-review": ["chair-decision", "partners-agreement", *approval],
        "single-case-audit": ["chair-decision", "board-approval"],
        "best-practice-review": ["chair-decision", "board-approval", "publication-decision"],
        "reflective-practice-review": ["chair-decision", "board-approval"],
        "extended-learning-review": ["chair-decision", *approval],
        "child-death-review": ["death-panel", "board-approval", "publication-decision"],
        "rapid-review": ["chair-decision", "local-review-decision", "board-approval"],
        "local-child-safeguarding-practice-review": ["local-review-decision", *approval],
        "child-practice-review": ["chair-decision", *approval],
        "thematic-audit": ["theme-agreement", "board-approval", "publication-decision"],
        "themed-review": ["theme-agreement", "board-approval", "publication-decision"],
        "deep-dive": ["theme-agreement", "board-approval", "publication-decision"],
        "light-touch-review": ["theme-agreement", "board-approval", "publication-decision"],
    }


def test_what_each_agency_does_by_itself_is_done_side_by_side() -> None:
    reports = ["agency-report", "agency-chronology"]

    assert keys_where(per_agency=True) == {
        "serious-case-review": reports,
        "practice-learning-review": reports,
        "single-case-audit": ["file-audit"],
        "extended-learning-review": reports,
        "child-death-review": ["death-information"],
        "rapid-review": ["agency-summary"],
        "local-child-safeguarding-practice-review": reports,
        "child-practice-review": reports,
        "thematic-audit": ["file-audit"],
        "themed-review": ["file-audit"],
        "deep-dive": ["evidence"],
    }


def test_only_the_time_on_the_website_ends_of_itself() -> None:
    assert keys_where(of_itself=True) == {
        "serious-case-review": ["publication-period"],
        "local-child-safeguarding-practice-review": ["publication-period"],
        "child-practice-review": ["publication-period"],
    }


def test_every_stage_stands_after_what_it_waits_for() -> None:
    for table in PIPELINES.values():
        for place, stage in enumerate(table.stages):
            earlier = {other.key for other in table.stages[:place]}
            assert set(stage.after) - earlier == set(), stage.key


def test_every_stage_asks_for_something_of_its_own_form_and_cites_a_source_that_is_known() -> None:
    for type_, table in PIPELINES.items():
        for stage in table.stages:
            assert issubclass(stage.form, Form)
            assert stage.cites, (type_, stage.key)
            assert {cite.split(" ")[0] for cite in stage.cites} - SOURCES == set(), (type_, stage.key)


def test_every_condition_is_a_fact_that_something_records() -> None:
    kind = kind_under(board("portsmouth"), "serious-case-review", "WT2015")
    known = set(profile_facts(board("portsmouth"), kind)) | {f"{STEP}{step}" for step in MethodStep}
    for table in PIPELINES.values():
        recorded = {name for stage in table.stages for name in stage.form.facts}
        asked = {condition.fact for stage in table.stages for condition in stage.when}
        assert asked - recorded - known == set(), table.type


def test_every_stage_that_has_to_be_in_time_for_a_later_one_has_that_one_before_it() -> None:
    for table in PIPELINES.values():
        for place, stage in enumerate(table.stages):
            later = {other.clock for other in table.stages[place:]}
            assert stage.within is None or stage.within in later, (table.type, stage.key)


def test_a_stage_that_is_not_needed_is_passed_over_and_holds_nothing_up() -> None:
    table = PIPELINES["serious-case-review"]
    done = ["referral", "criteria-screening", "panel-recommendation", "chair-decision"]

    told = table.stages_to_open(done, done, {"decision": "no-review", "profile.national-panel": "always"})
    asked = table.stages_to_open(done, done, {"decision": "no-review", "profile.national-panel": "on-request"})

    assert [stage.key for stage in told] == ["national-panel"]
    assert [stage.key for stage in asked] == ["closure"]
