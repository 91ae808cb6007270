"""The commands about boards: checking, setting up, comparing."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from casework.framework.profiles import board, board_names, boards_folder
from casework.framework.set_up import questions
from dashboard.cli import main
from dashboard.commands.set_up import put

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command; gives its exit code, what it printed, and what it refused."""
    monkeypatch.setenv("LEARNING_CYCLE_HOME", str(tmp_path / "home"))

    def command(*arguments: str) -> tuple[int, str, str]:
        code = main(list(arguments))
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


@pytest.mark.parametrize("name", board_names())
def test_every_profile_is_in_order(run: Run, name: str) -> None:
    code, out, err = run("check-board", str(boards_folder() / f"{name}.toml"))

    assert (code, err) == (0, "")
    assert out.splitlines()[0].startswith(f"{board(name).name.value}: the profile is in order. ")


def test_set_up_lists_what_is_open_and_keeps_what_is_answered(run: Run) -> None:
    _, before, _ = run("set-up", "croydon")
    two = ("--answer", "thematic-audit.cadence=Six a year", "--answer", "keep=1 year")
    code, after, err = run("set-up", "croydon", *two)

    assert before.splitlines()[0] == (
        "Croydon Safeguarding Children Board: the framework leaves 21 questions open; 0 answered."
    )
    assert (code, err) == (0, "")
    assert after.splitlines()[0].endswith("21 questions open; 2 answered.")
    assert f"    Answered on {next(q.answer for q in questions('croydon') if q.answer).on}: Six a year" in after
    assert [line for line in (before + after).splitlines() if len(line) > 100] == []


def test_set_up_gives_its_questions_to_programs(run: Run) -> None:
    run("set-up", "croydon", "--answer", "keep=1 year")
    _, out, _ = run("set-up", "croydon", "--json")
    found = {each["key"]: each for each in json.loads(out)}

    assert found["keep"]["answer"]["answer"] == "1 year"
    assert found["thematic-audit.cadence"] == {
        "key": "thematic-audit.cadence",
        "about": "Multi-agency case audit",
        "cite": "S002 5.6",
        "asks": "“Multi agency case audits a year will be carried out” (5.6): the number is missing. How many a year "
        "are held?",
        "wanted": "a few words",
        "stands": "",
        "answer": None,
    }


def test_an_answer_without_its_key_and_an_unknown_board_are_refused(run: Run) -> None:
    assert run("set-up", "croydon", "--answer", "1 year") == (
        2,
        "",
        "--answer 1 year: has no “=”. Write the key, “=”, and the answer, as in keep=12 months.\n",
    )
    code, out, err = run("set-up", "nowhere")
    assert (code, out) == (2, "")
    assert err.startswith("There is no board profile named ‘nowhere’. The profiles are: barking-and-dagenham, ")


def test_a_question_is_asked_again_until_its_answer_fits_or_is_left_empty(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    run("set-up", "croydon")
    asked = {each.key: each for each in questions("croydon")}
    typed = iter(["for ever", "18 months", ""])
    for key in ("keep", "learning-summary"):
        put("croydon", asked[key], lambda: next(typed), today=date(2017, 10, 2))

    assert 'keep: "for ever" is not a rule the clock can read' in capsys.readouterr().out
    assert {each.key: each.answer.answer for each in questions("croydon") if each.answer} == {"keep": "18 months"}


def test_two_boards_are_compared_in_a_hundred_columns_with_both_paragraphs(run: Run) -> None:
    code, out, err = run("diff-boards", "portsmouth", "croydon")

    assert (code, err) == (0, "")
    assert [line for line in out.splitlines() if len(line) > 100] == []
    assert out.splitlines()[0] == (
        "Portsmouth Safeguarding Children Board and Croydon Safeguarding Children Board differ in 25 points."
    )
    assert (
        "How often\n  Thematic audit\n    portsmouth  Four a year, held quarterly (S000 7.7.1)\n"
        "    croydon     Nothing\n"
    ) in out


def test_differences_that_are_said_alike_of_several_reviews_are_said_once(run: Run) -> None:
    _, out, _ = run("diff-boards", "portsmouth", "croydon")

    assert (
        "Monitors\n  Serious case review; Practice learning review; Thematic audit; Child death review\n"
        "    portsmouth  Chair of the PSCB Executive (S000 2.1.7 and 13.2)\n"
    ) in out


def test_a_comparison_is_given_to_programs_too(run: Run) -> None:
    _, out, _ = run("diff-boards", "portsmouth", "croydon", "--json")
    found = json.loads(out)

    assert (found["first"], found["second"], len(found["differences"])) == ("portsmouth", "croydon", 25)
    assert found["differences"][0] == {
        "topic": "Review types",
        "about": "Best practice review",
        "first": {"value": "Best practice review", "cite": "S000 7.8.1"},
        "second": {"value": "Not run", "cite": ""},
    }


def test_a_board_does_not_differ_from_itself(run: Run) -> None:
    name = "Croydon Safeguarding Children Board"

    assert run("diff-boards", "croydon", "croydon") == (0, f"{name} and {name} say the same.\n", "")
