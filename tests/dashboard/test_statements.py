"""What a form asks that is dealt with: the database is asked for the move, not for a page that nobody sees."""

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
def listened(home: House) -> Iterator[list[str]]:
    """The statements that the database runs meanwhile, those that SQLAlchemy does not see too."""
    run: list[str] = []

    def listen(connection: Any, *_: object) -> None:
        connection.set_trace_callback(run.append)

    event.listen(home.store.engine, "checkout", listen)
    yield run
    event.remove(home.store.engine, "checkout", listen)


def asked_beside(home: House, browser: Browser, address: str, data: dict[str, str]) -> int:
    """How many questions a form asks the database outside of the transaction of its move."""
    with listened(home) as run:
        sent = browser.send_form(address, data)
    assert sent.status_code == 303
    begins = run.index("BEGIN IMMEDIATE")
    beside = run[:begins] + run[run.index("COMMIT", begins) :]
    return len([statement for statement in beside if statement.startswith("SELECT")])


def test_completing_a_stage_asks_two_questions_beside_its_move(home: House) -> None:
    """The other four are the cookie, the person, their roles, and whether this is a demonstration."""
    reference = launched(home.store)
    walked(home.store, reference, SERIOUS_CASE_REVIEW, until="chair-decision")

    found = asked_beside(home, home.signed_in(CHAIR), f"/reviews/{reference}/stages/chair-decision", DECISION)

    assert found == 4 + 2


def test_the_other_forms_of_a_review_ask_one(home: House) -> None:
    """A business manager is also told of what has failed, which is a fifth question of every page."""
    reference = launched(home.store)
    walked(home.store, reference, SERIOUS_CASE_REVIEW, until="agency-report")
    page, browser = f"/reviews/{reference}", home.signed_in(MANAGER)

    found = {
        "meeting arranged": asked_beside(home, browser, f"{page}/meetings/arrange", MEETING),
        "meeting cancelled": asked_beside(home, browser, f"{page}/meetings/1/cancel", {"why": "The chair is ill."}),
        "family invited": asked_beside(home, browser, f"{page}/participation/add", MOTHER),
        "principles answered": asked_beside(
            home, browser, f"{page}/principles/conduct", {"conduct_research": "held-to"}
        ),
        "review held": asked_beside(home, browser, f"{page}/steer/hold", {"reason": "A trial runs."}),
    }

    assert found == dict.fromkeys(found, 5 + 1)


def test_one_of_an_action_asks_how_much_its_owner_may_see(home: House) -> None:
    address, browser = f"/reviews/{planned(home.store, SEVERAL)}/actions/1/evidence", home.signed_in(OWNER)

    assert asked_beside(home, browser, address, EVIDENCE) == 4 + 3
