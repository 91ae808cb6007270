"""The e-mail of a day: what it says, and what is left out because it no longer holds."""

import re
from datetime import date

import pytest
from sqlalchemy import Table, update
from sqlmodel import select

from casework.letters.frames import Letter
from casework.letters.naming import ADDRESS as EXAMPLES
from casework.letters.naming import example
from casework.letters.writing import render, write_letter
from casework.links.link_state import follow_link
from casework.links.signed_links import LinkTask
from casework.outbox.mail_errors import NothingLeftToSay
from casework.record.settings import Settings
from casework.record.store import Store
from casework.reviews.case import REVIEW, STAGE
from models.record import OutboxMessage
from models.review import Action
from models.tables import table_of
from models.vocabulary import ActionState, LinkState, ReviewState, Rung, StageState, TaskKind, Template
from tests.casework.letters.a_case import ADDRESS, NOW, MarkedCase, add_marked_case, add_occasions, add_person

SETTINGS = Settings(public_url=ADDRESS)
BOARD = "Northamptonshire Local Safeguarding Children Board"
REVIEW_PAGE = f"{ADDRESS}/reviews/SCR-LSCBN-2024-01"
ACTION = table_of(Action)
LINKS = re.compile(rf"{ADDRESS}/answer/([A-Za-z0-9_-]{{44}})")
BEFORE, BETWEEN, AFTER = date(2024, 1, 8), date(2024, 2, 5), date(2024, 7, 1)  # a Monday, each


@pytest.fixture
def case(store: Store) -> MarkedCase:
    with store.transaction() as session:
        return add_marked_case(session)


def written(store: Store, case: MarkedCase, *rungs: Rung, today: date = BETWEEN) -> Letter:
    """The e-mail that speaks of the stage due on Monday 22 January and the action due on Friday 28 June."""
    with store.transaction() as session:
        message = OutboxMessage(
            key="k", template=Template.REMINDERS, person_id=case.person_id, queued_at=NOW, next_try_at=NOW
        )
        add_occasions(session, case, message, *rungs)
        return write_letter(session, message, settings=SETTINGS, today=today)


def test_what_is_overdue_comes_before_what_lies_ahead_each_with_its_date_and_its_page(
    store: Store, case: MarkedCase
) -> None:
    letter = written(store, case, Rung.OWNER)

    assert letter.subject == f"{BOARD}: you have 2 things to do, 1 overdue"
    assert letter.text.index("Overdue") < letter.text.index("Appointment of the independent lead reviewer")
    assert letter.text.index("was due Monday 22 January 2024 (14 days ago)") < letter.text.index("Due soon")
    assert "due Friday 28 June 2024 (in 144 days)" in letter.text
    assert f"{REVIEW_PAGE}/stages/lead-reviewer" in letter.text
    assert f"{ADDRESS}/answer/" in letter.text.partition("Due soon")[2]
    assert letter.text.count(f"{ADDRESS}/\n") == 1


@pytest.mark.parametrize(
    ("own", "overdue", "brought", "said"),
    [
        (2, 0, 0, "you have 2 things to do"),
        (3, 2, 0, "you have 3 things to do, 2 overdue"),
        (2, 2, 0, "you have 2 things to do, all overdue"),
        (1, 1, 3, "you have 1 thing to do, overdue, and others have 3 overdue"),
        (1, 0, 1, "you have 1 thing to do, and others have 1 overdue"),
        (0, 0, 2, "2 things that others owe are overdue"),
    ],
)
def test_the_subject_of_several_says_how_many_are_due_and_how_many_overdue(
    own: int, overdue: int, brought: int, said: str
) -> None:
    counts = {"count": own + brought, "count_overdue": overdue, "count_brought": brought}

    assert render(Template.REMINDERS, example(Template.REMINDERS, **counts)).subject == (
        f"Example Safeguarding Board: {said}"
    )


def test_the_only_thing_of_an_email_stands_in_its_subject_and_is_its_one_action(store: Store, case: MarkedCase) -> None:
    with store.transaction() as session:
        session.execute(update(ACTION).values(state=ActionState.EVIDENCED))

    letter = written(store, case, Rung.OWNER)

    assert letter.subject == (
        "SCR-LSCBN-2024-01: Appointment of the independent lead reviewer was due on Monday 22 January 2024"
    )
    assert f"\n{REVIEW_PAGE}/stages/lead-reviewer\n" in letter.text


def test_what_others_have_not_done_says_who_owes_it_by_title(store: Store, case: MarkedCase) -> None:
    letter = written(store, case, Rung.INDEPENDENT_CHAIR, today=AFTER)

    assert letter.subject == f"{BOARD}: 2 things that others owe are overdue"
    assert "the owner of the action" in letter.text
    assert "LSCB Independent Chair" in letter.text


@pytest.mark.parametrize(
    ("table", "values"),
    [
        (STAGE, {"state": StageState.CLOSED}),
        (STAGE, {"due_on": date(2024, 3, 4)}),
        (STAGE, {"owner_id": 2}),
        (REVIEW, {"state": ReviewState.HELD}),
    ],
)
def test_what_no_longer_holds_is_left_out_and_an_email_with_nothing_left_is_not_written(
    store: Store, case: MarkedCase, table: Table, values: dict[str, object]
) -> None:
    with store.transaction() as session:
        add_person(session, "bob@board.example")
        session.execute(update(ACTION).values(state=ActionState.CLOSED))
        session.execute(update(table).values(values))

    with pytest.raises(NothingLeftToSay):
        written(store, case, Rung.OWNER)


def test_each_thing_that_can_be_answered_by_a_link_carries_one_for_the_person_who_owes_it(
    store: Store, case: MarkedCase
) -> None:
    letter = written(store, case, Rung.OWNER)

    (link,) = LINKS.findall(letter.text)
    with store.reading() as session:
        followed = follow_link(session, link, now=NOW)
        number = session.exec(select(Action.id)).one()
    assert followed
    assert (followed.state, followed.person.id) == (LinkState.OPEN, case.person_id)
    assert followed.link.task == LinkTask(TaskKind.ACTION, number or 0)


def test_the_only_thing_of_an_email_is_answered_by_its_button_and_opened_by_the_link_below(
    store: Store, case: MarkedCase
) -> None:
    with store.transaction() as session:
        session.execute(update(STAGE).values(state=StageState.CLOSED))

    letter = written(store, case, Rung.OWNER)

    (link,) = set(LINKS.findall(letter.text))
    assert letter.text.split("\n\n")[-4:-2] == [
        f"Answer without signing in:\n{ADDRESS}/answer/{link}",
        f"Or sign in and open it:\n{REVIEW_PAGE}/actions/3",
    ]


def several(*links: str) -> Letter:
    """The e-mail of so many things, each with its link."""
    items = [{"title": "Report", "reference": "R-1", "due_on": BEFORE, "today": BEFORE, "link": link} for link in links]
    lists = {"overdue": [], "due_today": items, "brought": [], "ahead": []}
    return render(Template.REMINDERS, example(Template.REMINDERS, **lists, count=len(items), count_brought=0))


def test_where_each_of_several_things_can_be_answered_without_signing_in_the_email_says_so() -> None:
    answer, page = f"{EXAMPLES}/answer/x", f"{EXAMPLES}/reviews/R-1/stages/report"
    said = "You can answer each of them without signing in: use its own link."

    letters = [several(answer, answer), several(answer, page), several(page, page)]

    assert [said in letter.text for letter in letters] == [True, False, False]
    assert ["\nSign in and see all of it:\n" in letter.text for letter in letters] == [True, False, False]


def test_what_others_owe_carries_no_link_to_answer_by(store: Store, case: MarkedCase) -> None:
    assert LINKS.findall(written(store, case, Rung.INDEPENDENT_CHAIR, today=AFTER).text) == []
