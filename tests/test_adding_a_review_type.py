"""Adding a review type is what docs/adding-a-review-type.md says: a table, a flow, and an entry in a profile."""

import re
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import pytest
from prefect import Flow
from prefect.flows import load_flow_from_entrypoint
from pydantic import Field

from casework.framework.pipelines import PIPELINES, rows
from casework.framework.pipelines.table import Condition, Pipeline, StageSpec, where
from casework.moves import stage_effects
from casework.moves.completing import complete_stage
from casework.moves.launching import launch_file
from casework.moves.stage_effects import EFFECTS
from casework.people.directory import find_person
from casework.record.act import Act
from casework.record.store import Store
from casework.reviews.case import Case
from casework.views.diagram.drawing import diagram
from casework.views.review import find_review
from casework.views.timetable import timetable
from models.errors import InputError
from models.forms.base import Day, Form, Prose
from models.vocabulary import Role, YesNo
from tests.conformance.people import CHAIR, MANAGER, holders
from tests.walking import NOW, TODAY

ROOT = Path(__file__).resolve().parent.parent
GUIDE = (ROOT / "docs" / "adding-a-review-type.md").read_text()
TYPE = "table-top-exercise"


class Exercise(Form):
    """What an exercise around an invented case has shown."""

    facts: ClassVar[tuple[str, ...]] = ("exercise_on", "actions_needed")
    done_on: ClassVar[str | None] = "exercise_on"

    exercise_on: Day = Field(title="When was it held?")
    shown: Prose = Field(title="What did it show?")
    actions_needed: YesNo = Field(title="Does something have to change?")


def shown_enough(_: Case, form: Exercise) -> None:
    """An exercise that shows nothing was none."""
    if form.shown == "Nothing.":
        raise InputError("shown: ‘Nothing.’ is not a result. Say what the exercise has shown.")


EXERCISE = StageSpec(
    key="exercise",
    title="Table-top exercise",
    owner=Role.BUSINESS_MANAGER,
    form=Exercise,
    after=("theme-agreement",),
    clock="completion",
    supposes={"actions_needed": "yes"},
    cites=("S004 2.2",),
)
TABLE = Pipeline(
    type=TYPE,
    title="Table-top exercise",
    prefix="TTX",
    stages=(
        rows.PROPOSAL,
        rows.AGREEMENT,
        *where((rows.THEME_AGREED,), EXERCISE),
        replace(rows.DISSEMINATION, after=("exercise",), when=(Condition("actions_needed", ("yes",)),)),
        replace(rows.CLOSURE, after=("theme-agreement", "exercise", "dissemination")),
    ),
)
PROFILE = """
[reviews.table-top-exercise]
name = "Table-top exercise"
cite = "S004 2.2"
decides = { value = "independent-chair", cite = "S004 2.2" }
approves = { value = "independent-chair", cite = "board" }
monitors = { value = "independent-chair", cite = "S004 1.0" }

[reviews.table-top-exercise.clocks.completion]
rule = "2 weeks"
trigger = "agreed_on"
basis = "local"
cite = "board"
explains = "An exercise is held within two weeks of being agreed."
"""
FLOW = '''
from prefect import flow

from tasks.review import ReviewRun, run_review, stage


@flow(name="table-top-exercise", flow_run_name="{reference}", persist_result=False)
def table_top_exercise(reference: str) -> None:
    """One exercise."""
    run_review(reference, exercise)


def exercise(review: ReviewRun) -> None:
    """The exercise is agreed, held, and told of."""
    stage(review, "proposal")
    stage(review, "theme-agreement")
    stage(review, "exercise")
    stage(review, "dissemination")
    stage(review, "closure")
'''
PROPOSED = {
    "proposed_on": "2019-11-01",
    "theme": "Children missing from home",
    "source": "board-priority",
    "proposed_by": "The board",
    "rationale": "Several agencies asked for it.",
}
AGREED = {"agreed_on": "2019-11-05", "theme_decision": "agreed", "reasons": "It is a priority."}
HELD = {"exercise_on": "2019-11-12", "shown": "Who calls whom is not clear.", "actions_needed": "no"}
CLOSED = {
    "review_closed_on": "2019-12-01",
    "for_the_annual_report": "One exercise was held.",
    "principles_unanswered": "No case was reviewed.",
}


@pytest.fixture
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The type, added for one test: its table and effect, and a board that runs it."""
    monkeypatch.setitem(PIPELINES, TYPE, TABLE)
    monkeypatch.setattr(stage_effects, "EFFECTS", EFFECTS | {Exercise: shown_enough})
    boards = tmp_path / "boards"
    boards.mkdir()
    text = (ROOT / "deployments" / "boards" / "gloucestershire.toml").read_text()
    (boards / "gloucestershire.toml").write_text(text + PROFILE)
    monkeypatch.setenv("LEARNING_CYCLE_BOARDS", str(boards))


def launched(store: Store) -> str:
    """An exercise that has just been proposed."""
    data = {"board": "gloucestershire", "type": TYPE, "proposal": PROPOSED, "people": holders()}
    with store.transaction() as session:
        return launch_file(Act(session, None, NOW, TODAY), data).reference


def completed(store: Store, reference: str, stage: str, by: str, data: dict[str, Any]) -> list[str]:
    """Complete a stage; gives the stages that open."""
    with store.transaction() as session:
        person = find_person(session, by)
        return list(complete_stage(Act(session, person, NOW, TODAY), reference, stage, data).opened)


@pytest.mark.usefixtures("added")
def test_a_type_made_of_one_table_and_a_profile_goes_from_proposal_to_closure(store: Store) -> None:
    reference = launched(store)

    opened = [
        completed(store, reference, "theme-agreement", CHAIR, AGREED),
        completed(store, reference, "exercise", MANAGER, HELD),
        completed(store, reference, "closure", MANAGER, CLOSED),
    ]

    with store.reading() as session:
        state = find_review(session, reference).state
    assert (reference, opened, state) == ("GSCB-TTX-2019-001", [["exercise"], ["closure"], []], "closed")


@pytest.mark.usefixtures("added")
def test_its_effect_refuses_and_changes_nothing(store: Store) -> None:
    reference = launched(store)
    completed(store, reference, "theme-agreement", CHAIR, AGREED)

    with pytest.raises(InputError, match="Say what the exercise has shown"):
        completed(store, reference, "exercise", MANAGER, HELD | {"shown": "Nothing."})

    assert completed(store, reference, "exercise", MANAGER, HELD) == ["closure"]


@pytest.mark.usefixtures("added")
def test_timetable_and_diagram_follow_its_table() -> None:
    due = {row.stage: row.due for row in timetable("gloucestershire", TYPE, date(2019, 11, 1))}  # a Friday
    picture = diagram(TYPE, "gloucestershire")

    assert due == {
        "proposal": None,
        "theme-agreement": None,
        "exercise": date(2019, 11, 15),
        "dissemination": None,
        "closure": None,
    }
    said = ("If it is agreed", "2 weeks from ‘Theme agreed’", "If something has to change")
    assert [words for words in said if words not in picture] == []


def test_a_flow_file_of_a_few_lines_loads_under_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", list(sys.path))  # Prefect puts the folder of the file on it
    path = tmp_path / "table_top_exercise.py"
    path.write_text(FLOW)

    loaded: Flow[..., Any] = load_flow_from_entrypoint(f"{path}:table_top_exercise", use_placeholder_flow=False)

    assert loaded.name == TYPE


@pytest.mark.parametrize(
    ("language", "files"),
    [
        ("python", ("casework/framework/pipelines/light_touch_review.py", "flows/light_touch_review.py")),
        ("yaml", ("deployments/prefect.yaml",)),
        ("toml", ("deployments/boards/gloucestershire.toml",)),
    ],
)
def test_what_the_guide_quotes_is_what_the_files_say(language: str, files: tuple[str, ...]) -> None:
    written = {line.strip() for name in files for line in (ROOT / name).read_text().splitlines()}
    blocks = re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)
    quoted = [line.partition("  #")[0].strip() for block in blocks for line in block.splitlines()]

    assert blocks
    assert [line for line in quoted if line not in written] == []


def test_every_file_that_the_guide_names_is_there() -> None:
    named = re.findall(r"`((?:casework|models|flows|deployments|tests|scripts)/[\w./-]+\.\w+)`", GUIDE)

    assert len(named) > 8
    assert [name for name in named if not (ROOT / name).exists()] == []
