"""A document is made once, kept encrypted with its stage, and says exactly what people typed."""

from datetime import date
from io import BytesIO

import docx
import pytest
from sqlmodel import select

from casework.documents.preparing import ToMake
from casework.documents.work import do_work, work_of
from casework.moves.launching import launch_file
from casework.record.act import Act
from casework.record.settings import Settings
from casework.record.store import Store
from models.errors import InputError, NotFound
from models.record import Work
from models.review import Document
from models.vocabulary import Preparation, ReviewEvent
from tests.casework.documents.reading import headings, slides, texts, under, word
from tests.casework.documents.reviews import (
    NOW,
    REFERRAL,
    REPORT,
    TYPED,
    add_stage,
    agencies,
    document_for,
    full_review,
    prepare,
    recorded,
    review,
)
from tests.flows.reading import following

IN_WORD = [kind for kind in Preparation if kind is not Preparation.LEARNING_SLIDES]
STAGES = {
    Preparation.SCREENING_RECORD: "criteria-screening",
    Preparation.PANEL_NOTIFICATION: "national-panel",
    Preparation.TERMS_OF_REFERENCE: "terms-of-reference",
    Preparation.AGENCY_REPORT_REQUEST: "agency-report:midshire-police",
    Preparation.REPORT_SKELETON: "report",
    Preparation.AUDIT_REPORT: "report",
    Preparation.LEARNING_SUMMARY: "learning-summary",
    Preparation.LEARNING_SLIDES: "learning-summary",
    Preparation.ACTION_PLAN: "action-plan",
}
TYPES = {Preparation.AUDIT_REPORT: "single-case-audit"}  # elsewhere it is a serious case review


def earliest(store: Store, settings: Settings, kind: Preparation) -> Document:
    """A document made as early as can be: nothing but the referral is recorded."""
    with store.transaction() as session:
        held = review(session, TYPES.get(kind, "serious-case-review"))
        if kind is Preparation.AGENCY_REPORT_REQUEST:
            stage, _ = agencies(session, held, None, None)
        else:
            stage = add_stage(session, held, STAGES[kind])
        return prepare(session, held, kind, stage, settings)


@pytest.mark.parametrize("kind", IN_WORD)
def test_every_template_renders_from_the_referral_alone(store: Store, settings: Settings, kind: Preparation) -> None:
    made = earliest(store, settings, kind)

    assert headings(made) != []
    assert [text for text in texts(made) if "{{" in text or "{%" in text] == []


@pytest.mark.parametrize("kind", IN_WORD)
def test_every_page_says_whose_it_is_and_how_it_is_marked(store: Store, settings: Settings, kind: Preparation) -> None:
    section = word(earliest(store, settings, kind)).sections[0]

    assert [part.text for part in section.header.paragraphs] == [
        "Northamptonshire Local Safeguarding Children Board\tOFFICIAL – SENSITIVE",
        "LSCBN-SCR-2014-001\tRestricted: need to know",
    ]
    assert "PAGE" in section.footer._element.xml


@pytest.mark.parametrize("kind", IN_WORD)
def test_a_screen_reader_finds_language_title_and_repeated_headers(
    store: Store, settings: Settings, kind: Preparation
) -> None:
    document = word(earliest(store, settings, kind))
    lists = [table for table in document.tables if 'firstRow="1"' in table._tbl.tblPr.xml]

    assert document.core_properties.language == "en-GB"
    assert document.core_properties.title == f"{kind.label}, LSCBN-SCR-2014-001"
    assert 'w:lang w:val="en-GB"' in document.styles.element.xml
    assert [table for table in lists if "w:tblHeader" not in table.rows[0]._tr.xml] == []
    assert [table for table in document.tables if "w:tblCaption" not in table._tbl.tblPr.xml] == []


def test_what_was_typed_arrives_as_it_was_typed(store: Store, settings: Settings) -> None:
    made = document_for(store, settings, Preparation.SCREENING_RECORD, "criteria-screening", reasons=TYPED)

    assert under(made, "Reasons given for a review") == [TYPED]


def test_characters_that_no_document_can_hold_are_left_out_and_blank_lines_part_paragraphs(
    store: Store, settings: Settings
) -> None:
    typed = "One\ufffe two\uffff\r\nthree\r\n\r\nfour\nfive"
    made = document_for(store, settings, Preparation.SCREENING_RECORD, "criteria-screening", reasons=typed)

    assert under(made, "Reasons given for a review") == ["One two\nthree", "four\nfive"]


def test_slides_show_what_was_typed_and_split_a_long_finding(store: Store, settings: Settings) -> None:
    sentence = "Agencies need to see all the referrals of a family together before they close any one of them at all. "
    with store.transaction() as session:
        held = review(session)
        recorded(session, held, {"report": REPORT | {"findings": f"{TYPED}\n{sentence * 4}"}})
        made = prepare(
            session, held, Preparation.LEARNING_SLIDES, add_stage(session, held, "learning-summary"), settings
        )

    twice = (sentence * 2).strip()
    assert slides(made)[3:6] == [
        ("Learning for all of us (1 of 3)", [TYPED]),
        ("Learning for all of us (2 of 3)", [twice]),
        ("Learning for all of us (3 of 3)", [twice]),
    ]


def test_a_document_is_named_for_its_review_and_says_when_it_was_made(store: Store, settings: Settings) -> None:
    made = earliest(store, settings, Preparation.SCREENING_RECORD)

    assert (made.file_name, made.made_at) == ("LSCBN-SCR-2014-001 screening record (draft).docx", NOW)


def test_the_work_that_a_launch_queues_is_done_once(store: Store, settings: Settings) -> None:
    manager = {"name": "Jo Manager", "email": "jo@board.example"}
    data = {
        "board": "northamptonshire",
        "type": "serious-case-review",
        "referral": REFERRAL,
        "people": {"business-manager": manager},
    }
    with store.transaction() as session:
        reference = launch_file(Act(session, None, NOW, date(2014, 7, 1)), data).reference
    with store.reading() as session:
        queued = work_of(session, reference)
    wanted = {item.id: following("serious-case-review", item.stage, item.event) for item in queued}
    done = [[do_work(store, item, make, settings=settings, now=NOW) for item, make in wanted.items()] for _ in "ab"]

    assert done == [[True, True], [False, False]]
    with store.reading() as session:
        assert session.exec(select(Document.file_name)).all() == [f"{reference} screening record (draft).docx"]


def test_an_agency_is_named_in_the_name_of_its_file(store: Store, settings: Settings) -> None:
    assert earliest(store, settings, Preparation.AGENCY_REPORT_REQUEST).file_name == (
        "LSCBN-SCR-2014-001 agency report request, Midshire Police (draft).docx"
    )


def test_the_content_is_unreadable_on_the_disk(store: Store, settings: Settings) -> None:
    made = earliest(store, settings, Preparation.SCREENING_RECORD)
    with store.reading() as session:
        kept = session.connection().exec_driver_sql("SELECT content FROM document").scalar_one()

    assert made.content[:2] == b"PK"
    assert kept[:2] != b"PK"


def test_no_document_is_made_of_what_happened_to_no_stage(store: Store, settings: Settings) -> None:
    with store.transaction() as session:
        held = full_review(session)
        session.add(Work(id=7, key="x", review_id=held.id or 0, kind=ReviewEvent.HELD, queued_at=NOW))

    with pytest.raises(NotFound) as refused:
        do_work(store, 7, ToMake(Preparation.ACTION_PLAN), settings=settings, now=NOW)

    assert str(refused.value) == ("Work 7 (held) names no stage. Have no document follow: it belongs to a stage.")


def own_template(settings: Settings, text: str) -> None:
    """A board's own template for the screening record, with this one paragraph."""
    folder = settings.home / "documents"
    folder.mkdir()
    template = docx.Document()
    template.add_paragraph(text)
    written = BytesIO()
    template.save(written)
    (folder / "screening-record.docx").write_bytes(written.getvalue())


def test_a_board_s_own_template_is_used_instead(store: Store, settings: Settings) -> None:
    own_template(settings, "Our own words about {{ review.reference }}")

    assert texts(earliest(store, settings, Preparation.SCREENING_RECORD)) == ["Our own words about LSCBN-SCR-2014-001"]


def test_a_template_cannot_run_code(store: Store, settings: Settings) -> None:
    own_template(settings, "{{ ''.__class__.__mro__[1].__subclasses__() }}")

    with pytest.raises(InputError) as refused:
        earliest(store, settings, Preparation.SCREENING_RECORD)
    assert str(refused.value) == (
        "screening-record.docx: cannot be filled in, because access to attribute '__class__' of 'str' object is "
        "unsafe. Correct what is between its curly brackets in Word, or take the file out of the folder documents/ to "
        "use the product’s own."
    )


def test_a_wrong_name_in_a_template_is_named(store: Store, settings: Settings) -> None:
    own_template(settings, "{{ review.referrence }}")

    with pytest.raises(InputError) as refused:
        earliest(store, settings, Preparation.SCREENING_RECORD)
    assert str(refused.value).startswith("screening-record.docx: cannot be filled in, because ")
    assert "has no attribute 'referrence'" in str(refused.value)
