"""The command line as a business manager would use it: each command in an installation of its own."""

import json
import re
import tomllib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from casework.views.review import Entry
from dashboard.cli import COMMANDS, main
from dashboard.commands.show import in_history
from tests.walking import MANAGER, SERIOUS_CASE_REVIEW

Run = Callable[..., tuple[int, str, str]]
SCR = "LSCBN-SCR-2014-001"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command; gives its exit code, what it printed, and what it refused."""
    monkeypatch.setenv("LEARNING_CYCLE_HOME", str(tmp_path / "home"))

    def command(*arguments: str) -> tuple[int, str, str]:
        code = main(list(arguments))
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


@pytest.fixture
def scr(run: Run, tmp_path: Path) -> Path:
    """A launch file, as `example` prints it."""
    _, printed, _ = run("example", "serious-case-review", "--board", "northamptonshire")
    path = tmp_path / "referral.toml"
    path.write_text(printed)
    return path


def test_a_day_that_is_none_is_refused_on_its_line_of_a_file(run: Run, scr: Path) -> None:
    text = scr.read_text()
    lines = [f"notified_on = {day}" for day in ("2014-13-06", "2014-02-30", "6/5/2014")]
    number = next(n for n, line in enumerate(text.splitlines(), 1) if line.startswith("notified_on"))
    said = []
    for line in lines:
        scr.write_text(re.sub(r"(?m)^notified_on = .*$", line, text))
        said.append(run("launch", str(scr))[2])

    assert said == [
        f"{scr}: is neither JSON nor TOML: line {number}: ‘{day}’ is not a date: write it as 2014-05-06. "
        "Correct it there and try again.\n"
        for day in ("2014-13-06", "2014-02-30", "6/5/2014")
    ]


def as_json(run: Run, *arguments: str) -> Any:
    """What a command prints as JSON."""
    code, out, err = run(*arguments, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


def test_the_example_launches_and_shows_what_is_open(run: Run, scr: Path) -> None:
    assert run("launch", str(scr)) == (0, f"{SCR} is launched. Open now: criteria-screening.\n", "")

    shown = as_json(run, "show", SCR)

    assert (shown["reference"], shown["state"], shown["type"]) == (SCR, "open", "serious-case-review")
    assert [(stage["name"], stage["due_on"], stage["rule"]) for stage in shown["open"]] == [
        ("criteria-screening", "2014-06-06", "1 month")
    ]
    assert "abuse_or_neglect" in shown["open"][0]["asks"]["properties"]
    assert shown["open"][0]["known_already"]["abuse_or_neglect"] == "yes"
    assert as_json(run, "list") == [
        {"reference": SCR, "board": "northamptonshire", "type": "serious-case-review", "state": "open"}
        | {"launched_on": shown["launched_on"]}
    ]


def test_the_history_tells_times_as_the_clocks_in_london_show_them(run: Run, scr: Path) -> None:
    run("launch", str(scr))
    at = datetime.fromisoformat(as_json(run, "show", SCR)["history"][0]["at"]).astimezone(ZoneInfo("Europe/London"))

    history = run("show", SCR)[1].partition("History:\n")[2]

    assert history == f"  {at:%H:%M} {at.tzname()} on {at:%A} {at.day} {at:%B} {at.year}: launched, referral\n"


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2014-05-06T09:30", "10:30 BST on Tuesday 6 May 2014"),
        ("2014-01-06T09:30", "09:30 GMT on Monday 6 January 2014"),
    ],
)
def test_an_hour_of_summer_time_counts_in_the_history(at: str, said: str) -> None:
    entry = Entry(1, datetime.fromisoformat(f"{at}+00:00"), "The calendar", None, "resumed", None, None, {})

    assert in_history(entry) == f"{said}: resumed"


def test_json_launches_as_well_as_toml(run: Run, scr: Path, tmp_path: Path) -> None:
    path = tmp_path / "referral.json"
    path.write_text(json.dumps(tomllib.loads(scr.read_text()), default=str))

    assert as_json(run, "launch", str(path)) == {
        "reference": SCR,
        "state": "open",
        "opened": ["criteria-screening"],
    }


def test_a_serious_case_review_goes_from_referral_to_closure(run: Run, scr: Path, tmp_path: Path) -> None:
    run("launch", str(scr))
    data = tmp_path / "data.json"
    for step in SERIOUS_CASE_REVIEW:
        data.write_text(json.dumps(step.data))
        code, _, refused = run("complete", SCR, step.stage, "--by", step.by, "--data", str(data))
        assert (code, refused) == (0, ""), step.stage

    shown = as_json(run, "show", SCR)

    assert (shown["state"], shown["ahead"], shown["publication"]["keep_until"]) == ("closed", [], "2015-12-01")
    assert run("verify") == (0, "22 entries of 1 reviews are as they were written.\n", "")
    assert run("verify", "--recount")[0] == 0


@pytest.mark.parametrize("broken", ["board = ", '{"board": ', "[1, 2]", '"text"'])
def test_a_file_that_is_no_launch_file_is_refused_and_changes_nothing(run: Run, tmp_path: Path, broken: str) -> None:
    path = tmp_path / "broken.txt"
    path.write_text(broken)

    code, out, err = run("launch", str(path))

    assert (code, out) == (2, "")
    assert err.startswith(f"{path}: ")
    assert as_json(run, "list") == []


def test_bad_input_names_the_field_the_value_and_what_is_wanted(run: Run, scr: Path) -> None:
    scr.write_text(scr.read_text().replace('child_died = "no"', 'child_died = "maybe"'))

    code, out, err = run("launch", str(scr))

    assert (code, out) == (2, "")
    assert err == (
        "referral.child_died: ‘maybe’ is not accepted; it should be 'yes', 'no' or 'not-known'. "
        "It asks: “Has a child died, including by suicide?”\n"
    )
    assert as_json(run, "list") == []


def test_hold_resume_extend_convert_and_withdraw(run: Run, scr: Path) -> None:
    run("launch", str(scr))
    by = ("--by", MANAGER)

    assert run("hold", SCR, *by, "--reason", "The trial.", "--until", "2089-01-05")[0] == 0
    assert run("complete", SCR, "criteria-screening", *by)[2].startswith(f"{SCR} is on hold. Resume it first")
    assert run("resume", SCR, *by)[0] == 0
    extended = run("extend", SCR, "criteria-screening", "--to", "2089-01-05", "--reason", "Papers late.", "--sure", *by)
    assert extended == (0, f"criteria-screening of {SCR} is now due on 2089-01-05.\n", "")
    converted = run("convert", SCR, "--to", "practice-learning-review", "--reason", "Below the threshold.", *by)
    assert converted[1] == f"{SCR} goes on as LSCBN-PLR-2014-001. Open now: panel-recommendation.\n"
    assert run("withdraw", "LSCBN-PLR-2014-001", "--reason", "Referred twice.", *by)[0] == 0
    assert {row["reference"]: row["state"] for row in as_json(run, "list")} == {
        SCR: "converted",
        "LSCBN-PLR-2014-001": "withdrawn",
    }


def test_reminding_twice_for_a_day_sends_nothing_twice(run: Run, scr: Path) -> None:
    run("launch", str(scr))

    first, second = (as_json(run, "remind", "--on", "2089-01-05") for _ in range(2))

    assert first["queued"] == 1
    assert first["reminders"] == [
        {"reference": SCR, "stage": "criteria-screening", "rung": "owner", "to": MANAGER}
        | {"due": "2014-06-06", "action": None, "answer": None}
    ]
    assert (second["queued"], second["reminders"]) == (0, [])


def test_the_timetable_is_a_list_of_stages_with_owner_deadline_rule_basis_and_citation(run: Run) -> None:
    asked = ("timetable", "serious-case-review", "--board", "northamptonshire", "--from", "2014-05-06")

    rows = {row["stage"]: row for row in as_json(run, *asked)}

    wanted = ("title", "owner", "due", "rule", "basis", "cites")
    assert {name: rows["chair-decision"][name] for name in wanted} == {
        "title": "Chair’s decision",
        "owner": "LSCB Independent Chair",
        "due": "2014-06-06",
        "rule": "1 month",
        "basis": "statutory-guidance",
        "cites": ["S001 Serious Case Reviews, paragraph 1"],
    }
    assert "by Friday 6 June 2014: 1 month from the notification" in run(*asked)[1]


def test_check_board_says_that_a_profile_is_in_order_and_what_it_leaves_open(run: Run) -> None:
    profile = Path(__file__).parents[2] / "deployments" / "boards" / "northamptonshire.toml"

    code, out, _ = run("check-board", str(profile))

    assert code == 0
    assert out == run("check-board", "northamptonshire")[1]
    assert out.startswith("Northamptonshire Local Safeguarding Children Board: the profile is in order. ")
    assert "Left open in serious-case-review, six-months: The framework gives the six months but not the day" in out


def test_a_sign_in_link_is_printed_for_whoever_is_on_record(run: Run, scr: Path) -> None:
    run("launch", str(scr))

    assert run("sign-in-link", MANAGER)[1].startswith("http://127.0.0.1:8770/sign-in/")
    assert run("sign-in-link", "nobody@board.example")[:2] == (2, "")


def test_people_are_appointed_by_role(run: Run) -> None:
    asked = ("appoint", "northamptonshire", "business-manager", "Ann.Other@Board.example", "--name", "Ann Other")

    assert run(*asked)[1] == (
        "ann.other@board.example is LSCBN Business Manager of Northamptonshire Local Safeguarding Children Board. "
        "Their number in Prefect is 1.\n"
    )
    assert run("appoint", "northamptonshire", "tea-maker", "a@b.example", "--name", "A")[0] == 2


def test_who_leaves_a_role_leaves_what_is_open_to_the_next(run: Run, scr: Path) -> None:
    run("launch", str(scr))
    successor = ("appoint", "northamptonshire", "business-manager", "next@board.example", "--name", "Next Manager")
    assert run(*successor)[0] == 0

    assert run("step-down", "northamptonshire", "business-manager", MANAGER) == (
        0,
        "business-manager@board.example is no longer business manager of northamptonshire.\n",
        "",
    )

    assert [stage["owner_email"] for stage in as_json(run, "show", SCR)["open"]] == ["next@board.example"]
    assert run("step-down", "northamptonshire", "business-manager", MANAGER)[0] == 2


def test_an_open_stage_is_handed_over_within_a_review(run: Run, scr: Path, tmp_path: Path) -> None:
    run("launch", str(scr))
    data = tmp_path / "data.json"
    for step in SERIOUS_CASE_REVIEW[:4]:
        data.write_text(json.dumps(dict(step.data)))
        run("complete", SCR, step.stage, "--by", step.by, "--data", str(data))

    handed = run(
        "hand-over",
        SCR,
        "terms-of-reference",
        "--to",
        "nora@elsewhere.example",
        "--name",
        "Nora Other",
        "--reason",
        "Ill.",
        "--by",
        MANAGER,
    )

    assert handed == (0, f"terms-of-reference of {SCR} is now with nora@elsewhere.example.\n", "")


def test_every_command_explains_itself(run: Run) -> None:
    assert [name for name in COMMANDS if run(name, "--help")[0] != 0] == []


def test_the_list_of_commands_names_each_of_them(run: Run) -> None:
    printed = run("--help")[1]

    assert [name for name in COMMANDS if f"│ {name} " not in printed] == []


def test_what_a_review_leads_to_is_shown_with_what_is_open_elsewhere(run: Run, scr: Path, tmp_path: Path) -> None:
    def to_the_plan(reference: str) -> None:
        run("launch", str(scr))
        for step in SERIOUS_CASE_REVIEW[: [each.stage for each in SERIOUS_CASE_REVIEW].index("action-plan")]:
            data = tmp_path / "data.json"
            data.write_text(json.dumps(step.data))
            code, _, err = run("complete", reference, step.stage, "--by", step.by, "--data", str(data))
            assert (code, err) == (0, "")

    to_the_plan(SCR)
    assert run("alike", SCR)[1] == f"Nothing that is open elsewhere says nearly the same as what {SCR} has to do.\n"
    second = SCR.replace("001", "002")
    to_the_plan(second)

    said = run("alike", second)[1]
    shown = as_json(run, "show", second)

    assert said == (
        "Recommendation 1 is nearly the same as:\n"
        f"  Recommendation 1 of {SCR}: Keep one chronology. (Example Police, Olli Owner, by Sunday 1 March 2015)\n"
    )
    assert [(each["number"], each["wording"], each["answered_by"], each["waits"]) for each in shown["leads_to"]] == [
        (1, "Keep one chronology.", [], True)
    ]
    assert [other["reference"] for other in shown["alike"]["Recommendation 1"]] == [SCR]
    assert "  Recommendation 1: Keep one chronology. (waits for an action)\n" in run("show", second)[1]
