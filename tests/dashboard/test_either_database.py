"""The dashboard on SQLite and on PostgreSQL: the same pages, the same moves."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import select

from casework.record.settings import Settings
from casework.record.store import Store
from models.review import Review
from models.vocabulary import TaskKind
from tests.casework.links.asking import EVERY_KIND
from tests.dashboard.house import house, title, words
from tests.dashboard.test_answer_pages import send
from tests.walking import (
    AGENCY_REPORT,
    CHAIR,
    DECISION,
    MANAGER,
    POLICE,
    SERIOUS_CASE_REVIEW,
    launched,
    referral,
    walked,
)

REPORT = "agency-report:example-police"
ANSWERS: dict[TaskKind, tuple[str, dict[str, str]]] = {
    TaskKind.REPORT: ("report", AGENCY_REPORT),
    TaskKind.ACTION: ("evidence", {"evidenced_on": "2020-01-03", "evidence": "The audit shows it."}),
    TaskKind.INVITATION: ("coming", {"coming": "yes"}),
    TaskKind.TERMS: ("terms", {"agreement": "agrees"}),
    TaskKind.CONTRIBUTION: ("questions", {"view": "It looked calm."}),
}


def test_a_review_is_moved_and_looked_at_on_either_database(settings: Settings, either_store: Store) -> None:
    home = house(settings, either_store)
    reference = launched(either_store)
    walked(either_store, reference, SERIOUS_CASE_REVIEW, until="chair-decision")
    chair, manager = home.signed_in(CHAIR), home.signed_in(MANAGER)

    decided = chair.send_form(f"/reviews/{reference}/stages/chair-decision", DECISION)
    held = manager.send_form(f"/reviews/{reference}/steer/hold", {"reason": "A trial."})
    pages = [manager.get(path) for path in ("/", f"/reviews/{reference}", "/outbox", "/outbox/1", "/health")]

    assert (decided.status_code, held.status_code) == (303, 303)
    assert [page.status_code for page in pages] == [200] * 5
    assert (title(pages[1]), "Chair’s decision: completed by Independent Chair" in words(pages[1])) == (
        f"{reference} On hold",
        True,
    )


def test_a_file_is_added_and_saved_on_either_database(settings: Settings, either_store: Store) -> None:
    home = house(settings, either_store)
    reference = launched(either_store)
    walked(either_store, reference, SERIOUS_CASE_REVIEW, until="agency-report:example-children-s-social-care")
    author = home.signed_in(POLICE)
    file = {"file": ("Report.pdf", b"%PDF-1.7 report", "x/y")}

    assert author.send_form(f"/reviews/{reference}/stages/{REPORT}/add-file", files=file).status_code == 303
    assert author.get(f"/reviews/{reference}/documents/1").content == b"%PDF-1.7 report"


@pytest.mark.parametrize("kind", list(EVERY_KIND))
def test_whatever_is_asked_is_answered_by_a_link_on_either_database(
    settings: Settings, either_store: Store, kind: TaskKind
) -> None:
    home = house(settings, either_store)
    asked = EVERY_KIND[kind](either_store)
    way, data = ANSWERS[kind]

    given = send(home, asked, way, data)
    assert (given.status_code, given.headers.get("location", "").startswith(f"/answer/{asked.token}?")) == (303, True)


def test_a_form_that_is_sent_twice_at_once_launches_one_review_on_either_database(
    settings: Settings, either_store: Store
) -> None:
    home = house(settings, either_store)
    launched(either_store)
    browsers = [home.signed_in(MANAGER) for _ in range(3)]
    sent = referral() | {"type": "serious-case-review", "once": "one page of the form"}

    with ThreadPoolExecutor() as pool:
        answers = list(pool.map(lambda each: each.send_form("/refer/northamptonshire/launch", sent), browsers))

    with either_store.reading() as session:
        references = session.exec(select(Review.reference)).all()
    assert [answer.status_code for answer in answers] == [303, 303, 303]
    assert len(set(references)) == 2
    assert len({answer.headers["location"] for answer in answers}) == 1
