"""`learning-cycle due` at the command line."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.cli import main

KNOWN = Path(__file__).parent.parent / "casework" / "clock" / "dates.csv"
ROWS = list(csv.DictReader(KNOWN.read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_every_known_date_is_printed_exactly(row: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    known = ["--as-known-on", row["as_known_on"]] if row["as_known_on"] else []
    assert main(["due", row["rule"], "--from", row["trigger"], *known, "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    due = printed["due"] if isinstance(printed["due"], list) else [printed["due"]]
    assert (";".join(due), printed["last_safe_working_day"] or "") == (
        row["due"],
        row["last_safe_working_day"],
    )


def test_the_object_says_everything_about_the_deadline(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--from", "2022-09-16", "--as-known-on", "2022-09-10", "--roll", "next", "--json"]
    assert main(["due", "1 Working  Day", *arguments]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed.pop("explanation").startswith("The trigger is Friday 16 September 2022.")
    assert printed == {
        "rule": "1 working day",
        "trigger": "2022-09-16",
        "due": "2022-09-20",
        "last_safe_working_day": "2022-09-20",
        "last_safe_working_days": ["2022-09-20"],
        "roll": "next",
        "as_known_on": "2022-09-10",
        "skipped": [
            {"date": "2022-09-17", "why": "Saturday"},
            {"date": "2022-09-18", "why": "Sunday"},
            {"date": "2022-09-19", "why": "State funeral of Queen Elizabeth II"},
        ],
    }


def test_a_closure_counts_from_the_day_it_became_known(capsys: pytest.CaptureFixture[str]) -> None:
    for known, due in [("2022-09-09", "2022-09-19"), ("2022-09-10", "2022-09-20")]:
        assert main(["due", "5 working days", "--from", "2022-09-12", "--as-known-on", known, "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["due"] == due


@pytest.mark.parametrize(
    ("rule", "trigger", "lines"),
    [
        ("5 working days", "2024-01-08", ["Due on Monday 15 January 2024."]),
        (
            "14 days",
            "2014-12-18",
            ["Due on Thursday 1 January 2015; the last safe working day is Wednesday 31 December 2014."],
        ),
        ("24 hours", "2024-03-30T18:00", ["Due at 19:00 BST on Sunday 31 March 2024."]),
        (
            "weekly, 2 times",
            "2024-01-08",
            ["Due on Monday 15 January 2024.", "Due on Monday 22 January 2024."],
        ),
    ],
)
def test_without_json_it_reads_as_english(
    rule: str, trigger: str, lines: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["due", rule, "--from", trigger]) == 0
    dates, explanation = capsys.readouterr().out.split("\n\n")
    assert dates.split("\n") == lines
    assert explanation.startswith("The trigger")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["soon", "--from", "2024-01-08"], '"soon" is not a rule the clock can read'),
        (["0 days", "--from", "2024-01-08"], "A rule counts from 1 to 99,999 days, not 0"),
        (["5 days", "--from", "08/01/2024"], "if 8 January 2024 is meant, write 2024-01-08"),
        (["5 days", "--from", "2024-02-30"], '"2024-02-30" does not exist'),
        (["5 days", "--from", ""], "write the year first"),
        (["24 hours", "--from", "2024-01-08"], "Give the time too"),
        (["24 hours", "--from", "2024-01-08T09:00", "--roll", "next"], "Leave the roll at none"),
        (["99999 years", "--from", "2024-01-08"], "is outside the calendar"),
        (["5 days", "--from", "2024-01-08", "--as-known-on", "2024-01-08T09:00"], "a date is wanted"),
        (["5 days", "--from", "2024-01-08", "--roll", "sideways"], "'none', 'previous', 'next'"),
        (["5 days"], "Missing option '--from': see"),
        ([], "Missing argument 'RULE': see"),
        (["5 days", "--from", "2024-01-08", "--backwards"], "No such option: --backwards"),
        (["5 days", "and more", "--from", "2024-01-08"], "and more"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["due", *arguments]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert said in printed.err
    assert printed.err.count("\n") == 1
    assert printed.err.endswith(".\n")


def test_an_unknown_command_is_refused_in_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["undue"]) == 2
    printed = capsys.readouterr()
    assert (printed.out, printed.err.count("\n")) == ("", 1)
    assert "No such command 'undue'" in printed.err


@pytest.mark.parametrize("arguments", [[], ["--help"]])
def test_help_lists_the_commands(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 0
    assert "Count a deadline" in capsys.readouterr().out


def test_the_installed_command_exits_with_two_and_prints_nothing_when_it_refuses() -> None:
    command = Path(sys.executable).with_name("learning-cycle")
    refused = subprocess.run(
        [command, "due", "soon", "--from", "2024-01-08"], capture_output=True, text=True, check=False
    )
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.startswith('"soon" is not a rule')
    done = subprocess.run([command, "due", "1 day", "--from", "2024-01-08", "--json"], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["due"] == "2024-01-09"


def test_the_command_line_does_not_load_prefect_or_a_command_it_does_not_run() -> None:
    heavy = "{name for name in sys.modules if name.split('.')[0] in ('prefect', 'holidays', 'fastapi')}"
    code = f"import sys, dashboard.cli; print({heavy}, 'dashboard.commands.due' in sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout == "set() False\n"
