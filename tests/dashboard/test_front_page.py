"""The board of reviews: figures, who owes what, and the filters."""

from datetime import date

import pytest
from sqlmodel import Session

from casework.actions import move_action
from casework.moves import steering
from casework.people.directory import find_person, person_for
from casework.people.roles import appoint
from casework.record.act import Act
from casework.views.overview import Filter, most_overdue
from dashboard.presenters.reviews import Asked, soon
from dashboard.routes.reviews import asked_for
from models.people import Person
from models.vocabulary import ActionMove, ReviewState, Role
from tests.dashboard.house import House, words
from tests.walking import (
    ACTION,
    CHAIR,
    MANAGER,
    NOW,
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

    assert "Open reviews 2 Stages overdue 1 Actions overdue 0 Due within 10 working days 0 Reviews on hold 0" in said


def test_the_most_overdue_comes_first_with_owner_and_clock(busy: House) -> None:
    said = words(busy.signed_in(MANAGER).get("/"))

    assert said.index("LSCBN-SCR-2014-001") < said.index("BDSCB-PLR-2019-001")
    assert "Chair’s decision Independent Chair" in said
    assert "Overdue by 2040 days" in said


@pytest.fixture
def acting(busy: House) -> str:
    """A third review, whose action was due on Sunday 1 March 2015."""
    reference = launched(busy.store)
    walked(busy.store, reference, SERIOUS_CASE_REVIEW, until="monitoring")
    return reference


def test_an_overdue_action_is_counted_and_listed_among_the_stages_by_its_date(busy: House, acting: str) -> None:
    said = words(busy.signed_in(MANAGER).get("/"))

    assert "Stages overdue 1 Actions overdue 1" in said
    assert f"{acting} Serious case review What is open Action 1 Olli Owner Due" in said
    assert said.index("Chair’s decision Independent Chair") < said.index("Action 1 Olli Owner")  # due in June 2014
    assert said.index("Action 1 Olli Owner") < said.index("BDSCB-PLR-2019-001")  # which has no date yet


def test_the_actions_of_other_boards_are_neither_counted_nor_listed(busy: House, acting: str) -> None:
    with busy.store.transaction() as session:
        person = person_for(session, email="ines.inspector@inspectorate.example", name="Ines Inspector")
        appoint(session, board="barking-and-dagenham", role=Role.INSPECTOR, person=person, since=TODAY)

    said = words(busy.signed_in("ines.inspector@inspectorate.example").get("/"))

    assert "Actions overdue 0" in said
    assert acting not in said


def test_what_ends_of_itself_is_late_for_nobody(busy: House, acting: str) -> None:
    said = words(busy.signed_in(MANAGER).get("/"))

    assert acting in said
    assert "Stages overdue 1" in said  # the decision of the first review
    assert "Report readily accessible on the website 1 0" in said


def test_a_held_reviews_action_is_marked_and_a_withdrawn_ones_is_owed_no_more(busy: House, acting: str) -> None:
    with busy.store.transaction() as session:
        steering.hold(Act(session, manager(session), NOW, TODAY), acting, reason="The trial.", until=None)
    held = words(busy.signed_in(MANAGER).get("/?state=held"))
    with busy.store.transaction() as session:
        steering.withdraw(Act(session, manager(session), NOW, TODAY), acting, reason="Twice.")

    assert "Action 1 Olli Owner Due 1 March 2015 Overdue by 1772 days On hold" in held
    assert "Actions overdue 0" in words(busy.signed_in(MANAGER).get("/"))
    assert words(busy.signed_in(ACTION["owner_email"]).get("/")).endswith(
        "You have nothing to do at the moment. We will send you an e-mail when you do."
    )


def manager(session: Session) -> Person:
    """The business manager."""
    return find_person(session, MANAGER)


def test_the_owner_of_an_action_finds_it_with_its_page(busy: House, acting: str) -> None:
    answer = busy.signed_in(ACTION["owner_email"]).get("/")

    assert f"Action 1 Review {acting} Serious case review" in words(answer)
    assert f'href="/reviews/{acting}/actions/1"' in answer.text


def test_page_by_page_everything_owed_is_listed_once_in_one_order(busy: House, acting: str) -> None:
    assert acting
    wanted = Filter(boards=("northamptonshire", "barking-and-dagenham"))
    with busy.store.reading() as session:
        whole = most_overdue(session, wanted)
        pages = [most_overdue(session, wanted, limit=1, offset=number) for number in range(len(whole) + 1)]

    assert [each for page in pages for each in page] == whole
    assert [each.action or each.key for each in whole if each.due_on] == ["chair-decision", 1]


def test_the_next_deadline_of_a_review_is_that_of_an_action_and_never_of_what_ends_of_itself(
    busy: House, acting: str
) -> None:
    browser = busy.signed_in(MANAGER)
    open_action = words(browser.get(f"/reviews/{acting}"))
    with busy.store.transaction() as session:
        given = {"evidenced_on": "2015-02-02", "evidence": "Audit"}
        move_action(Act(session, manager(session), NOW, TODAY), acting, 1, ActionMove.EVIDENCE, given)

    assert (
        "Next deadline 1 March 2015 Overdue by 1772 days Action 1 , owed by Olli Owner The date agreed" in open_action
    )
    assert "Next deadline" not in words(browser.get(f"/reviews/{acting}"))  # the months on the website are left


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
    assert "Open Launched 6 January 2020 6 June 2014 Overdue by 2040 days" in everything.replace("Next deadline ", "")
    assert "6 June 2014" not in reviewers
    assert [reference in reviewers for reference in ("LSCBN-SCR-2014-001", "BDSCB-PLR-2019-001", closed)] == [
        False,
        False,
        True,
    ]
