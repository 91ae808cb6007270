"""The templates are edited in Word: each names fields that there are, and can be read by everybody."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from jinja2 import nodes
from pptx import Presentation

from casework.documents.contents import CONTENTS
from casework.documents.preparing import TEMPLATES
from models.forms.audit import AuditReport, ThemedReviewReport
from models.forms.base import Form
from models.forms.decision import Screening
from models.forms.inquiry import AgencyReport, LearningSummary, Report, TermsOfReference
from models.forms.learning import ActionPlan
from models.forms.referral import Criteria
from models.forms.theme import DeepDiveReport
from models.vocabulary import Preparation
from tests.casework.documents.template_fields import (
    COMMON,
    README,
    body,
    documented,
    edges,
    fields,
    is_offered,
    variables,
)

KINDS = tuple(CONTENTS)
SLIDES = TEMPLATES / "learning-slides.pptx"
FILES = sorted(TEMPLATES.glob("*.*x"))
READABLE = (  # what a person who has never programmed can follow: a field, a choice, a repetition
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Const,
    nodes.Tuple,
    nodes.For,
    nodes.If,
    nodes.CondExpr,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Concat,
    nodes.Filter,
    nodes.Template,
)
HARMLESS_FILTERS = {"lower"}
OF_ONE_METHODOLOGY = {  # shown with the stage itself, not in the document
    "learning_together",
    "welsh_form",
    "steps",
    "output_model",
    "costs",
    "accreditation",
    "overview_author",
}
ALL_RECORDED = [
    (Preparation.LEARNING_SUMMARY, "summary", LearningSummary, {"slides_for_workshop"}),  # each message by itself
    (Preparation.REPORT_SKELETON, "report", Report, set()),
    (Preparation.REPORT_SKELETON, "review.agencies.report", AgencyReport, {"finished_on"}),
    (Preparation.AUDIT_REPORT, "report", AuditReport, {"agency_recommendations", "multi_agency_action"}),  # by scope
    (Preparation.AUDIT_REPORT, "report", ThemedReviewReport, {"recommendations"}),
    (Preparation.AUDIT_REPORT, "report", DeepDiveReport, {"recommendations"}),
    (Preparation.ACTION_PLAN, "plan", ActionPlan, {"actions", "unanswered"}),  # as they stand on record
    (Preparation.SCREENING_RECORD, "", Screening, set(Criteria.model_fields)),  # each criterion with its answer
    (
        Preparation.TERMS_OF_REFERENCE,
        "terms",
        TermsOfReference,
        {"agencies"} | OF_ONE_METHODOLOGY,
    ),
]


def template(kind: Preparation) -> Path:
    """The product's template of this kind."""
    return TEMPLATES / f"{kind}.docx"


def all_of(kind: Preparation) -> set[str]:
    """Every field that a template names."""
    return fields(body(template(kind)), *edges(template(kind)))


def paragraphs(kind: Preparation) -> list[Any]:
    """Every paragraph of the body of a template, those in tables too."""
    document = docx.Document(str(template(kind)))
    cells = (cell for table in document.tables for row in table.rows for cell in row.cells)
    return [*document.paragraphs, *(paragraph for cell in cells for paragraph in cell.paragraphs)]


def test_there_is_a_template_for_each_document_and_a_page_that_explains_them() -> None:
    wanted = {f"{kind}.docx" for kind in KINDS} | {SLIDES.name, README.name}

    assert set(Preparation) == {*KINDS, Preparation.LEARNING_SLIDES}
    assert {path.name for path in TEMPLATES.iterdir()} == wanted


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_names_only_fields_that_there_are(kind: Preparation) -> None:
    assert sorted(field for field in all_of(kind) if not is_offered(field, kind)) == []


def test_a_field_that_there_is_not_is_found_out() -> None:
    wrong = (
        "referrence",
        "review.referrence",
        "actions.wordng",
        "review.seats.monitor.titel",
        "plan.plan_agreed_on.day_of",
    )
    right = ("review.reference", "actions.wording", "review.seats.monitor.title", "review.agencies.report.learning")

    assert [field for field in wrong if is_offered(field, Preparation.ACTION_PLAN)] == []
    assert [field for field in right if not is_offered(field, Preparation.ACTION_PLAN)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_shows_all_that_is_gathered_for_it(kind: Preparation) -> None:
    shown = {field.partition(".")[0] for field in all_of(kind)}

    assert set(variables(kind)) - shown == set()


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_says_whose_it_is_and_how_it_stands_to_the_record(kind: Preparation) -> None:
    assert fields(*edges(template(kind))) == {"review.board", "review.reference", "review.standing"}


@pytest.mark.parametrize(("kind", "variable", "form", "elsewhere"), ALL_RECORDED)
def test_what_people_record_stands_in_the_document_of_their_stage(
    kind: Preparation, variable: str, form: type[Form], elsewhere: set[str]
) -> None:
    wanted = {f"{variable}.{name}".lstrip(".") for name in form.model_fields if name not in elsewhere}

    assert wanted - all_of(kind) == set()


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_chooses_and_repeats_and_does_nothing_else(kind: Preparation) -> None:
    trees = [body(template(kind)), *edges(template(kind))]
    found = [node for tree in trees for node in tree.find_all(nodes.Node)]

    assert [node for node in found if not isinstance(node, READABLE)] == []
    assert {node.name for node in found if isinstance(node, nodes.Filter)} <= HARMLESS_FILTERS
    assert [field for field in all_of(kind) if "._" in field or field.startswith("_")] == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_tag_takes_away_holds_nothing_but_the_tag(kind: Preparation) -> None:
    rows = [row for table in docx.Document(str(template(kind))).tables for row in table.rows]
    written = ["".join(text.text or "" for text in row._tr.iter(qn("w:t"))) for row in rows]
    of_paragraphs = [part for part in paragraphs(kind) if "{%p" in part.text]

    assert [text for text in written if "{%tr" in text and not re.fullmatch(r"{%tr [^{}]+ %}", text)] == []
    assert [part.text for part in of_paragraphs if not re.fullmatch(r"{%p [^{}]+ %}", part.text)] == []
    assert {part.style.name for part in paragraphs(kind) if part.text.startswith("{%")} == {"Template Tag"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_screen_reader_finds_title_language_headings_and_the_heads_of_tables(kind: Preparation) -> None:
    document = docx.Document(str(template(kind)))
    styles = [part.style.name or "" for part in document.paragraphs if part.style]
    levels = [int(name.removeprefix("Heading ")) for name in styles if name.startswith("Heading ")]

    assert (document.core_properties.title != "", document.core_properties.language) == (True, "en-GB")
    assert re.findall('<w:lang w:val="([^"]+)"', document.styles.element.xml) == ["en-GB"]
    assert (styles[0], styles.count("Title")) == ("Title", 1)
    assert levels[0] == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []
    for table in document.tables:
        assert re.search('w:tblCaption w:val="[^"]+"', table._tbl.tblPr.xml)
        by_row = 'w:firstRow="1"' in table._tbl.tblPr.xml
        assert by_row or 'w:firstColumn="1"' in table._tbl.tblPr.xml
        assert ("w:tblHeader" in table.rows[0]._tr.xml) == by_row


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_template_tells_nothing_of_who_made_it_or_where(path: Path) -> None:
    with ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    properties = (docx.Document if path.suffix == ".docx" else Presentation)(str(path)).core_properties
    surplus = "thumbnail|printerSettings|vbaProject|comments|people|customXml|docProps/custom|embeddings|media/"
    traces = rb'[A-Z]:\\|/Users/|/home/|/tmp/|file:|TargetMode="External"|w:rsid|<w:(ins|del) |w:author'

    assert [properties.author, properties.last_modified_by, properties.comments] == ["", "", ""]
    assert [name for name in parts if re.search(surplus, name)] == []
    assert [name for name, content in parts.items() if re.search(traces, content)] == []
    assert re.search(rb"<(Company|Manager|HyperlinkBase)>[^<]", parts.get("docProps/app.xml", b"")) is None


def test_the_slides_have_their_three_layouts_a_title_and_a_language() -> None:
    deck = Presentation(str(SLIDES))
    pages = (deck.slide_master, *deck.slide_layouts)
    languages = {language for page in pages for language in page.element.xpath("//@lang")}

    assert [layout.name for layout in deck.slide_layouts] == ["Title Slide", "Title and Content", "Section Header"]
    assert len(deck.slides) == 0
    assert languages == {"en-GB"}
    assert (deck.core_properties.title, deck.core_properties.language) == ("Learning slides", "en-GB")


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_about_the_templates_lists_every_field_that_is_used_or_gathered(kind: Preparation) -> None:
    listed = documented()
    known = listed[COMMON] | listed[f"{kind}.docx"]
    used = all_of(kind) | set(variables(kind)) - {"review"}

    assert sorted(field for field in used if not any(f"{one}.".startswith(f"{field}.") for one in known)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_about_the_templates_lists_only_fields_that_there_are(kind: Preparation) -> None:
    listed = documented()

    assert set(listed) == {COMMON} | {f"{one}.docx" for one in KINDS}
    assert sorted(field for field in listed[COMMON] | listed[f"{kind}.docx"] if not is_offered(field, kind)) == []
