"""The report and the action plan show the recommendations, or the findings with their challenges and responses."""

from datetime import date
from typing import Any

from casework.framework.methodologies import method_facts
from casework.record.settings import Settings
from casework.record.store import Store
from models.finding import Finding
from models.forms.inquiry import TermsOfReference
from models.review import Document
from models.tables import id_of
from models.vocabulary import ActionScope, OutputModel, Preparation
from tests.casework.documents.reading import headings, table, texts, under
from tests.casework.documents.reviews import (
    REPORT,
    TERMS,
    TYPED,
    add_stage,
    document_on_record,
    full_review,
    prepare,
    recorded,
    review,
)

RECOMMENDATION: dict[str, Any] = {
    "wording": TYPED,
    "organisation": "Midshire Police",
    "responsible": "The head of training",
    "due_on": date(2015, 6, 30),
    "measure": "An audit of twenty files",
    "scope": ActionScope.SINGLE_AGENCY,
}
CHALLENGE = {"finding": "Nobody sees the whole.", "matters": "In three reviews.", "challenge": "Who would tell us?"}


def report(store: Store, settings: Settings, **more: Any) -> Document:
    """The report as recorded with this too."""
    return document_on_record(store, settings, Preparation.REPORT_SKELETON, "report", REPORT | more)


def plan(store: Store, settings: Settings, *put: Finding) -> Document:
    """The draft of an action plan after a report that led to these."""
    with store.transaction() as session:
        held = full_review(session)
        for row in put:
            row.review_id = id_of(held)
            session.add(row)
        session.flush()
        return prepare(session, held, Preparation.ACTION_PLAN, add_stage(session, held, "action-plan"), settings)


def test_the_report_has_its_recommendations_with_owner_date_and_measure(store: Store, settings: Settings) -> None:
    asked = {name: str(value) for name, value in RECOMMENDATION.items()}

    made = report(store, settings, recommendations=[asked])

    assert headings(made)[-1] == "8. Recommendations"
    assert table(made, 3)[1:] == [
        ["1", TYPED, "Midshire Police: The head of training", "30 June 2015", "An audit of twenty files"]
    ]


def test_the_report_has_its_findings_with_the_challenge_of_each(store: Store, settings: Settings) -> None:
    made = report(store, settings, challenges=[CHALLENGE])

    assert headings(made)[-1] == "8. Findings, and the challenge that each puts to the board"
    assert table(made, 3)[1:] == [["1", "Nobody sees the whole.", "In three reviews.", "Who would tell us?"]]


def test_a_report_that_recommends_nothing_says_why(store: Store, settings: Settings) -> None:
    made = report(store, settings, why_none="What was missing has been put right.")

    assert under(made, "8. Recommendations") == ["Nothing is recommended: What was missing has been put right."]


def test_the_skeleton_asks_for_findings_where_the_terms_say_so(store: Store, settings: Settings) -> None:
    with store.transaction() as session:
        held = review(session)
        recorded(session, held, {"terms-of-reference": TERMS | {"output_model": "findings"}})
        made = prepare(session, held, Preparation.REPORT_SKELETON, add_stage(session, held, "report"), settings)

    assert headings(made)[-2:] == [
        "8. Findings, and the challenge that each puts to the board",
        "9. What the board is asked to do",
    ]
    assert under(made, "9. What the board is asked to do") == ["[To respond to each finding in writing, to publish]"]


def test_the_action_plan_shows_the_recommendations_and_suggests_an_action_for_each(
    store: Store, settings: Settings
) -> None:
    asked = Finding(number=1, model=OutputModel.RECOMMENDATIONS, review_id=0, **RECOMMENDATION)

    made = plan(store, settings, asked)

    assert headings(made)[0] == "Recommendations to answer"
    assert table(made, 1)[1:] == [
        ["1", TYPED, "Midshire Police: The head of training", "30 June 2015", "An audit of twenty files"]
    ]
    assert table(made, 2)[1:3] == [
        ["1", "1", TYPED, "Midshire Police", "The head of training", "30 June 2015", "An audit of twenty files"],
        ["2", "", "", "", "", "", ""],
    ]


def test_the_action_plan_shows_each_finding_with_its_challenge_and_the_boards_response(
    store: Store, settings: Settings
) -> None:
    put = Finding(
        number=1,
        model=OutputModel.FINDINGS,
        review_id=0,
        wording="Nobody sees the whole.",
        challenge="Who would tell us?",
        response="The sub-group, each quarter.",
        no_action="It does so already.",
    )

    made = plan(store, settings, put)

    assert headings(made)[0] == "Findings to answer"
    assert table(made, 1)[1:] == [["1", "Nobody sees the whole.", "Who would tell us?", "The sub-group, each quarter."]]
    assert under(made, "What no action answers") == ["Finding 1: It does so already."]


def test_the_action_plan_of_a_review_that_began_with_a_theme_can_be_drafted(store: Store, settings: Settings) -> None:
    with store.transaction() as session:
        held = review(session, "thematic-audit")
        held.referral = {
            "proposed_on": "2014-05-06",
            "theme": "Children missing from home",
            "source": "board",
            "proposed_by": "The board",
            "rationale": "Numbers rise.",
        }
        session.add(held)
        session.flush()
        made = prepare(session, held, Preparation.ACTION_PLAN, add_stage(session, held, "action-plan"), settings)

    assert "[The findings or recommendations of the report]" in texts(made)


def test_the_learning_summary_begins_with_what_the_report_recommends(store: Store, settings: Settings) -> None:
    asked = RECOMMENDATION | {"wording": "Record who is in the house."}
    with store.transaction() as session:
        held = full_review(session)
        session.add(Finding(number=1, model=OutputModel.RECOMMENDATIONS, review_id=id_of(held), **asked))
        session.flush()
        stage = add_stage(session, held, "learning-summary")
        made = prepare(session, held, Preparation.LEARNING_SUMMARY, stage, settings)

    assert "Midshire Police: Record who is in the house. (by 30 June 2015)" in "\n".join(
        under(made, "8. How changes will be made, and who does what")
    )


SYSTEMS = TERMS | {
    "methodology": "scie-learning-together",
    "learning_together": "full",
    "costs": "Paid.",
    "accreditation": "Seen.",
}
CONVERSATIONS = {
    "last_held_on": "2014-09-01",
    "held": 9,
    "perspectives": TYPED,
    "contributory_factors": "Too many cases.",
}


def test_the_report_draws_on_the_steps_of_its_methodology_and_waits_for_no_other(
    store: Store, settings: Settings
) -> None:
    with store.transaction() as session:
        held = full_review(session, but="terms-of-reference")
        recorded(session, held, {"terms-of-reference": SYSTEMS, "conversations": CONVERSATIONS})
        held.facts = held.facts | method_facts(TermsOfReference.model_validate(SYSTEMS))
        made = prepare(session, held, Preparation.REPORT_SKELETON, add_stage(session, held, "draft-report"), settings)

    assert under(made, "3. What each agency reported") == [
        "The methodology asks the agencies for no reports of their own."
    ]
    assert under(made, "Individual conversations") == [
        f"How did things look to the people involved at the time?: {TYPED}",
        "What in their working conditions explains what they did?: Too many cases.",
    ]
