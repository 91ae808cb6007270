"""What somebody hears by e-mail, and what an agency's safeguarding lead sees."""

import pytest

from casework.outbox.opt_outs import opted_out
from casework.people.directory import find_person, person_for
from casework.people.roles import appoint
from casework.record.store import Store
from models.errors import InputError
from models.tables import id_of
from models.vocabulary import Hears, Role
from tests.dashboard.house import FROM_HERE, Browser, House, words
from tests.walking import MANAGER, POLICE, SERIOUS_CASE_REVIEW, TODAY, launched, walked

LEAD = "sandy.lead@police.example"


@pytest.fixture
def busy(home: House) -> House:
    """A review whose agencies write their reports, and the safeguarding lead of one of them."""
    reference = launched(home.store)
    walked(home.store, reference, SERIOUS_CASE_REVIEW, until="agency-report:example-children-s-social-care")
    with home.store.transaction() as session:
        lead = person_for(session, email=LEAD, name="Sandy Lead", organisation="Example Police")
        appoint(session, board="northamptonshire", role=Role.SAFEGUARDING_LEAD, person=lead, since=TODAY)
    return home


def off(store: Store, email: str) -> set[Hears]:
    with store.reading() as session:
        return opted_out(session, id_of(find_person(session, email)))


def chosen(browser: Browser, *hears: Hears) -> str:
    """What the page says after just these were ticked."""
    form = {"csrf_token": browser.token, "hears": [each.value for each in hears]}
    answer = browser.post("/what-i-hear", data=form, headers=FROM_HERE)
    return words(browser.get(answer.headers["location"]))


def test_everything_is_on_until_it_is_switched_off_and_can_be_switched_on_again(busy: House) -> None:
    browser = busy.signed_in(MANAGER)
    assert off(busy.store, MANAGER) == set()

    assert "Your choice is saved." in chosen(browser, Hears.OPENED, Hears.PASSED)
    assert off(busy.store, MANAGER) == {Hears.AHEAD, Hears.ESCALATED, Hears.NEWS, Hears.WEEKLY}

    chosen(browser, *Hears)
    assert off(busy.store, MANAGER) == set()


def test_nobody_is_offered_what_they_are_never_sent(busy: House) -> None:
    manager, author = (words(busy.signed_in(email).get("/what-i-hear")) for email in (MANAGER, POLICE))

    assert ("The week" in manager, "The month" in manager) == (True, False)
    assert ("The week" in author, "What others have not done" in author) == (False, False)


def test_a_safeguarding_lead_sees_what_their_agency_owes_and_who_is_asked(busy: House) -> None:
    browser = busy.signed_in(LEAD)
    said = words(browser.get("/agency"))

    assert "Agency report (Example Police) Review LSCBN-SCR-2014-001" in said
    assert "Pat Author" in said
    assert "Social Care" not in said
    assert browser.get("/reviews/LSCBN-SCR-2014-001").status_code in (403, 404)


def test_a_safeguarding_lead_is_the_lead_of_an_agency(busy: House) -> None:
    with busy.store.transaction() as session:
        stranger = person_for(session, email="sam@elsewhere.example", name="Sam")
        with pytest.raises(InputError, match="A safeguarding lead is somebody’s"):
            appoint(session, board="northamptonshire", role=Role.SAFEGUARDING_LEAD, person=stranger, since=TODAY)


def test_the_page_of_an_agency_is_for_its_lead_alone(busy: House) -> None:
    assert busy.signed_in(MANAGER).get("/agency").status_code == 403
