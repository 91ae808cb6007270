"""A board's profile as its business manager reads it."""

from datetime import date
from pathlib import Path

import pytest

from casework.framework.set_up import keep_answers
from tests.dashboard.house import House, words
from tests.walking import CHAIR, MANAGER, launched


def test_every_value_stands_with_the_place_that_says_it(home: House) -> None:
    launched(home.store)
    said = words(home.signed_in(MANAGER).get("/boards/northamptonshire"))

    assert "Decides The framework says LSCB Independent Chair Where S001 Serious Case Reviews, paragraph 1" in said
    assert "1 month from the notification" in said
    assert "Chosen by the board; the framework is silent" in said
    assert "Only if the decision is serious case review" in said
    assert "The framework names the SCR committee, but not who recommends a review to the chair." in said


def test_stages_that_a_profile_rules_out_are_not_shown(home: House) -> None:
    launched(home.store)
    launched(home.store, "practice-learning-review", "barking-and-dagenham")
    manager = home.signed_in(MANAGER)
    north, barking = (words(manager.get(f"/boards/{name}")) for name in ("northamptonshire", "barking-and-dagenham"))

    assert ("Agreement of the strategic partners" in north, "Telling the National Panel" in north) == (False, True)
    assert ("Agreement of the strategic partners" in barking, "Telling the National Panel" in barking) == (True, False)
    assert "Opens after Decision Only if the decision is multi-agency case review Deadline" in north


def test_a_step_that_the_framework_does_not_speak_of_is_said_to_be_the_products(home: House) -> None:
    launched(home.store, "practice-learning-review", "barking-and-dagenham")
    manager = home.signed_in(MANAGER)
    board = words(manager.get("/boards/barking-and-dagenham"))
    launched(home.store)
    timetable = words(manager.get("/launch/northamptonshire/practice-learning-review/timetable"))

    said = "The product’s step; this framework does not speak of it."
    assert (said in board, said in timetable) == (True, True)
    assert ("S001" in board.partition("Sources")[0], "S003 " in timetable) == (False, False)


def test_it_says_who_holds_which_role(home: House) -> None:
    launched(home.store)
    said = words(home.signed_in(CHAIR).get("/boards/northamptonshire"))

    assert "LSCBN Business Manager Business manager Held by Business Manager Where" in said
    assert "Independent Lead Reviewer Lead reviewer Held by Named for each review" in said
    assert "LSCB member Board member Held by Nobody yet" in said


def test_no_key_of_the_profile_is_shown_where_there_is_a_title(home: House) -> None:
    launched(home.store)
    said = words(home.signed_in(MANAGER).get("/boards/northamptonshire"))

    keys = ("notified_on", "decided_on", "independent-chair", "serious-case-review", "profile.", "criteria-screening")
    assert [key for key in keys if key in said] == []


def test_whoever_has_one_board_is_led_to_it_and_others_choose(home: House) -> None:
    launched(home.store)
    one = home.signed_in(CHAIR).get("/boards")
    launched(home.store, "practice-learning-review", "barking-and-dagenham")
    two = home.signed_in(CHAIR).get("/boards")

    assert (one.status_code, one.headers["location"]) == (303, "/boards/northamptonshire")
    assert ("Barking" in words(two), "Northamptonshire" in words(two)) == (True, True)


def test_an_unknown_board_is_not_there(home: House) -> None:
    launched(home.store)

    assert home.signed_in(MANAGER).get("/boards/nowhere").status_code == 404


def test_what_is_left_open_stands_with_what_holds_and_with_what_the_board_answered(
    home: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEARNING_CYCLE_HOME", str(tmp_path))
    launched(home.store)
    keep_answers("northamptonshire", [("thematic-audit.publishes", "A summary")], today=date(2014, 5, 6))
    said = words(home.signed_in(MANAGER).get("/boards/northamptonshire"))

    assert (
        "not who recommends a review to the chair. Who does? Until it is answered: Chair of the SCR committee" in said
    )
    assert "What is published? The board’s answer of 6 May 2014: A summary" in said
    assert "Published The framework says A summary Where Chosen by the board; the framework is silent" in said


def test_other_names_what_a_review_is_for_and_how_often_it_is_held_are_shown(home: House) -> None:
    launched(home.store)
    said = words(home.signed_in(MANAGER).get("/boards/northamptonshire"))

    assert "Also called The framework says Multi-agency case file audit Where S001 Multi Agency Audits" in said
    assert "For The framework says a case below the threshold Where S001 Introduction, list of reviews, item 3" in said
    assert "How often The framework says Monthly audit meetings Where S001 Appendix 2, paragraph 1" in said
    assert "Works under The framework says HM Government, Working Together to Safeguard Children, March 2013" in said
