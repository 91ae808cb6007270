"""Need to know: what each person sees of a review, and that what is not theirs is not there."""

from datetime import timedelta

import pytest
from sqlmodel import select

from casework.framework.profiles import board as board_profile
from casework.people.directory import person_for
from casework.people.roles import appoint
from casework.record.store import Store
from models.people import Appointment
from models.review import Document, Stage
from models.tables import id_of
from models.vocabulary import Role
from tests.dashboard.house import STRANGER, House, title, words
from tests.walking import (
    CHAIR,
    MANAGER,
    MONITOR,
    NOW,
    PANEL,
    POLICE,
    REVIEWER,
    SERIOUS_CASE_REVIEW,
    SOCIAL_CARE,
    TODAY,
    launched,
    walked,
)

POLICE_REPORT = "agency-report:example-police"
CARE_REPORT = "agency-report:example-children-s-social-care"


@pytest.fixture
def reference(home: House) -> str:
    """A review in which the agencies write their reports."""
    made = launched(home.store)
    walked(home.store, made, SERIOUS_CASE_REVIEW, until=CARE_REPORT)
    return made


def add_document(store: Store, stage_name: str, file_name: str) -> int:
    """A prepared document of a stage; its number."""
    with store.transaction() as session:
        stage = session.exec(select(Stage).where(Stage.name == stage_name)).one()
        made = Document(
            review_id=stage.review_id,
            stage_id=id_of(stage),
            kind="agency-report-request",
            file_name=file_name,
            media_type="text/plain",
            content=b"Please write",
            made_at=NOW - timedelta(days=1),
        )
        session.add(made)
        session.flush()
        return id_of(made)


@pytest.mark.parametrize("person", [MANAGER, CHAIR, PANEL, MONITOR, REVIEWER])
def test_whoever_oversees_or_leads_a_review_sees_all_of_it(home: House, reference: str, person: str) -> None:
    said = words(home.signed_in(person).get(f"/reviews/{reference}"))

    shown = ("A child was seriously harmed.", "All stages", "History", "Inviting the family")
    assert [part in said for part in shown] == [True, True, True, True]


def test_an_author_sees_the_reference_the_type_and_the_own_report_and_nothing_else(home: House, reference: str) -> None:
    said = words(home.signed_in(POLICE).get(f"/reviews/{reference}"))

    assert (reference in said, "Serious case review" in said, "Agency report (Example Police)" in said) == (
        True,
        True,
        True,
    )
    hidden = (
        "A child was seriously harmed.",
        "Social Care",
        "Inviting the family",
        "Chair’s decision",
        "History",
        "All stages",
        "What the framework says",
        "Steer the review",
        "criteria",
        "Lena",
        "Board",
    )
    assert [part for part in hidden if part in said] == []


def test_an_author_opens_the_own_form_and_no_other(home: House, reference: str) -> None:
    browser = home.signed_in(POLICE)
    answers = [browser.get(f"/reviews/{reference}/stages/{name}").status_code for name in (POLICE_REPORT, CARE_REPORT)]

    assert answers == [200, 404]
    assert browser.get(f"/reviews/{reference}/stages/family-invitation").status_code == 404


def test_an_author_cannot_complete_the_report_of_another_agency(home: House, reference: str) -> None:
    sent = home.signed_in(POLICE).send_form(f"/reviews/{reference}/stages/{CARE_REPORT}", {"finished_on": "2014-08-01"})

    assert sent.status_code == 404


def test_documents_are_for_whoever_sees_their_stage(home: House, reference: str) -> None:
    police = add_document(home.store, POLICE_REPORT, "request é.docx")
    care = add_document(home.store, CARE_REPORT, "other request.docx")
    author = home.signed_in(POLICE)
    mine, theirs = (author.get(f"/reviews/{reference}/documents/{number}") for number in (police, care))

    assert (mine.status_code, mine.content, theirs.status_code) == (200, b"Please write", 404)
    assert mine.headers["content-disposition"] == "attachment; filename*=UTF-8''request%20%C3%A9.docx"
    assert home.signed_in(MANAGER).get(f"/reviews/{reference}/documents/{care}").status_code == 200


@pytest.mark.usefixtures("reference")
def test_a_document_is_found_only_under_its_own_review(home: House) -> None:
    number = add_document(home.store, POLICE_REPORT, "request.docx")
    other = launched(home.store)

    assert home.signed_in(MANAGER).get(f"/reviews/{other}/documents/{number}").status_code == 404


def test_what_somebody_may_not_see_answers_as_what_there_is_not(home: House, reference: str) -> None:
    browser = home.signed_in(STRANGER)
    real, none = (browser.get(f"/reviews/{each}") for each in (reference, "LSCBN-SCR-2014-999"))

    assert (real.status_code, none.status_code) == (404, 404)
    assert words(real).replace(reference, "X") == words(none).replace("LSCBN-SCR-2014-999", "X")


@pytest.mark.parametrize(
    "path",
    [
        "stages/family-invitation",
        "stages/family-invitation/extend",
        "steer/hold",
        "actions/1/evidence",
        "documents/1",
        f"stages/{POLICE_REPORT}/add-file",
    ],
)
def test_nothing_below_a_review_is_there_for_a_stranger(home: House, reference: str, path: str) -> None:
    browser = home.signed_in(STRANGER)
    looked, sent = browser.get(f"/reviews/{reference}/{path}"), browser.send_form(f"/reviews/{reference}/{path}")

    assert looked.status_code == 404
    assert sent.status_code == (405 if path.startswith("documents") else 404)


def test_somebody_without_a_role_finds_what_they_owe(home: House, reference: str) -> None:
    page = home.signed_in(SOCIAL_CARE).get("/")

    assert title(page) == "What you owe"
    assert ("Agency report (Example Children's Social Care)" in words(page), "Police" in words(page)) == (True, False)
    assert f'href="/reviews/{reference}/stages/{CARE_REPORT}"' in page.text


@pytest.mark.usefixtures("reference")
def test_the_pages_of_a_business_manager_are_for_business_managers(home: House) -> None:
    paths = (
        "/launch",
        "/refer/northamptonshire",
        "/launch/northamptonshire/thematic-audit",
        "/outbox",
        "/outbox/1",
        "/mailbox",
        "/boards/northamptonshire",
    )
    answers = {
        person: [home.signed_in(person).get(path).status_code for path in paths] for person in (MANAGER, CHAIR, POLICE)
    }

    assert answers == {
        MANAGER: [200, 200, 200, 200, 200, 200, 200],
        CHAIR: [403, 403, 403, 403, 403, 403, 200],
        POLICE: [403, 403, 403, 403, 403, 403, 403],
    }


@pytest.mark.usefixtures("reference")
def test_the_navigation_offers_what_is_theirs(home: House) -> None:
    offered = {
        person: [name for name in ("/launch", "/outbox", "/mailbox", "/boards") if f'href="{name}"' in page]
        for person in (MANAGER, CHAIR, POLICE)
        if (page := home.signed_in(person).get("/").text)
    }

    assert offered == {MANAGER: ["/launch", "/outbox", "/mailbox", "/boards"], CHAIR: ["/boards"], POLICE: []}


def test_a_board_member_of_another_board_sees_nothing_of_this_one(home: House, reference: str) -> None:
    launched(home.store, "practice-learning-review", "barking-and-dagenham")
    with home.store.transaction() as session:
        for held in session.exec(select(Appointment).where(Appointment.board == "northamptonshire")):
            held.until = held.since

    assert home.signed_in(MONITOR).get(f"/reviews/{reference}").status_code == 404


@pytest.mark.parametrize(
    ("board", "role", "own", "other"),
    [
        ("portsmouth", "executive-chair", "serious-case-review", "reflective-practice-review"),
        ("portsmouth", "practice-chair", "reflective-practice-review", "serious-case-review"),
        ("gloucestershire", "child-death-chair", "child-death-review", "serious-case-review"),
        ("gloucestershire", "youth-justice-lead", "extended-learning-review", "serious-case-review"),
    ],
)
def test_whoever_has_a_seat_in_a_type_of_review_sees_those_and_no_others(
    home: House, board: str, role: str, own: str, other: str
) -> None:
    references = [
        launched(home.store, type_, board, child_died="yes" if type_ == "child-death-review" else "no")
        for type_ in (own, other)
    ]
    with home.store.transaction() as session:
        holder = person_for(session, email=f"{role}@board.example", name="Hedy Holder")
        appoint(session, board=board, role=Role(role), person=holder, since=TODAY)
    browser, shown = home.signed_in(f"{role}@board.example"), board_profile(board).reviews
    seats = [Role(role) in shown[type_].seats for type_ in (own, other)]

    seen = [browser.get(f"/reviews/{reference}").status_code == 200 for reference in references]
    listed = [reference in browser.get("/reviews").text for reference in references]

    assert (seen, listed) == (seats, seats)
    assert seen[0]
