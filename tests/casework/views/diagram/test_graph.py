"""What leads to what: stages that a board never needs are passed over, and no arrow says what others say already."""

import pytest

from casework.framework.methodologies import method_facts
from casework.framework.pipelines import PIPELINES
from casework.framework.profiles import board, board_names
from casework.reviews.case import profile_facts
from casework.views.diagram.graph import Arrow, Graph, between, graph
from casework.views.diagram.words import step_facts, steps_possible, taken_by
from models.forms.inquiry import MethodChoice
from models.vocabulary import Methodology, MethodStep

EVERY = [(type_, name) for name in board_names() for type_ in board(name).reviews]


def on(board_name: str, type_: str, methodology: Methodology | None = None) -> Graph:
    """The pipeline of a board."""
    profile = board(board_name)
    facts = profile_facts(profile, profile.reviews[type_])
    return graph(PIPELINES[type_], facts | step_facts(methodology))


def arrows(found: Graph) -> set[tuple[str, str]]:
    """The usual arrows."""
    return {(arrow.before, arrow.after) for arrow in found.arrows if not arrow.otherwise}


def ways_past(found: Graph) -> list[Arrow]:
    return [arrow for arrow in found.arrows if arrow.otherwise]


def test_the_light_touch_review_is_this_graph() -> None:
    found = on("gloucestershire", "light-touch-review")

    assert [stage.key for stage in found.stages][:4] == ["proposal", "theme-agreement", "question", "answer"]
    assert {("proposal", "theme-agreement"), ("theme-agreement", "question"), ("question", "answer")} <= arrows(found)
    assert Arrow("theme-agreement", "closure", otherwise=True) in ways_past(found)


def test_a_stage_that_a_board_never_needs_is_left_out_and_connected_through() -> None:
    told, not_told = (on(name, "serious-case-review") for name in ("northamptonshire", "croydon"))

    assert ("lead-reviewer", "national-panel") in arrows(told)
    assert "national-panel" not in {stage.key for stage in not_told.stages}
    assert Arrow("chair-decision", "closure", otherwise=True) in ways_past(not_told)


def test_where_nobody_agrees_the_decision_leads_straight_to_the_reviewer() -> None:
    with_partners = arrows(on("barking-and-dagenham", "practice-learning-review"))
    without = arrows(on("croydon", "practice-learning-review"))

    assert ("partners-agreement", "lead-reviewer") in with_partners
    assert ("chair-decision", "lead-reviewer") not in with_partners
    assert ("chair-decision", "lead-reviewer") in without


def test_a_decision_against_a_review_still_leads_on_to_telling_the_panel_and_to_closure() -> None:
    assert ways_past(on("northamptonshire", "serious-case-review")) == [
        Arrow("chair-decision", "national-panel", otherwise=True),
        Arrow("national-panel", "closure", otherwise=True),
        Arrow("board-approval", "dissemination", otherwise=True),  # past a publication that is not needed
    ]


@pytest.mark.parametrize(("type_", "name"), EVERY)
def test_every_stage_that_a_board_may_need_can_be_reached_and_leads_to_the_end(type_: str, name: str) -> None:
    found, table = on(name, type_), PIPELINES[type_]
    from_start, to_end = {table.first.key}, {table.last.key}
    for stage in found.stages:
        from_start |= {stage.key} if from_start & set(found.before(stage.key)) else set()
    for stage in reversed(found.stages):
        to_end |= set(found.before(stage.key)) if stage.key in to_end else set()

    keys = {stage.key for stage in found.stages}
    assert keys - from_start == set()
    assert {stage.key for stage in found.stages if not stage.of_itself} - to_end == set()


@pytest.mark.parametrize("methodology", [each for each in Methodology if each is not Methodology.HYBRID])
def test_with_a_methodology_only_its_own_steps_are_there(methodology: Methodology) -> None:
    found = on("northamptonshire", "serious-case-review", methodology)

    assert {stage.key for stage in found.stages} & set(MethodStep) == steps_possible(methodology)


def test_the_middle_is_what_lies_between_the_terms_of_reference_and_the_report() -> None:
    found = between(on("croydon", "serious-case-review", Methodology.LEARNING_TOGETHER), "terms-of-reference", "report")

    assert arrows(found) == {
        ("terms-of-reference", "family-invitation"),
        ("terms-of-reference", "review-team"),
        ("review-team", "conversations"),
        ("conversations", "joint-meetings"),
        ("family-invitation", "report"),
        ("joint-meetings", "report"),
    }


def test_a_step_says_which_methodologies_take_it_and_in_which_form() -> None:
    assert {step: taken_by(step, None) for step in (MethodStep.RECALL_SESSION, MethodStep.STATUTORY_DUTIES)} == {
        MethodStep.RECALL_SESSION: "SILP",
        MethodStep.STATUTORY_DUTIES: "Child practice review (extended)",
    }
    assert taken_by(MethodStep.CONVERSATIONS, Methodology.LEARNING_TOGETHER) == "Variant: not focused"
    assert taken_by(MethodStep.REVIEW_TEAM, Methodology.LEARNING_TOGETHER) == ""


def test_what_a_diagram_marks_is_what_a_review_does() -> None:
    """The steps of a choice, and no others, are those that open."""
    choice = MethodChoice(methodology=Methodology.TRADITIONAL, why_methodology="It fits.")
    yes = {name.removeprefix("step.") for name, said in method_facts(choice).items() if said == "yes"}

    assert yes & set(MethodStep) == steps_possible(Methodology.TRADITIONAL)
