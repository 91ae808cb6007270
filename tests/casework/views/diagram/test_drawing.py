"""The picture: what every box says, nothing from outside, and the same bytes every time."""

from html import unescape
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from casework.framework.pipelines import PIPELINES
from casework.framework.profiles import board, board_names
from casework.views.diagram.boxes import Drawn, Letters, box
from casework.views.diagram.drawing import diagram, on_board
from models.errors import InputError, NotFound
from models.vocabulary import Methodology

EVERY = [(type_, name) for name in board_names() for type_ in board(name).reviews]
SVG = "{http://www.w3.org/2000/svg}"


def said(type_: str, name: str, stage: str, methodology: Methodology | None = None) -> dict[str, str]:
    """What a box says, by the sort of its lines."""
    here = on_board(type_, name, None, methodology)
    drawn = box(here.table.by_key[stage], here)
    return {letters.value: drawn.said(letters) for letters in Letters if drawn.said(letters)}


def test_the_chairs_decision_says_whose_it_is_by_when_and_where_that_stands() -> None:
    assert said("serious-case-review", "northamptonshire", "chair-decision") == {
        "mark": "A decision, theirs alone",
        "title": "Chair’s decision",
        "owner": "LSCB Independent Chair",
        "deadline": "1 month from the notification",
        "cite": "Statutory guidance: S001 Serious Case Reviews, paragraph 1",
    }


def test_each_board_is_drawn_with_its_own_titles_and_deadlines() -> None:
    approval = said("practice-learning-review", "barking-and-dagenham", "board-approval")

    assert (approval["owner"], approval["deadline"]) == (
        "LSCB Chair",
        "6 months from the initial review meeting, unless another date is agreed",
    )
    assert said("practice-learning-review", "croydon", "board-approval")["deadline"] == (
        "On the date agreed in the review"
    )
    assert said("practice-learning-review", "croydon", "dissemination")["open"] == "The framework sets no date"


def test_what_depends_on_something_says_on_what_once() -> None:
    assert said("serious-case-review", "northamptonshire", "lead-reviewer")["mark"] == (
        "If the decision is serious case review"
    )
    assert "mark" not in said("serious-case-review", "northamptonshire", "report")
    assert said("serious-case-review", "northamptonshire", "board-response")["mark"] == (
        "If the report makes findings A decision, theirs alone"
    )


def test_a_step_of_some_methodologies_is_marked_with_them_unless_one_is_chosen() -> None:
    asked = ("serious-case-review", "northamptonshire", "agency-report")

    assert said(*asked)["mark"] == "Traditional; SILP; Root cause analysis One for each agency"
    assert said(*asked, Methodology.TRADITIONAL)["mark"] == "One for each agency"


def test_an_edition_brings_its_own_deadlines() -> None:
    under = {key: diagram("serious-case-review", "gloucestershire", edition_key=key) for key in ("WT2013", "WT2015")}

    assert "March 2013" in under["WT2013"]
    assert "March 2015" in under["WT2015"]
    with pytest.raises(NotFound, match="There is no edition ‘WT2011’"):
        diagram("serious-case-review", "gloucestershire", edition_key="WT2011")


def test_a_type_that_a_board_does_not_run_is_refused_with_those_it_runs() -> None:
    with pytest.raises(InputError, match="‘light-touch-review’ is not a review that Croydon"):
        diagram("light-touch-review", "croydon")


@pytest.mark.parametrize(("type_", "name"), EVERY)
def test_a_picture_holds_every_stage_is_whole_by_itself_and_the_same_every_time(type_: str, name: str) -> None:
    picture = diagram(type_, name)
    root = ET.fromstring(picture)  # noqa: S314 -- our own
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    links = [value for element in root.iter() for key, value in element.attrib.items() if "href" in key]
    drawn = {stage.title for stage in on_board(type_, name, None, None).graph.stages}
    described = root.findtext(f"{SVG}desc") or ""

    assert tags <= {"svg", "title", "desc", "defs", "marker", "path", "rect", "g", "text"}
    assert (links, "http" in picture.replace("http://www.w3.org/2000/svg", "")) == ([], False)
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "title desc")
    assert [title for title in drawn if title not in described] == []
    assert diagram(type_, name) == picture


def test_names_are_escaped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (Path(__file__).parents[4] / "deployments" / "boards" / "croydon.toml").read_text()
    title = text.partition("[roles.business-manager]\ntitle = ")[2].partition("\n")[0]
    (tmp_path / "croydon.toml").write_text(text.replace(title, '"Manager <script>&"'))
    monkeypatch.setenv("LEARNING_CYCLE_BOARDS", str(tmp_path))

    picture = diagram("serious-case-review", "croydon")

    assert ("<script" in picture, "Manager <script>&" in unescape(picture)) == (False, True)


def test_every_sort_of_box_is_drawn_somewhere() -> None:
    found = set()
    for type_, name in EVERY:
        here = on_board(type_, name, None, None)
        found |= {box(stage, here).drawn for stage in here.graph.stages}

    assert found == set(Drawn)
    assert {type_ for type_, _ in EVERY} == set(PIPELINES)
