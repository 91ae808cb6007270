"""The page of an action: its record, its colour with the reason, and what each person may do now."""

import pytest

from casework.record.settings import Settings
from casework.record.store import Store
from models.vocabulary import ActionMove
from tests.casework.actions.acting import ASSURED, EVIDENCE, FAILED, OWNER, SEVERAL, SINGLE, do, planned
from tests.dashboard.house import House, house, problems, title, words
from tests.walking import MANAGER, MONITOR, PANEL, POLICE

PDF = b"%PDF-1.7 the audit"


@pytest.fixture
def home(settings: Settings, store: Store) -> House:
    return house(settings, store)


def page(home: House, *rows: dict[str, object]) -> str:
    """The page of the first action of a new review."""
    return f"/reviews/{planned(home.store, *rows)}/actions/1"


def reference_of(address: str) -> str:
    """The reference in an address."""
    return address.split("/")[2]


def test_the_owner_has_one_task_to_give_the_evidence(home: House) -> None:
    address, owner = page(home, SINGLE), home.signed_in(OWNER)

    said = words(owner.get(address))

    assert (
        "Due 2 March 2020 Green It waits for Olli Owner to give the evidence. It is not due before Monday 2 March"
        in said
    )
    assert "What shows that it has been done?" in said
    assert "What else you can do Record progress Give your agency’s assurance" in said
    assert "Impact to be shown by Quality" in said
    assert "Answers Finding or recommendation 1" in said
    assert "Sign the action off" not in said


def test_evidence_is_given_with_a_file_dated_apart_from_its_upload_and_told_in_the_record(home: House) -> None:
    address, owner = page(home, SEVERAL), home.signed_in(OWNER)
    sent = owner.send_form(f"{address}/evidence", EVIDENCE, files={"file": ("audit.pdf", PDF)})
    shown = owner.get(sent.headers["location"])

    assert sent.status_code == 303
    assert "The evidence is on record. The action is ready for sign-off." in shown.text
    assert (
        "Evidence given by Olli Owner 2 December 2019 , recorded 6 January 2020 at 9:30am The audit of November."
        in (words(shown))
    )
    assert "It waits for the Chair of the Quality and Audit Sub Group to sign it off." in words(shown)
    assert "What shows that it has been done?" not in words(shown)
    saved = shown.text.partition("/documents/")[2].partition('"')[0]
    assert owner.get(f"/reviews/{reference_of(address)}/documents/{saved}").content == PDF
    assert home.signed_in(POLICE).get(f"/reviews/{reference_of(address)}/documents/{saved}").status_code == 404


def test_what_is_missing_is_said_beside_its_field_and_what_was_typed_stays(home: House) -> None:
    address, owner = page(home, SEVERAL), home.signed_in(OWNER)
    missing = owner.send_form(f"{address}/evidence", {"evidenced_on": "2019-12-02"})
    unfit = owner.send_form(f"{address}/evidence", EVIDENCE, files={"file": ("audit.exe", b"MZ")})

    assert (missing.status_code, problems(missing)) == (
        422,
        ["Enter an answer for ‘What shows that it has been done?’"],
    )
    assert problems(unfit) == ["‘audit.exe’ is not a kind of file that is taken. Give a .docx, .pdf or .odt file."]
    assert "The audit of November." in unfit.text


def test_the_monitoring_body_signs_off_once(home: House) -> None:
    address, monitor = page(home, SEVERAL), home.signed_in(MONITOR)
    do(home.store, reference_of(address), ActionMove.EVIDENCE, EVIDENCE)
    asked = words(monitor.get(address))
    signed = monitor.send_form(f"{address}/sign-off", {"signed_off_on": "2020-01-06", "recheck_on": "2021-01-04"})
    again = monitor.send_form(f"{address}/sign-off", {"signed_off_on": "2020-01-06"})

    assert "Sign the action off That closes the action." in asked
    assert "Signed off by Monitoring Chair 6 January 2020 at 9:30am" in words(monitor.get(signed.headers["location"]))
    (said,) = problems(again)
    assert again.status_code == 409
    assert said.endswith("was signed off on Monday 6 January 2020. An action is signed off once, on its evidence.")


def test_what_is_not_theirs_is_neither_offered_nor_done(home: House) -> None:
    address, panel = page(home, SEVERAL), home.signed_in(PANEL)
    said = words(panel.get(address))

    assert ("What you can do" in said, "What shows" in said) == (False, False)
    assert panel.get(f"{address}/evidence").status_code == 403
    assert panel.send_form(f"{address}/evidence", EVIDENCE).status_code == 403
    assert panel.get(f"{address}/no-such-way").status_code == 404
    assert home.signed_in(MANAGER).send_form(f"{address}/assurance", ASSURED).status_code == 403


def test_a_colour_set_by_hand_says_who_and_why_beside_the_computed_one(home: House) -> None:
    address, manager = page(home, SEVERAL), home.signed_in(MANAGER)
    manager.send_form(f"{address}/override", {"colour": "red", "reason": "The trainer has left."})

    said = words(manager.get(address))
    assert "Business Manager set this colour on 6 January 2020: The trainer has left." in said
    assert "The dates alone would make it green: it is not due before Monday 2 March 2020." in said
    assert "What shows that it has been done?" not in said  # it may be given on the owner's behalf, but is not asked
    listed = words(manager.get(f"/reviews/{reference_of(address)}"))
    assert "How it stands Red, set by hand Waits for evidence" in listed


def test_the_business_manager_moves_the_deadline_and_the_old_date_stays_in_sight(home: House) -> None:
    address, manager = page(home, SEVERAL), home.signed_in(MANAGER)
    moved = manager.send_form(f"{address}/deadline", {"due_on": "2020-04-06", "reason": "The trainer has left."})

    said = words(manager.get(moved.headers["location"]))
    assert "At first due on 2 March 2020" in said
    assert "From 2 March 2020 to 6 April 2020. The trainer has left." in said


def test_the_front_page_shows_what_is_under_way_with_its_colour_and_what_a_re_check_reopened(home: House) -> None:
    address, manager = page(home, SINGLE, SEVERAL), home.signed_in(MANAGER)
    reference = reference_of(address)
    do(home.store, reference, ActionMove.EVIDENCE, EVIDENCE)
    do(home.store, reference, ActionMove.EVIDENCE, EVIDENCE, number=2)
    do(home.store, reference, ActionMove.SIGN_OFF, {"signed_off_on": "2019-12-16"}, MONITOR, number=2)
    front = words(manager.get("/")).partition("Actions under way")[2]
    do(home.store, reference, ActionMove.RE_CHECK, FAILED, MONITOR, number=2)
    again = words(manager.get("/actions"))

    assert f"Action 1 of {reference} Olli Owner, Example Police Due 2 March 2020" in front
    assert "Green Evidence given, waits for the agency’s assurance" in front
    assert f"Action 2 of {reference}" not in front
    assert f"Action 2 of {reference}" in again
    assert "1 June 2020" in again


def test_the_list_of_actions_is_that_of_ones_own_for_who_oversees_nothing(home: House) -> None:
    address = page(home, SEVERAL)

    assert f"Action 1 of {reference_of(address)}" in words(home.signed_in(OWNER).get("/actions"))
    assert title(home.signed_in(POLICE).get("/actions")) == "Actions under way"
    assert "No action is under way." in words(home.signed_in(POLICE).get("/actions"))
