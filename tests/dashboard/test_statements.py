"""What a form costs that is dealt with: the database is asked for the move, not for a page that nobody sees."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from tests.casework.actions.acting import EVIDENCE, OWNER, SEVERAL, planned
from tests.casework.meetings.meeting import PANEL_MEETING
from tests.dashboard.house import Browser, House
from tests.walking import CHAIR, DECISION, MANAGER, SERIOUS_CASE_REVIEW, launched, walked

MEETING = {name: value for name, value in PANEL_MEETING.items() if name != "people"} | {"people": CHAIR}
MOTHER = {"who": "parent", "known_as": "the mother", "invited_on": "2020-01-03", "how": "By letter"}


@contextmanager
def counted(home: House) -> Iterator[list[str]]:
    """The statements that the database is asked meanwhile."""
    asked: list[str] = []

    def note(*about: Any) -> None:
        asked.append(about[2])

    event.listen(home.store.engine, "before_cursor_execute", note)
    yield asked
    event.remove(home.store.engine, "before_cursor_execute", note)


def cost(home: House, browser: Browser, address: str, data: dict[str, str]) -> tuple[int, int]:
    """How many statements the database is asked before the transaction of the move begins, and how many in all."""
    with counted(home) as asked:
        sent = browser.send_form(address, data)
    assert sent.status_code == 303
    return asked.index("BEGIN IMMEDIATE"), len(asked)


def test_completing_a_stage_asks_two_questions_before_it_begins(home: House) -> None:
    """The other six are the two sessions, the cookie, the person, their roles, and whether this is a demonstration."""
    reference = launched(home.store)
    walked(home.store, reference, SERIOUS_CASE_REVIEW, until="chair-decision")

    found = cost(home, home.signed_in(CHAIR), f"/reviews/{reference}/stages/chair-decision", DECISION)

    assert found == (8, 19)


def test_no_other_form_of_a_review_asks_for_a_page_that_nobody_sees(home: House) -> None:
    reference = launched(home.store)
    walked(home.store, reference, SERIOUS_CASE_REVIEW, until="agency-report")
    page, browser = f"/reviews/{reference}", home.signed_in(MANAGER)

    found = {
        "meeting arranged": cost(home, browser, f"{page}/meetings/arrange", MEETING),
        "meeting cancelled": cost(home, browser, f"{page}/meetings/1/cancel", {"why": "The chair is ill."}),
        "family invited": cost(home, browser, f"{page}/participation/add", MOTHER),
        "principles answered": cost(home, browser, f"{page}/principles/conduct", {"conduct_research": "held-to"}),
        "review held": cost(home, browser, f"{page}/steer/hold", {"reason": "A trial runs."}),
    }

    assert found == {
        "meeting arranged": (8, 26),
        "meeting cancelled": (8, 20),
        "family invited": (8, 17),
        "principles answered": (8, 18),
        "review held": (8, 19),
    }


def test_nor_does_one_of_an_action(home: House) -> None:
    address, browser = f"/reviews/{planned(home.store, SEVERAL)}/actions/1/evidence", home.signed_in(OWNER)

    assert cost(home, browser, address, EVIDENCE) == (9, 21)
