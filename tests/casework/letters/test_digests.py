"""The digests: who gets which, once a week or a month, and what they say."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from casework.letters.digests import queue_digests
from casework.letters.frames import Letter
from casework.letters.writing import write_letter
from casework.moves.succession import step_down
from casework.outbox.mail_errors import NothingLeftToSay
from casework.outbox.opt_outs import switch_off
from casework.outbox.queueing import MESSAGE, OUTBOX
from casework.people.directory import PERSON, find_person, person_for
from casework.people.roles import appoint
from casework.record.act import Act
from casework.record.settings import Settings
from casework.record.store import Store
from models.record import OutboxMessage
from models.tables import id_of
from models.vocabulary import Hears, Role, Template
from tests.casework.views.forecast.rows import EARLY, TODAY, at_the_agency_reports, usual_lengths
from tests.walking import CHAIR, MANAGER, SERIOUS_CASE_REVIEW, launched, walked

MONDAY = date(2027, 5, 3)  # the early May bank holiday
TUESDAY = date(2027, 5, 4)  # so the first working day of the week, and of May, is this one
LEAD = "sandy.lead@police.example"
SETTINGS = Settings(public_url="https://board.example")


def morning(day: date) -> datetime:
    """Seven o'clock in London in summer."""
    return datetime(day.year, day.month, day.day, 6, tzinfo=UTC)


def queued(store: Store, day: date) -> list[tuple[str, str]]:
    """What the round of a morning queues."""
    before = set(everything(store))
    count = queue_digests(store, on=day, now=morning(day))
    new = [each for each in everything(store) if each not in before]
    assert len(new) == count
    return [(template, email) for _, template, email in new]


def everything(store: Store) -> list[tuple[int, str, str]]:
    asked = select(MESSAGE.id, MESSAGE.template, PERSON.c.email).join(PERSON, PERSON.c.id == MESSAGE.person_id)
    digests = (Template.DIGEST_WEEKLY, Template.DIGEST_MONTHLY, Template.DIGEST_AGENCY)
    with store.reading() as session:
        found = session.execute(asked.select_from(OUTBOX).where(MESSAGE.template.in_(digests)).order_by(MESSAGE.id))
        return [(number, template, email) for number, template, email in found]


@pytest.fixture
def board_with_lead(either_store: Store) -> Store:
    """Northamptonshire's people, and the safeguarding lead of an agency."""
    reference = launched(either_store)
    walked(either_store, reference, SERIOUS_CASE_REVIEW, until="agency-report:example-children-s-social-care")
    with either_store.transaction() as session:
        lead = person_for(session, email=LEAD, name="Sandy Lead", organisation="Example Police")
        appoint(session, board="northamptonshire", role=Role.SAFEGUARDING_LEAD, person=lead, since=date(2020, 1, 6))
    return either_store


def test_the_manager_hears_each_week_and_chair_and_leads_each_month_on_the_first_working_day(
    board_with_lead: Store,
) -> None:
    days = [MONDAY + timedelta(days=number) for number in range(-2, 30)]

    told = {day: found for day in days if (found := queued(board_with_lead, day))}

    weekly, monthly = (Template.DIGEST_WEEKLY, MANAGER), (Template.DIGEST_MONTHLY, CHAIR)
    assert told == {
        TUESDAY: [weekly, monthly, (Template.DIGEST_AGENCY, LEAD)],
        date(2027, 5, 10): [weekly],
        date(2027, 5, 17): [weekly],
        date(2027, 5, 24): [weekly],
        date(2027, 6, 1): [weekly, monthly, (Template.DIGEST_AGENCY, LEAD)],  # a Tuesday; Monday was a bank holiday
    }


def test_a_missed_week_is_not_sent_after_the_next_and_a_missed_day_is_made_up_for_once(board_with_lead: Store) -> None:
    assert len(queued(board_with_lead, TUESDAY)) == 3
    late = date(2027, 5, 20)  # a Thursday; the round was not made for more than two weeks

    assert (queued(board_with_lead, late), queued(board_with_lead, late)) == ([(Template.DIGEST_WEEKLY, MANAGER)], [])


def test_whoever_has_switched_a_digest_off_gets_none(board_with_lead: Store) -> None:
    with board_with_lead.transaction() as session:
        switch_off(session, id_of(find_person(session, MANAGER)), {Hears.WEEKLY})
        switch_off(session, id_of(find_person(session, LEAD)), {Hears.MONTHLY})

    assert queued(board_with_lead, TUESDAY) == [(Template.DIGEST_MONTHLY, CHAIR)]


def written(store: Store, template: Template) -> Letter:
    """The digest of this kind as it reads on its day."""
    queue_digests(store, on=TUESDAY, now=morning(TUESDAY))
    with store.reading() as session:
        message = session.scalars(select(OutboxMessage).where(MESSAGE.template == template)).one()
        return write_letter(session, message, settings=SETTINGS, today=TUESDAY)


def test_the_week_says_how_many_are_open_and_what_is_overdue_by_title_and_reference(board_with_lead: Store) -> None:
    letter = written(board_with_lead, Template.DIGEST_WEEKLY)

    assert letter.subject == "Northamptonshire Local Safeguarding Children Board this week: 4 stages overdue"
    assert "\nReviews open: 1\n" in letter.text
    assert "Agency report (Example Police)" in letter.text
    assert "was due Monday 1 September 2014" in letter.text
    assert "https://board.example/reviews/LSCBN-SCR-2014-001/stages/agency-report:example-police" in letter.text


def test_the_month_names_its_board_in_the_subject(board_with_lead: Store) -> None:
    letter = written(board_with_lead, Template.DIGEST_MONTHLY)

    assert letter.subject == "Northamptonshire Local Safeguarding Children Board this month: 4 stages overdue"


@pytest.mark.parametrize("template", [Template.DIGEST_WEEKLY, Template.DIGEST_MONTHLY])
def test_a_date_that_will_be_missed_is_told_with_what_to_do_and_where_the_reckoning_stands(
    store: Store, template: Template
) -> None:
    with store.transaction() as session:
        usual_lengths(session)
        reference = at_the_agency_reports(session, EARLY).reference
        for role in (Role.BUSINESS_MANAGER, Role.INDEPENDENT_CHAIR):
            person = person_for(session, email=MANAGER, name="Maya Brook")
            appoint(session, board="northamptonshire", role=role, person=person, since=TODAY)
        message = OutboxMessage(
            key="k",
            template=template,
            person_id=id_of(person),
            board="northamptonshire",
            queued_at=morning(TODAY),
            next_try_at=morning(TODAY),
        )
        letter = write_letter(session, message, settings=SETTINGS, today=TODAY)

    (risk,) = re.findall(rf"\n{reference}\n.*?\n\n", letter.text, re.DOTALL)
    assert risk.strip().splitlines() == [
        reference,
        "‘Report’ will probably be 23 days late: about Friday 26 September 2014, due Wednesday 3 September 2014.",
        "Plan less time for ‘Report’: no other stage can save so much time, up to 50 days.",
        "Counted through 4 stages, from ‘Agency report’ to ‘Report’; the review’s page shows each step.",
        f"https://board.example/reviews/{reference}#forecast",
    ]


def test_an_agency_hears_of_what_it_owes_and_of_nothing_else(board_with_lead: Store) -> None:
    letter = written(board_with_lead, Template.DIGEST_AGENCY)

    assert letter.subject.startswith("What Example Police owes in the reviews of Northamptonshire")
    assert "Agency report (Example Police)" in letter.text
    assert "Social Care" not in letter.text
    assert "Inviting the family" not in letter.text
    assert "https://board.example/agency\n" in letter.text


@pytest.mark.parametrize(
    ("template", "role", "email"),
    [
        (Template.DIGEST_WEEKLY, Role.BUSINESS_MANAGER, MANAGER),
        (Template.DIGEST_MONTHLY, Role.INDEPENDENT_CHAIR, CHAIR),
        (Template.DIGEST_AGENCY, Role.SAFEGUARDING_LEAD, LEAD),
    ],
)
def test_whoever_has_left_the_role_since_hears_nothing_of_the_board(
    board_with_lead: Store, template: Template, role: Role, email: str
) -> None:
    queue_digests(board_with_lead, on=TUESDAY, now=morning(TUESDAY))
    with board_with_lead.transaction() as session:
        person = find_person(session, email)
        step_down(Act(session, None, morning(TUESDAY), TUESDAY), board="northamptonshire", role=role, person=person)

    with pytest.raises(NothingLeftToSay):
        written(board_with_lead, template)
