"""The board of reviews: figures, who owes what, and the filters."""

from datetime import date

import pytest

from casework.overview import Filter
from casework.people import appoint, find_person
from dashboard.presenters.reviews import Asked, soon
from dashboard.routes.reviews import asked_for
from models.vocabulary import ReviewState, Role
from tests.dashboard.house import House, words
from tests.walking import (
    CHAIR,
    MANAGER,
    PRACTICE_LEARNING_REVIEW,
    REVIEWER,
    SERIOUS_CASE_REVIEW,
    TODAY,
    launched,
    walked,
)


@pytest.fixture
def busy(home: House) -> House:
    """Two boards with a review each, one of them overdue."""
    first = launched(home.store)
    walked(home.store, first, SERIOUS_CASE_REVIEW, until="chair-decision")
    launched(home.store, "practice-learning-review", "barking-and-dagenham", notified_on="2019-12-20")
    return home


def test_the_figures_stand_at_the_top(busy: House) -> None:
    said = words(busy.signed_in(MANAGER).get("/"))

    assert "Open reviews 2 Stages overdue 1 Due within 10 working days 0 Reviews on hold 0" in said


def test_the_most_overdue_comes_first_with_owner_and_clock(busy: House) -> None:
    said = words(busy.signed_in(MANAGER).get("/"))

    assert said.index("LSCBN-SCR-2014-001") < said.index("BDSCB-PLR-2019-001")
    assert "Chair’s decision Independent Chair" in said
    assert "Overdue by 2040 days" in said


def test_the_stages_are_counted_for_each_board_and_type(busy: House) -> None:
    said = words(busy.signed_in(MANAGER).get("/"))

    assert "Serious case review Northamptonshire Local Safeguarding Children Board Stage Open Overdue" in said
    assert "Chair’s decision 1 1" in said


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["LSCBN", "BDSCB"]),
        ("?board=northamptonshire", ["LSCBN"]),
        ("?type=practice-learning-review", ["BDSCB"]),
        ("?state=held", []),
        ("?mine=yes", []),
        ("?board=nowhere&type=nothing&state=closed&page=x", ["LSCBN", "BDSCB"]),
        ("?page=2", []),
    ],
)
def test_the_board_is_filtered(busy: House, query: str, shown: list[str]) -> None:
    said = words(busy.signed_in(MANAGER).get(f"/{query}")).partition("Clear")[2] or words(
        busy.signed_in(MANAGER).get(f"/{query}")
    )

    assert [code for code in ("LSCBN", "BDSCB") if f"{code}-" in said] == shown


def test_what_i_owe_is_shown_to_whoever_oversees_too(busy: House) -> None:
    assert "LSCBN-SCR-2014-001" in words(busy.signed_in(CHAIR).get("/?mine=yes"))


def test_a_board_that_somebody_does_not_oversee_cannot_be_asked_for() -> None:
    asked = Asked(board="barking-and-dagenham")

    assert asked.wanted(("northamptonshire",), 1) == Filter(boards=("northamptonshire",))


def test_what_an_address_asks_for_is_read_and_written_again() -> None:
    asked = asked_for({"board": "northamptonshire", "state": "held", "mine": "yes", "page": "2"})

    assert asked == Asked("northamptonshire", "", "held", True, 2)
    assert asked.wanted(("northamptonshire",), 7) == Filter(("northamptonshire",), None, ReviewState.HELD, 7)
    assert asked.address(3) == "/?board=northamptonshire&state=held&mine=yes&page=3"


@pytest.mark.parametrize("page", ["", "0", "-1", "x", "9999999", "²"])
def test_a_page_that_cannot_be_is_the_first(page: str) -> None:
    assert asked_for({"page": page}).page == 1


def test_near_is_ten_working_days_with_their_holidays() -> None:
    assert soon(date(2019, 12, 20)) == date(2020, 1, 8)


def test_an_empty_board_offers_to_launch(home: House) -> None:
    browser = home.signed_in(MANAGER)
    with home.store.transaction() as session:
        manager = find_person(session, MANAGER)
        appoint(session, board="northamptonshire", role=Role.BUSINESS_MANAGER, person=manager, since=TODAY)

    assert "Nothing is open. Launch a review" in words(browser.get("/"))


def test_the_list_of_all_reviews_has_the_closed_ones_too_and_only_what_one_may_see(busy: House) -> None:
    closed = launched(busy.store, "practice-learning-review", "barking-and-dagenham")
    walked(busy.store, closed, PRACTICE_LEARNING_REVIEW)

    everything = words(busy.signed_in(MANAGER).get("/reviews"))
    reviewers = words(busy.signed_in(REVIEWER).get("/reviews"))

    assert [reference in everything for reference in ("LSCBN-SCR-2014-001", "BDSCB-PLR-2019-001", closed)] == [True] * 3
    assert "Closed Launched 6 January 2020, ended 6 January 2020" in everything
    assert [reference in reviewers for reference in ("LSCBN-SCR-2014-001", "BDSCB-PLR-2019-001", closed)] == [
        False,
        False,
        True,
    ]
