"""Launching, screening and changing the methodology on the command line: each in an installation of its own."""

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casework.framework.pipelines import PIPELINES
from casework.framework.profiles import board, board_names
from casework.moves.launching import launch_file
from casework.record.act import Act
from casework.record.store import Store
from dashboard.cli import main
from tests.walking import AGENCY_REPORT, MANAGER, NOW, REVIEWER, SERIOUS_CASE_REVIEW, SOCIAL_CARE, TODAY

Run = Callable[..., tuple[int, str, str]]
SCR = "LSCBN-SCR-2014-001"
LEARNING_TOGETHER = {
    "methodology": "scie-learning-together",
    "why_methodology": "The systems are the question.",
    "learning_together": "full",
    "costs": "Paid by the board.",
    "accreditation": "Both certificates were seen.",
}
SECOND = (
    "add-reviewer",
    SCR,
    "rosa.reviewer@independent.example",
    "--name",
    "Rosa Reviewer",
    "--organisation",
    "Independent consultant",
    "--by",
    MANAGER,
)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command; gives its exit code, what it printed, and what it refused."""
    monkeypatch.setenv("LEARNING_CYCLE_HOME", str(tmp_path / "home"))

    def command(*arguments: str) -> tuple[int, str, str]:
        code = main(list(arguments))
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def written(path: Path, content: Any) -> str:
    """A file with this content, as text or as JSON."""
    path.write_text(content if isinstance(content, str) else json.dumps(content, default=str))
    return str(path)


@pytest.mark.parametrize("board_name", board_names())
def test_the_example_of_every_type_of_every_board_is_a_launch_file(run: Run, store: Store, board_name: str) -> None:
    launched = {}
    for type_ in board(board_name).reviews:
        content = tomllib.loads(run("example", type_, "--board", board_name)[1])
        with store.transaction() as session:
            reference = launch_file(Act(session, None, NOW, TODAY.replace(year=2026)), content).reference
        launched[type_] = reference.split("-")[1]

    assert launched == {type_: PIPELINES[type_].prefix for type_ in board(board_name).reviews}


def test_a_file_without_a_type_is_launched_as_what_the_criteria_recommend(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path / "referral.toml", run("example", "--board", "northamptonshire")[1])
    serious = run("launch", path)
    text = (tmp_path / "referral.toml").read_text().replace('seriously_harmed = "yes"', 'seriously_harmed = "no"')
    below = run("launch", written(tmp_path / "below.toml", text))

    assert (serious[1], below[1]) == (
        f"{SCR} is launched. Open now: criteria-screening.\n",
        "LSCBN-PLR-2014-001 is launched. Open now: panel-recommendation.\n",
    )


def test_a_theme_is_launched_from_a_file(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path / "theme.toml", run("example", "thematic-audit", "--board", "northamptonshire")[1])

    assert run("launch", path)[1] == "LSCBN-TA-2014-001 is launched. Open now: theme-agreement.\n"


def test_screening_says_what_the_criteria_recommend_and_launches_nothing(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path / "referral.toml", run("example", "--board", "northamptonshire")[1])
    said = json.loads(run("screen", "northamptonshire", path, "--json")[1])

    assert (said["recommendation"], len(said["reasons"]), said["launch_as"]) == (
        "serious-case-review",
        4,
        ["serious-case-review", "practice-learning-review", "single-case-audit"],
    )
    assert "Abuse or neglect is known or suspected. [" in run("screen", "northamptonshire", path)[1]
    assert json.loads(run("list", "--json")[1]) == []


def test_the_referral_alone_can_be_screened_and_a_wrong_one_is_refused(run: Run, tmp_path: Path) -> None:
    content = tomllib.loads(run("example", "--board", "northamptonshire")[1])["referral"]
    alone = run("screen", "northamptonshire", written(tmp_path / "alone.json", content))
    wrong = run("screen", "northamptonshire", written(tmp_path / "wrong.json", content | {"child_died": "maybe"}))

    assert (alone[0], wrong[:2]) == (0, (2, ""))
    assert wrong[2].startswith("child_died: ‘maybe’ is not accepted; it should be 'yes', 'no' or 'not-known'.")


def test_the_timetable_takes_a_methodology_and_an_edition(run: Run) -> None:
    asked = ("timetable", "serious-case-review", "--board", "gloucestershire", "--from", "2014-05-06", "--json")
    stages = [row["stage"] for row in json.loads(run(*asked, "--methodology", "scie-learning-together")[1])]

    assert ("conversations" in stages, "agency-report" in stages) == (True, False)
    assert run(*asked, "--edition", "WT2015")[0] == 0
    assert run(*asked, "--edition", "WT1999")[2].startswith("There is no edition ‘WT1999’. The editions are:")


def test_a_methodology_is_changed_once_it_has_what_it_takes(run: Run, tmp_path: Path) -> None:
    run(
        "launch",
        written(tmp_path / "referral.toml", run("example", "serious-case-review", "--board", "northamptonshire")[1]),
    )
    for step in SERIOUS_CASE_REVIEW[:6]:
        run("complete", SCR, step.stage, "--by", step.by, "--data", written(tmp_path / "data.json", dict(step.data)))
    change = ("change-methodology", SCR, "--by", MANAGER, "--data", written(tmp_path / "to.json", LEARNING_TOGETHER))

    refused, second, changed = run(*change), run(*SECOND), run(*change)

    assert "led by two lead reviewers, and 1 is appointed" in refused[2]
    assert second == (0, f"Rosa Reviewer leads {SCR} too.\n", "")
    assert changed == (0, f"The methodology of {SCR} is changed. Opened: review-team.\n", "")
    report = ("complete", SCR, "agency-report", "--by", SOCIAL_CARE, "--data")
    assert run(*report, written(tmp_path / "data.json", AGENCY_REPORT))[0] == 2


def test_only_whoever_steers_a_review_changes_its_methodology(run: Run, tmp_path: Path) -> None:
    run(
        "launch",
        written(tmp_path / "referral.toml", run("example", "serious-case-review", "--board", "northamptonshire")[1]),
    )
    for step in SERIOUS_CASE_REVIEW[:6]:
        run("complete", SCR, step.stage, "--by", step.by, "--data", written(tmp_path / "data.json", dict(step.data)))
    path = written(tmp_path / "to.json", LEARNING_TOGETHER)

    assert run("change-methodology", SCR, "--by", REVIEWER, "--data", path)[2].startswith("Only the LSCBN Business")
