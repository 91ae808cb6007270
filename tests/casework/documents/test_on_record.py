"""What a stage recorded becomes a document: the same one as its draft, now from the record."""

from datetime import date
from io import BytesIO

import pytest
from pptx import Presentation
from sqlmodel import col, select

from casework.moves.completing import complete_stage
from casework.moves.launching import launch_file
from casework.people.directory import find_person
from casework.record.act import Act
from casework.record.settings import Settings
from casework.record.store import Store
from models.review import Document
from models.vocabulary import Preparation
from tests.casework.documents.reading import headings, slides, table, texts, under, word
from tests.casework.documents.reviews import (
    NOW,
    PLAN,
    REFERRAL,
    REPORT,
    SCREENING,
    SUMMARY,
    TERMS,
    add_stage,
    document_on_record,
    full_review,
    prepare,
    recorded,
)
from tests.flows.reading import carry_out_all

RECORDED = {
    Preparation.SCREENING_RECORD: ("criteria-screening", SCREENING, "screening record"),
    Preparation.TERMS_OF_REFERENCE: ("terms-of-reference", TERMS, "terms of reference"),
    Preparation.REPORT_SKELETON: ("report", REPORT, "report"),
    Preparation.LEARNING_SUMMARY: ("learning-summary", SUMMARY, "learning summary"),
    Preparation.ACTION_PLAN: ("action-plan", PLAN, "action plan"),
}


def on_record(store: Store, settings: Settings, kind: Preparation) -> Document:
    """The document made when the stage of this kind closes with what the tests record there."""
    stage, outcome, _ = RECORDED[kind]
    return document_on_record(store, settings, kind, stage, outcome)


@pytest.mark.parametrize("kind", RECORDED)
def test_what_is_recorded_is_named_for_what_it_is_and_leaves_nothing_to_fill(
    store: Store, settings: Settings, kind: Preparation
) -> None:
    made, called = on_record(store, settings, kind), RECORDED[kind][2]

    assert made.file_name == f"LSCBN-SCR-2014-001 {called}.docx"
    assert word(made).core_properties.title == f"{called.capitalize()}, LSCBN-SCR-2014-001"
    assert [text for text in texts(made) if text.startswith("[") or "Draft of" in text] == []
    assert word(made).sections[0].footer.paragraphs[0].text.split("\t")[0] == (
        f"{called.capitalize()}, as recorded on 27 June 2014"
    )


def test_completing_a_stage_has_its_document_made_beside_the_draft(store: Store, settings: Settings) -> None:
    manager = {"name": "Jo Manager", "email": "jo@board.example"}
    data = {
        "board": "northamptonshire",
        "type": "serious-case-review",
        "referral": REFERRAL,
        "people": {"business-manager": manager},
    }
    today = date(2014, 7, 1)
    with store.transaction() as session:
        reference = launch_file(Act(session, None, NOW, today), data).reference
        by = find_person(session, "jo@board.example")
        complete_stage(Act(session, by, NOW, today), reference, "criteria-screening", SCREENING)
    carry_out_all(store, settings, NOW)

    with store.reading() as session:
        assert session.exec(select(Document.file_name).order_by(col(Document.id))).all() == [
            f"{reference} screening record (draft).docx",
            f"{reference} screening record.docx",
        ]


def test_a_draft_that_comes_late_stays_beside_what_was_recorded(store: Store, settings: Settings) -> None:
    with store.transaction() as session:
        held = full_review(session)
        closed = add_stage(session, held, "learning-summary", outcome=SUMMARY)
        names = [
            prepare(session, held, Preparation.LEARNING_SUMMARY, closed, settings, for_the_record=recorded).file_name
            for recorded in (True, False)
        ]

    assert names == ["LSCBN-SCR-2014-001 learning summary.docx", "LSCBN-SCR-2014-001 learning summary (draft).docx"]


def test_the_learning_summary_shows_its_eleven_fields_as_recorded(store: Store, settings: Settings) -> None:
    made = on_record(store, settings, Preparation.LEARNING_SUMMARY)

    assert [under(made, heading) for heading in headings(made)] == [
        ["25 November 2014"],
        ["A serious case review, to learn."],
        ["April 2014"],
        ["Referrals were seen one by one."],
        ["The events brought people in."],
        ["Record who is in the house."],
        ["See referrals together.\nReach a manager at night."],
        ["The police train their officers."],
        ["An audit of thirty referrals in a year."],
        ["Begin the events sooner."],
        ["Ask twice.", "Write it down.", "Drafted as a file of their own, from this summary."],
    ]


def test_where_a_field_was_left_empty_the_document_says_so(store: Store, settings: Settings) -> None:
    outcome = {name: words for name, words in SUMMARY.items() if name != "other_comments"}
    made = document_on_record(store, settings, Preparation.LEARNING_SUMMARY, "learning-summary", outcome)

    assert under(made, "10. Other comments, advice and suggestions") == ["Nothing was recorded."]


def test_the_action_plan_has_the_actions_that_were_recorded(store: Store, settings: Settings) -> None:
    made = on_record(store, settings, Preparation.ACTION_PLAN)

    assert table(made, 1)[1:] == [
        [
            "1",
            "",
            "Officers record who is in the house.",
            "Midshire Police",
            "Pat Owner",
            "31 March 2015",
            "An audit of fifty records",
        ],
    ]
    assert under(made, "Agreement") == ["Agreed on 15 December 2014."]


def test_the_terms_of_reference_show_all_that_was_recorded(store: Store, settings: Settings) -> None:
    made = on_record(store, settings, Preparation.TERMS_OF_REFERENCE)

    assert under(made, "3. Period under review") == ["From 1 January 2013 to 28 April 2014."]
    assert under(made, "4. Questions that the review is to answer") == ["Was the child seen?\nWas the child heard?"]
    assert under(made, "5. Methodology") == [
        "Significant Incident Learning Process (SILP). It brings practitioners in."
    ]
    assert under(made, "9. Timetable") == ["Agency reports are due on 29 August 2014."]
    assert under(made, "10. Agreement") == ["Circulated to the panel, which agreed it by e-mail."]
    assert table(made, 1)[1:] == [
        ["Midshire Police", "Avery Constable"],
        ["Midshire Children’s Services", "Sam Social"],
    ]


def test_the_report_is_the_report_that_was_recorded(store: Store, settings: Settings) -> None:
    made = on_record(store, settings, Preparation.REPORT_SKELETON)

    assert table(made, 0)[2] == ["Finished", "20 November 2014"]
    assert under(made, "2. What happened")[-1] == "Three referrals were each closed."
    assert under(made, "The principles of the review") == [
        "It was led from outside and looked at the view at the time."
    ]
    assert under(made, "6. Why it happened") == ["Each referral was looked at by itself."]
    assert under(made, "7. What was found") == [
        "Agencies need to see referrals together.\nPractitioners need to reach a manager out of hours."
    ]


def test_the_screening_record_has_the_criteria_as_they_were_screened(store: Store, settings: Settings) -> None:
    made = on_record(store, settings, Preparation.SCREENING_RECORD)

    assert under(made, "What the criteria say")[0] == (
        "The criteria for a serious case review are not met on what is known. Recommended: Multi-agency case review. "
        "This is never a decision: the LSCB Independent Chair decides."
    )
    assert headings(made)[1] == "The criteria as screened"
    assert [row[1] for row in table(made, 1)] == ["Answer", "Incident", "Yes", "No", "Yes", "No", "No"]
    assert under(made, "What else the panel should know") == ["The police have spoken to the ward."]


@pytest.mark.parametrize(
    ("left_out", "shown"),
    [
        ("", [("Learning point (1 of 2)", ["Ask twice."]), ("Learning point (2 of 2)", ["Write it down."])]),
        (
            "slides_for_workshop",
            [
                ("Learning for all of us (1 of 2)", ["See referrals together."]),
                ("Learning for all of us (2 of 2)", ["Reach a manager at night."]),
                ("Learning for each agency", ["Record who is in the house."]),
            ],
        ),
    ],
)
def test_the_slides_take_up_the_learning_summary(
    store: Store, settings: Settings, left_out: str, shown: list[tuple[str, list[str]]]
) -> None:
    with store.transaction() as session:
        held = full_review(session)
        recorded(session, held, {"learning-summary": {key: said for key, said in SUMMARY.items() if key != left_out}})
        opened = add_stage(session, held, "publication")
        made = prepare(session, held, Preparation.LEARNING_SLIDES, opened, settings)

    assert slides(made)[3:-2] == shown


def test_the_slides_are_marked_for_the_practitioners_who_see_them(store: Store, settings: Settings) -> None:
    made = document_on_record(store, settings, Preparation.LEARNING_SLIDES, "learning-summary", SUMMARY)
    feet = [
        [shape.text_frame.text for shape in slide.placeholders if "Footer" in shape.name]
        for slide in Presentation(BytesIO(made.content)).slides
    ]

    assert set(map(tuple, feet)) == {("For the practitioner workshop: check that nobody can be identified",)}
