"""The pipelines as whole tables: a stage cannot slip in, out or elsewhere unseen."""

from casework.pipelines import PIPELINES
from casework.pipelines.table import Pipeline, StageSpec
from models.forms.base import Form

AHEAD = ("decision=serious-case-review",)
LEARN = ("decision=practice-learning-review",)


def row(stage: StageSpec) -> tuple[object, ...]:
    """A stage as a line: key, owner, what is before it, conditions, deadline."""
    when = tuple(f"{condition.fact}={'|'.join(condition.one_of)}" for condition in stage.when)
    bound = stage.clock or (f"within {stage.within}" if stage.within else None)
    return stage.key, str(stage.owner), stage.after, when, bound


def rows(pipeline: Pipeline) -> list[tuple[object, ...]]:
    """The whole table."""
    return [row(stage) for stage in pipeline.stages]


def test_the_serious_case_review_is_this_table() -> None:
    assert rows(PIPELINES["serious-case-review"]) == [
        ("referral", "business-manager", (), (), None),
        ("criteria-screening", "business-manager", ("referral",), (), "within chair-decision"),
        ("panel-recommendation", "recommends", ("criteria-screening",), (), "within chair-decision"),
        ("chair-decision", "decides", ("panel-recommendation",), (), "chair-decision"),
        ("lead-reviewer", "decides", ("chair-decision",), AHEAD, "within national-panel"),
        (
            "national-panel",
            "business-manager",
            ("chair-decision", "lead-reviewer"),
            ("profile.national-panel=always",),
            "national-panel",
        ),
        ("terms-of-reference", "lead-reviewer", ("lead-reviewer",), AHEAD, "within completion"),
        ("family-invitation", "lead-reviewer", ("terms-of-reference",), AHEAD, "within completion"),
        ("agency-report", "agency-author", ("terms-of-reference",), AHEAD, "within completion"),
        ("practitioner-events", "lead-reviewer", ("agency-report",), AHEAD, "within completion"),
        ("report", "lead-reviewer", ("family-invitation", "practitioner-events"), AHEAD, "completion"),
        ("learning-summary", "lead-reviewer", ("report",), AHEAD, None),
        ("board-approval", "approves", ("learning-summary",), AHEAD, None),
        ("publication", "business-manager", ("board-approval", "national-panel"), AHEAD, None),
        ("action-plan", "business-manager", ("board-approval",), AHEAD, None),
        ("dissemination", "business-manager", ("publication",), AHEAD, None),
        ("monitoring", "monitors", ("action-plan",), AHEAD, None),
        ("impact", "monitors", ("monitoring", "dissemination"), AHEAD, None),
        ("closure", "business-manager", ("chair-decision", "national-panel", "publication", "impact"), (), None),
        ("publication-period", "business-manager", ("publication",), AHEAD, "publication-period"),
    ]


def test_the_practice_learning_review_is_this_table() -> None:
    assert rows(PIPELINES["practice-learning-review"]) == [
        ("referral", "business-manager", (), (), None),
        ("panel-recommendation", "recommends", ("referral",), (), "within chair-decision"),
        ("chair-decision", "decides", ("panel-recommendation",), (), "chair-decision"),
        ("partners-agreement", "agrees", ("chair-decision",), (*LEARN, "profile.agrees=yes"), None),
        ("lead-reviewer", "decides", ("partners-agreement",), LEARN, None),
        ("agencies-and-authors", "business-manager", ("partners-agreement",), LEARN, None),
        ("initial-meeting", "panel-chair", ("lead-reviewer", "agencies-and-authors"), LEARN, None),
        ("terms-of-reference", "panel-chair", ("initial-meeting",), LEARN, "within completion"),
        ("family-invitation", "lead-reviewer", ("terms-of-reference",), LEARN, "within completion"),
        ("agency-report", "agency-author", ("terms-of-reference",), LEARN, "within completion"),
        ("practitioner-events", "lead-reviewer", ("agency-report",), LEARN, "within completion"),
        (
            "update-meetings",
            "business-manager",
            ("terms-of-reference",),
            (*LEARN, "profile.update-meetings=yes"),
            "within completion",
        ),
        ("report", "lead-reviewer", ("family-invitation", "practitioner-events"), LEARN, "completion"),
        ("learning-summary", "lead-reviewer", ("report",), LEARN, None),
        ("board-approval", "approves", ("learning-summary", "update-meetings"), LEARN, None),
        ("publication", "business-manager", ("board-approval",), (*LEARN, "profile.publishes=yes"), None),
        ("action-plan", "business-manager", ("board-approval",), LEARN, None),
        ("dissemination", "business-manager", ("action-plan",), LEARN, None),
        ("monitoring", "monitors", ("action-plan",), LEARN, None),
        ("impact", "monitors", ("monitoring", "dissemination"), LEARN, None),
        ("closure", "business-manager", ("chair-decision", "publication", "impact"), (), None),
    ]


def test_only_decisions_are_reserved_to_their_owner() -> None:
    reserved = {type_: [stage.key for stage in table.stages if stage.decides] for type_, table in PIPELINES.items()}

    assert reserved == {
        "serious-case-review": ["chair-decision", "board-approval"],
        "practice-learning-review": ["chair-decision", "partners-agreement", "board-approval"],
    }


def test_every_stage_stands_after_what_it_waits_for() -> None:
    for table in PIPELINES.values():
        for place, stage in enumerate(table.stages):
            earlier = {other.key for other in table.stages[:place]}
            assert set(stage.after) - earlier == set(), stage.key


def test_every_stage_asks_for_something_of_its_own_form_and_cites_a_framework() -> None:
    for table in PIPELINES.values():
        for stage in table.stages:
            assert issubclass(stage.form, Form)
            assert [cite for cite in stage.cites if not cite.startswith("S00")] == [], stage.key
            assert stage.cites, stage.key


def test_every_condition_is_a_fact_that_something_records() -> None:
    for table in PIPELINES.values():
        recorded = {name for stage in table.stages for name in stage.form.facts}
        asked = {condition.fact for stage in table.stages for condition in stage.when}
        assert {fact for fact in asked if not fact.startswith("profile.")} <= recorded


def test_a_stage_that_is_not_needed_is_passed_over_and_holds_nothing_up() -> None:
    table = PIPELINES["serious-case-review"]
    done = ["referral", "criteria-screening", "panel-recommendation", "chair-decision"]

    told = table.stages_to_open(done, done, {"decision": "no-review", "profile.national-panel": "always"})
    asked = table.stages_to_open(done, done, {"decision": "no-review", "profile.national-panel": "on-request"})

    assert [stage.key for stage in told] == ["national-panel"]
    assert [stage.key for stage in asked] == ["closure"]
