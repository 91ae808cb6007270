"""Meetings on the command line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from casework.record.settings import Settings
from casework.record.store import Store, open_store
from dashboard.cli import main
from tests.casework.meetings.meeting import PANEL_MEETING, a_review
from tests.walking import CHAIR, MANAGER, PANEL

Run = Callable[..., tuple[int, str, str]]
BY = ("--by", MANAGER)
SATURDAY = PANEL_MEETING | {"on_day": "2050-02-05"}  # far enough ahead for any clock


@pytest.fixture
def kept(tmp_path: Path) -> Store:
    """The installation that the commands work on."""
    return open_store(Settings(home=tmp_path / "home"))


@pytest.fixture
def run(kept: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command on a review; gives its exit code, its words, and what it says beside them."""
    reference = a_review(kept)
    kept.engine.dispose()
    monkeypatch.setenv("LEARNING_CYCLE_HOME", str(tmp_path / "home"))

    def command(*arguments: str, data: object = None) -> tuple[int, str, str]:
        file = tmp_path / "data.json"
        file.write_text(json.dumps(data))
        code = main(["meetings", reference, *arguments, *(("--data", str(file)) if data is not None else ())])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def test_a_meeting_is_arranged_changed_and_shown(run: Run) -> None:
    nothing = run()[1]
    code, said, beside = run(*BY, data=SATURDAY)
    run(*BY, "--number", "1", "--way", "uninvite", data={"people": [CHAIR]})
    (found,) = json.loads(run("--json")[1])

    assert nothing == "No meeting of LSCBN-SCR-2014-001 is arranged.\n"
    assert (code, beside) == (0, "It is on a Saturday: not a working day.\n")
    assert said == (
        "1. Panel meeting, Saturday 5 February 2050, 10:00 to 12:30 (to come). 2 invited: 2 no answer yet.\n"
        "   Independent Chair: no answer yet\n   Panel Chair: no answer yet\n"
    )
    assert (found["kind"], found["begins"], found["sequence"]) == ("panel-meeting", "10:00:00", 1)
    assert found["invited"] == [{"email": PANEL, "answer": "no-answer-yet", "reason": None}]


def test_what_is_wrong_is_said_field_by_field_and_changes_nothing(run: Run) -> None:
    code, said, refused = run(*BY, data=SATURDAY | {"begins": "noon", "people": ["nobody"]})

    assert (code, said) == (2, "")
    assert "begins: ‘noon’ is not a time: write it as 10:00 or 2.30pm. It asks: “When does it begin?”" in refused
    assert "people.1: ‘nobody’ is not an e-mail address: write it as name@board.example." in refused
    assert run(*BY, "--number", "1", "--way", "burn", data={})[2].startswith(
        "way: ‘burn’ is not something to do with a meeting."
    )
    assert run("--json")[1] == "[]\n"
