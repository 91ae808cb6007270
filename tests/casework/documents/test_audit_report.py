"""The report of an audit, a themed review or a deep dive: drafted from what was gathered, then as it was recorded."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from casework.record.settings import Settings
from casework.record.store import Store
from models.forms.audit import AuditReport, ThemedReviewReport
from models.forms.base import field_title
from models.forms.output import LeadsToChange
from models.forms.theme import DeepDiveReport
from models.review import Document, Review, Stage
from models.vocabulary import Preparation
from tests.casework.documents.reading import headings, sections, table, texts, under
from tests.casework.documents.reviews import TYPED, prepare
from tests.conformance.walk import Walker, launched
from tests.flows.reading import documents_of

AUDIT, THEMED, DIVE, SINGLE = (
    ("northamptonshire", "thematic-audit"),
    ("gloucestershire", "themed-review"),
    ("gloucestershire", "deep-dive"),
    ("northamptonshire", "single-case-audit"),
)
FOR_SEVERAL = ["Recommendations for single agencies", "Recommendations for several agencies together"]


def at_its_report(store: Store, type_: tuple[str, str], **said: dict[str, Any]) -> Walker:
    """A review of this type whose report is owed."""
    board, of = type_
    answers = {"chair-decision": {"reasons_against_recommendation": "Its files tell enough."}} | said
    return launched(store, board, of, start=date(2017, 5, 8), said=answers).until("report")


def made(store: Store, settings: Settings, walker: Walker, *, for_the_record: bool = False) -> Document:
    """The document of its report, prepared as the worker would: the draft, or what is on record."""
    with store.transaction() as session:
        held = session.exec(select(Review).where(Review.reference == walker.reference)).one()
        stage = session.exec(select(Stage.id).where(Stage.review_id == held.id, Stage.name == "report")).one()
        assert stage is not None
        return prepare(session, held, Preparation.AUDIT_REPORT, stage, settings, for_the_record=for_the_record)


def draft(store: Store, settings: Settings, type_: tuple[str, str], **said: dict[str, Any]) -> Document:
    """The draft of the report of a review of this type."""
    return made(store, settings, at_its_report(store, type_, **said))


def on_record(store: Store, settings: Settings, type_: tuple[str, str], **report: Any) -> Document:
    """Its report as recorded with this in it."""
    walker = at_its_report(store, type_)
    walker.complete("report", **report)
    return made(store, settings, walker, for_the_record=True)


def recommendation(scope: str) -> dict[str, str]:
    """A recommendation of this scope."""
    return {
        "wording": f"One change, {scope}.",
        "organisation": "Example Police",
        "responsible": "The head of training",
        "due_on": "2018-03-30",
        "measure": "An audit of twenty files",
        "scope": scope,
    }


@pytest.mark.parametrize("type_", [AUDIT, THEMED, DIVE, SINGLE])
def test_its_report_is_drafted_when_it_is_owed_and_made_again_when_it_is_recorded(
    store: Store, type_: tuple[str, str]
) -> None:
    walker = at_its_report(store, type_)
    walker.complete("report")

    with store.reading() as session:
        held = session.exec(select(Review).where(Review.reference == walker.reference)).one()
        reports = [made for made in documents_of(session, held) if made.document is Preparation.AUDIT_REPORT]
    assert [report.for_the_record for report in reports] == [False, True]


def test_an_audit_s_draft_has_what_was_gathered_and_then_the_five_parts_to_write(
    store: Store, settings: Settings
) -> None:
    drafted = draft(store, settings, AUDIT)

    assert headings(drafted) == [
        "Why it was held",
        "How it was carried out",
        "What each agency found in its files",
        "Who was heard, and what they said",
        "What the audit meeting agreed",
        "Very brief anonymised summaries of the cases",
        "Comments on the audit process",
        "Key learning points",
        "Recommended actions for individual agencies",
        "Proposed multi-agency action",
    ]
    assert under(drafted, "What was to be learnt") == ["Who looks for them?"]
    assert under(drafted, "Sample") == ["Cases: 20.", "At random."]
    assert under(drafted, "Audit tool") == ["The multi-agency tool"]
    assert sections(drafted, "What each agency found in its files") == ["Example Social Care", "Example Police"]
    assert under(drafted, "Example Police") == [
        "Files audited: 10. Finished on 29 May 2017.",
        "Good practice found: Clear notes.",
        "Practice that must improve: Plans.",
    ]
    assert [row[0] for row in table(drafted, 1)] == ["Event", "Focus group", "Meeting with service users"]
    assert under(drafted, "Who was heard, and what they said") == ["Nobody asked us before."]
    assert under(drafted, "What the audit meeting agreed")[-1] == "Plans come late."
    assert [row[0] for row in table(drafted, 2)] == ["No.", "1", "2", "3"]


@pytest.mark.parametrize("type_", [AUDIT, THEMED, DIVE, SINGLE])
def test_a_draft_is_named_a_report_and_asks_for_no_names(
    store: Store, settings: Settings, type_: tuple[str, str]
) -> None:
    walker = at_its_report(store, type_)
    drafted = made(store, settings, walker)

    assert drafted.file_name == f"{walker.reference} report (draft).docx"
    assert [text for text in texts(drafted) if "no names of children, family members or practitioners" in text] != []
    assert [text for text in texts(drafted) if text.startswith("[")] != []


@pytest.mark.parametrize(
    ("type_", "form"),
    [(AUDIT, AuditReport), (SINGLE, AuditReport), (THEMED, ThemedReviewReport), (DIVE, DeepDiveReport)],
)
def test_its_parts_are_those_of_the_form_in_the_order_of_the_form(
    store: Store, settings: Settings, type_: tuple[str, str], form: type[LeadsToChange]
) -> None:
    wanted = [
        field_title(form, name)
        for name in form.model_fields
        if name not in ("report_finished_on", "recommendations", "why_none")
    ]

    parts = headings(draft(store, settings, type_))

    assert parts[parts.index(wanted[0]) :] == wanted + (FOR_SEVERAL if "recommendations" in form.model_fields else [])


def test_a_deep_dive_sets_its_sources_side_by_side(store: Store, settings: Settings) -> None:
    drafted = draft(store, settings, DIVE, evidence={"shows": TYPED, "voice_of_the_child": "Ask us."})

    assert headings(drafted)[2] == "What each source shows"
    assert sections(drafted, "What each source shows") == ["Case files of the hospital", "Views of young people"]
    assert [row[:2] for row in table(drafted, 1)[1:]] == [
        ["Case files of the hospital", "Case file audit"],
        ["Views of young people", "Views of children"],
    ]
    assert under(drafted, "Views of young people") == [
        "Finished on 29 May 2017.",
        "What was looked at: Twelve.",
        f"What it shows: {TYPED}",
        "What children and young people say in it: Ask us.",
    ]


def test_an_audit_that_met_nobody_says_why(store: Store, settings: Settings) -> None:
    nobody: dict[str, Any] = {"events": [], "heard": None, "why_nobody": "The cases are long closed."}

    drafted = draft(store, settings, AUDIT, **{"practitioners-and-families": nobody})

    assert under(drafted, "Who was heard, and what they said") == ["Nobody was met: The cases are long closed."]


def test_a_single_case_audit_begins_with_its_referral_and_hears_nobody(store: Store, settings: Settings) -> None:
    drafted = draft(store, settings, SINGLE)

    assert "What is known today." in under(drafted, "Why it was held")
    assert "Who was heard, and what they said" not in headings(drafted)
    assert under(drafted, "What was to be learnt") == ["Was the plan followed?"]


@pytest.mark.parametrize("type_", [AUDIT, THEMED, DIVE, SINGLE])
def test_on_record_it_is_the_report_that_was_recorded_with_nothing_left_to_fill(
    store: Store, settings: Settings, type_: tuple[str, str]
) -> None:
    recorded = on_record(store, settings, type_)

    assert recorded.file_name.endswith(" report.docx")
    assert table(recorded, 0)[2][0] == "Finished"
    assert [text for text in texts(recorded) if text.startswith("[") or "Draft of" in text] == []


def test_recommendations_stand_by_whose_action_they_ask_for(store: Store, settings: Settings) -> None:
    rows = [recommendation("multi-agency"), recommendation("single-agency")]
    rest = ["Example Police: The head of training", "30 March 2018", "An audit of twenty files"]

    recorded = on_record(store, settings, DIVE, recommendations=rows)

    assert headings(recorded)[-2:] == FOR_SEVERAL
    assert [table(recorded, number)[1:] for number in (2, 3)] == [
        [["1", f"One change, {scope}.", *rest]] for scope in ("single-agency", "multi-agency")
    ]


def test_a_report_of_an_audit_that_recommends_nothing_says_why(store: Store, settings: Settings) -> None:
    recorded = on_record(store, settings, AUDIT, multi_agency_action=[], why_none="All has been put right.")

    assert under(recorded, "Key learning points") == ["Plan early."]
    assert under(recorded, "Proposed multi-agency action") == ["None."]
    assert under(recorded, "Why nothing is recommended") == ["All has been put right."]
