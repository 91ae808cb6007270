"""The registers on the command line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from casework.record.settings import Settings
from casework.record.store import Store, open_store
from dashboard.cli import main
from tests.walking import MANAGER, SERIOUS_CASE_REVIEW, launched, walked

Run = Callable[..., tuple[int, str, str]]
SCR = "LSCBN-SCR-2014-001"
BY = ("--by", MANAGER)


@pytest.fixture
def kept(tmp_path: Path) -> Store:
    """The installation that the commands work on."""
    return open_store(Settings(home=tmp_path / "home"))


@pytest.fixture
def run(kept: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on a review in which the chair has to decide; gives its exit code, its words, and its refusal."""
    walked(kept, launched(kept), SERIOUS_CASE_REVIEW, until="chair-decision")
    kept.engine.dispose()
    monkeypatch.setenv("LEARNING_CYCLE_HOME", str(tmp_path / "home"))

    def command(*arguments: str, data: object = None) -> tuple[int, str, str]:
        file = tmp_path / "data.json"
        file.write_text(json.dumps(data))
        code = main([*arguments, *(("--data", str(file)) if data is not None else ())])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def test_participation_is_recorded_and_shown(run: Run) -> None:
    run("participation", SCR, *BY, data={"who": "parent", "known_as": "the mother", "invited_on": "2014-06-10"})
    code, said, refused = run(
        "participation", SCR, *BY, "--number", "1", "--part", "answer", data={"answer": "declined"}
    )

    assert (code, refused) == (0, "")
    assert said == (
        f"{SCR}: 1 invited, 1 declined.\nNobody invited yet: children, siblings, carers, practitioners, managers.\n"
        "1. the mother (Parent): Declined\n   Invited: 10 June 2014\n"
    )
    (mother,) = json.loads(run("participation", SCR, "--json")[1])
    assert (mother["number"], mother["known_as"], mother["answer"]) == (1, "the mother", "declined")


def test_a_principle_is_answered_and_shown(run: Run) -> None:
    code, said, _ = run("principles", SCR, "conduct-viewpoint", "held-to", *BY, "--note", "Asked as of then.")
    shown = {each["item"]: each for each in json.loads(run("principles", SCR, "--json")[1])}

    assert (code, said.splitlines()[0]) == (0, f"{SCR}: 1 of 12 principles and 0 of 18 quality markers answered.")
    assert "conduct-viewpoint: held-to" in said.splitlines()
    assert (len(shown), shown["conduct-viewpoint"]["note"], shown["marker-report"]["standing"]) == (
        30,
        "Asked as of then.",
        None,
    )


def test_an_unknown_principle_is_refused_with_those_there_are(run: Run) -> None:
    code, _, refused = run("principles", SCR, "kindness", "held-to", *BY)

    assert code == 2
    assert refused.startswith("item: ‘kindness’ is neither a principle nor a quality marker. There are: principle-")


def test_a_review_is_held_for_a_process_and_shows_both_dates(run: Run) -> None:
    linked = run("processes", SCR, *BY, data={"kind": "inquest", "contact": "The coroner’s officer"})
    held = run("hold", SCR, *BY, "--reason", "The coroner asked for it.", "--until", "2090-01-01", "--process", "1")
    shown = json.loads(run("show", SCR, "--json")[1])
    (decision,) = shown["open"]
    ended = run("processes", SCR, *BY, "--number", "1", "--ended", "2020-01-06")

    assert (linked[:2], held[0]) == ((0, "1. Inquest: under way\n"), 0)
    assert ([hold["process"] for hold in shown["holds"]], decision["due_on"]) == ([1], "2014-06-06")
    assert (decision["days_on_hold"] > 0, decision["due_with_days_on_hold"] > "2014-06-06") == (True, True)
    assert f"On hold for {decision['days_on_hold']} days, it would be " in run("show", SCR)[1]
    assert ended == (
        0,
        "1. Inquest: ended on 2020-01-06\n",
        f"{SCR} is on hold for it: resume it with `learning-cycle resume {SCR}`.\n",
    )


def test_without_a_process_it_says_so(run: Run) -> None:
    assert run("processes", SCR) == (0, f"No parallel processes are linked to {SCR}.\n", "")
