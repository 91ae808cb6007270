"""Northamptonshire's Serious Case Review, from referral to closure, on SQLite and on PostgreSQL."""

from datetime import date, timedelta

from sqlmodel import select

from casework.moves.publication_period import end_periods
from casework.record import journal
from casework.record.store import Store
from casework.views.review import ReviewView, find_review, review_view
from models.people import Person
from models.record import OutboxMessage
from models.review import Publication, Review
from models.tables import id_of
from models.vocabulary import ReviewState, Template
from tests.flows.reading import documents_of
from tests.walking import CHAIR, MANAGER, NOW, SERIOUS_CASE_REVIEW, TODAY, Step, launched, take, walked

CHILDREN, POLICE = "agency-report:example-children-s-social-care", "agency-report:example-police"


def view(store: Store, reference: str) -> ReviewView:
    with store.reading() as session:
        return review_view(session, reference)


def test_it_goes_through_every_stage_in_the_order_of_its_table(either_store: Store) -> None:
    reference = launched(either_store)

    opened = [moved.opened for moved in walked(either_store, reference, SERIOUS_CASE_REVIEW)]

    assert reference == "LSCBN-SCR-2014-001"
    assert opened == [
        ("panel-recommendation",),
        ("chair-decision",),
        ("lead-reviewer",),
        ("national-panel", "terms-of-reference"),
        (),
        ("family-invitation", CHILDREN, POLICE),
        (),
        ("combined-chronology",),
        (),
        ("practitioner-events",),
        ("report",),
        ("learning-summary",),
        ("action-plan",),
        ("board-approval",),
        ("publication", "monitoring"),
        ("dissemination", "publication-period"),
        (),
        ("impact",),
        ("closure",),
        (),
    ]
    assert view(either_store, reference).review.state is ReviewState.CLOSED


def test_its_deadlines_count_from_what_really_happened(store: Store) -> None:
    reference = launched(store)
    walked(store, reference, SERIOUS_CASE_REVIEW)

    dues = {stage.name: stage.due_on for stage in view(store, reference).stages if stage.due_on}

    assert dues == {
        "criteria-screening": date(2014, 6, 6),
        "panel-recommendation": date(2014, 6, 6),
        "chair-decision": date(2014, 6, 6),  # one month from the notification on 6 May
        "lead-reviewer": date(2014, 6, 16),
        "national-panel": date(2014, 6, 16),  # 14 days from the decision on 2 June
        "terms-of-reference": date(2014, 12, 2),
        "family-invitation": date(2014, 12, 2),
        CHILDREN: date(2014, 9, 1),  # agreed in the terms of reference
        POLICE: date(2014, 9, 1),
        "combined-chronology": date(2014, 12, 2),
        "practitioner-events": date(2014, 10, 1),
        "report": date(2014, 12, 2),  # six months from the decision
        "publication-period": date(2015, 12, 1),  # twelve months from publication on 1 December
    }


def test_an_inspector_can_check_a_deadline_against_its_paragraph(store: Store) -> None:
    reference = launched(store)

    screening = view(store, reference).open_stages[0]

    assert (screening.rule, screening.trigger, screening.trigger_on) == ("1 month", "notified_on", date(2014, 5, 6))
    assert (screening.basis, screening.cites) == ("statutory-guidance", "S001 Serious Case Reviews, paragraph 1")
    assert screening.explanation.startswith(
        "It has no date of its own; it must be done in time for ‘Chair’s decision’. "
        "The decision is normally made within one month of the LSCB being notified of the incident. "
    )


def test_everybody_hears_of_what_is_theirs_once(either_store: Store) -> None:
    reference = launched(either_store)
    walked(either_store, reference, SERIOUS_CASE_REVIEW, until="practitioner-events")

    with either_store.reading() as session:
        told = session.exec(
            select(Person.email).join(OutboxMessage).where(OutboxMessage.template == Template.STAGE_OPENED)
        ).all()

    assert sorted(told) == [
        "alex.author@social-care.example",
        "business-manager@board.example",  # screening
        "business-manager@board.example",  # the National Panel
        "independent-chair@board.example",  # the decision
        "independent-chair@board.example",  # the lead reviewer
        "lena.reviewer@independent.example",  # terms of reference
        "lena.reviewer@independent.example",  # the family
        "lena.reviewer@independent.example",  # the combined chronology
        "lena.reviewer@independent.example",  # practitioner events
        "panel-chair@board.example",
        "pat.author@police.example",
    ]


def test_every_stage_leaves_its_preparation_to_prefect_once(store: Store) -> None:
    reference = launched(store)
    walked(store, reference, SERIOUS_CASE_REVIEW)

    with store.reading() as session:
        review = session.exec(select(Review).where(Review.reference == reference)).one()
        made = sorted(documents_of(session, review), key=lambda one: one.document)

    assert [one.document for one in made if one.for_the_record] == [
        "action-plan",
        "learning-summary",
        "report-skeleton",
        "screening-record",
        "terms-of-reference",
    ]
    assert [one.document for one in made if not one.for_the_record] == [
        "action-plan",
        "agency-report-request",
        "agency-report-request",
        "learning-slides",
        "learning-summary",
        "panel-notification",
        "report-skeleton",
        "screening-record",
        "terms-of-reference",
    ]


def test_no_review_still_tells_the_national_panel_with_a_justification_and_then_closes(store: Store) -> None:
    reference = launched(store)
    walked(store, reference, SERIOUS_CASE_REVIEW, until="chair-decision")
    decision = {
        "decided_on": "2014-06-02",
        "decision": "no-review",
        "reasons": "Not met.",
        "reasons_against_recommendation": "New information.",
    }

    assert take(store, reference, Step("chair-decision", CHAIR, decision)).opened == ("national-panel",)
    told = {"panel_told_on": "2014-06-05", "justification": "The criteria are not met."}
    assert take(store, reference, Step("national-panel", MANAGER, told)).opened == ("closure",)
    closing = {"review_closed_on": "2014-06-06", "for_the_annual_report": "One referral."}
    assert take(store, reference, Step("closure", MANAGER, closing)).state is ReviewState.CLOSED
    assert view(store, reference).ahead == ()


def test_the_report_stays_up_for_twelve_months_and_is_then_available_on_request(either_store: Store) -> None:
    reference = launched(either_store)
    walked(either_store, reference, SERIOUS_CASE_REVIEW)
    last_day = date(2015, 12, 1)

    assert end_periods(either_store, today=last_day, now=NOW) == 0
    assert end_periods(either_store, today=last_day + timedelta(days=1), now=NOW) == 1
    assert end_periods(either_store, today=last_day + timedelta(days=1), now=NOW) == 0

    with either_store.reading() as session:
        published = session.exec(select(Publication)).one()
        message = session.exec(select(OutboxMessage).where(OutboxMessage.template == Template.PUBLICATION_ENDED)).one()
    assert (published.keep_until, published.on_request_since) == (last_day, date(2015, 12, 2))
    assert message.key == "publication-ended:1"
    assert view(either_store, reference).open_stages == ()


def test_the_journal_holds_every_move_and_can_be_verified(either_store: Store) -> None:
    reference = launched(either_store)
    walked(either_store, reference, SERIOUS_CASE_REVIEW)

    with either_store.transaction() as session:
        review = find_review(session, reference)
        assert journal.verify(session, review) == 1 + len(SERIOUS_CASE_REVIEW) + 1  # and the action closed
        assert [entry.stage for entry in journal.entries(session, id_of(review))][1:3] == [
            "criteria-screening",
            "panel-recommendation",
        ]


def test_references_count_up_by_year_and_never_repeat(either_store: Store) -> None:
    assert [launched(either_store) for _ in range(3)] == [
        "LSCBN-SCR-2014-001",
        "LSCBN-SCR-2014-002",
        "LSCBN-SCR-2014-003",
    ]
    assert launched(either_store, notified_on="2019-12-30") == "LSCBN-SCR-2019-001"
    assert TODAY.year == 2020
