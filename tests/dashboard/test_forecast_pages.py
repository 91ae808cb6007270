"""Whether a review will keep its date: on its page, on the first page, in a list, and on the command line."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from casework.clock import london_day
from casework.record.settings import Settings
from casework.record.store import Store, open_store
from dashboard.cli import main
from models.vocabulary import ReviewState
from tests.casework.views.forecast.rows import BEFORE_TERMS, Open, live, past
from tests.dashboard.house import STRANGER, House, words
from tests.walking import CHAIR, MANAGER, POLICE, SERIOUS_CASE_REVIEW, launched, walked

DONE = (*BEFORE_TERMS, "terms-of-reference", "family-invitation")
OPENED = date(2019, 12, 24)  # a Tuesday, 13 days before Monday 6 January 2020
Command = Callable[..., tuple[int, str, str]]
WARNING = "‘Report’ will probably be 23 days late: about Thursday 30 April 2020, due Tuesday 7 April 2020."


def at_risk(store: Store, opened: date = OPENED, state: ReviewState = ReviewState.OPEN) -> str:
    """A review that will probably be late, on a board with a past; its reference.

    The decision was made 78 days before the agency began; its report takes 40 days, and 88 follow it.
    """
    decided = opened - timedelta(days=78)
    launched(store)  # with it everybody has the role that they need to look
    with store.transaction() as session:
        past(session, "agency-report", 30, 40, 50)
        past(session, "combined-chronology", 10, 14, 20)
        past(session, "practitioner-events", 20, 25, 30)
        past(session, "report", 38, 49, 60)
        return live(
            session, DONE, {"agency-report": Open(opened)}, {"decided_on": decided.isoformat()}, state=state
        ).reference


@pytest.mark.parametrize("person", [MANAGER, CHAIR])
def test_the_page_of_a_review_warns_of_a_date_that_will_be_missed_and_says_how_it_knows(
    home: House, person: str
) -> None:
    reference = at_risk(home.store)
    said = words(home.signed_in(person).get(f"/reviews/{reference}"))

    assert WARNING in said
    assert "Plan less time for ‘Report’: no other stage can save so much time, up to 49 days." in said
    assert "How this was worked out ‘Agency report’ has been open since Tuesday 24 December 2019, 13 days." in said


def test_whoever_has_only_a_task_in_a_review_sees_no_forecast(home: House) -> None:
    reference = launched(home.store)
    walked(home.store, reference, SERIOUS_CASE_REVIEW, until="agency-report")
    manager, author = (words(home.signed_in(each).get(f"/reviews/{reference}")) for each in (MANAGER, POLICE))

    assert ["How this was worked out" in said for said in (manager, author)] == [True, False]


def test_a_review_on_hold_says_that_it_is_not_forecast(home: House) -> None:
    reference = at_risk(home.store, state=ReviewState.HELD)

    assert "there is no forecast until it resumes" in words(home.signed_in(MANAGER).get(f"/reviews/{reference}"))


def test_the_first_page_and_a_list_of_its_own_name_the_reviews_at_risk(home: House) -> None:
    reference = at_risk(home.store)
    browser = home.signed_in(MANAGER)
    line = f"{reference} What will be late Report Due 7 April 2020, expected about 30 April 2020: 23 days late"

    assert [line in words(browser.get(path)) for path in ("/", "/forecast")] == [True, True]
    assert "1 review likely to miss a date" in words(browser.get("/"))
    assert line not in words(browser.get("/?mine=yes"))  # a choice of stages, not of reviews


def test_a_board_without_a_review_at_risk_says_so(home: House) -> None:
    launched(home.store)

    assert "no review is likely to miss an upcoming date" in words(home.signed_in(MANAGER).get("/forecast"))


def test_the_list_is_for_those_who_oversee_a_board(home: House) -> None:
    launched(home.store)

    assert home.signed_in(STRANGER).get("/forecast").status_code == 403


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run `learning-cycle forecast` on an installation with a review whose agency is at its report for 13 days."""
    kept = open_store(Settings(home=tmp_path / "home"))
    at_risk(kept, opened=london_day(datetime.now(UTC)) - timedelta(days=13))
    kept.engine.dispose()
    monkeypatch.setenv("LEARNING_CYCLE_HOME", str(tmp_path / "home"))

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(["forecast", *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_the_command_forecasts_one_review_step_by_step(command: Command) -> None:
    [late] = json.loads(command("northamptonshire", "--json")[1])
    code, said, refused = command(late["reference"])

    assert (code, refused) == (0, "")
    assert said.splitlines()[:2] == [late["headline"], late["advice"]]
    assert [line[:4] for line in said.splitlines()[3:]] == [f"  {number}." for number in range(1, 6)]
    assert json.loads(command(late["reference"], "--json")[1]) == late


def test_the_command_lists_the_reviews_of_a_board(command: Command) -> None:
    assert command("croydon") == (
        0,
        "Based on this board’s past reviews, no review is likely to miss an upcoming date.\n",
        "",
    )
    [late] = json.loads(command("northamptonshire", "--json")[1])
    assert command("northamptonshire")[1] == f"{late['reference']}: {late['headline']} {late['advice']}\n"


def test_the_command_refuses_what_is_neither_a_board_nor_a_review(command: Command) -> None:
    code, said, refused = command("nowhere")

    assert (code, said) == (2, "")
    assert refused == "There is no review ‘nowhere’. `learning-cycle list` shows the references there are.\n"
