"""A report leads to recommendations or to findings; the board responds to findings, and the plan answers either."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from casework.findings.outputs import outputs_of
from casework.findings.reporting import findings_of_report, record_modifiable_factors
from casework.moves.conversion import convert
from casework.moves.prefilled_forms import known_already
from casework.people.directory import find_person
from casework.record import journal
from casework.record.act import Act
from casework.record.store import Store
from casework.reviews.case import load
from casework.views.review import find_review
from models.errors import InputError, TamperingFound
from models.finding import Finding
from models.forms.audit import AuditReport
from models.forms.practice import ChildDeathPanel
from models.tables import id_of
from models.vocabulary import ActionScope, OutputModel
from tests.leading import ANSWERS, RESPONSE, SYSTEMS_REPORT, approve_plan, at_plan, at_report, at_response
from tests.walking import (
    ACTION,
    CHAIR,
    MANAGER,
    MONITOR,
    NOW,
    PLAN,
    PRACTICE_LEARNING_REVIEW,
    RECOMMENDATION,
    REPORT,
    REVIEWER,
    SUMMARY,
    TODAY,
    Step,
    launched,
    take,
    walked,
)


def register(store: Store, reference: str) -> list[Finding]:
    """What a review leads to, and its journal holds on to it."""
    with store.reading() as session:
        review = find_review(session, reference)
        journal.verify(session, review)
        return list(session.exec(select(Finding).where(Finding.review_id == review.id).order_by("number")))


def refusal(store: Store, reference: str, stage: str, by: str, data: Mapping[str, Any]) -> str:
    """What the step is refused with; nothing has been put on record."""
    before = [row.content() for row in register(store, reference)]
    with pytest.raises(InputError) as refused:
        take(store, reference, Step(stage, by, data))
    assert [row.content() for row in register(store, reference)] == before
    return str(refused.value)


def test_recommendations_are_on_record_one_by_one_with_owner_date_and_measure(either_store: Store) -> None:
    reference = at_report(either_store)

    take(either_store, reference, Step("report", REVIEWER, REPORT))

    (row,) = register(either_store, reference)
    assert (row.number, row.model, row.wording, row.organisation, row.responsible) == (
        1,
        OutputModel.RECOMMENDATIONS,
        "Keep one chronology.",
        "Example Police",
        "Olli Owner",
    )
    assert (row.due_on, row.measure, row.scope) == (date(2015, 3, 1), "An audit", ActionScope.MULTI_AGENCY)


def test_findings_are_on_record_with_their_challenges_and_the_boards_response_to_each(either_store: Store) -> None:
    reference = at_response(either_store)

    take(either_store, reference, Step("board-response", CHAIR, RESPONSE))

    assert [
        (row.number, row.model, row.wording, row.challenge, row.response, row.responded_on)
        for row in register(either_store, reference)
    ] == [
        (
            1,
            OutputModel.FINDINGS,
            "Nobody sees the whole.",
            "Who would tell the board?",
            "It asks each quarter.",
            date(2014, 11, 26),
        ),
        (
            2,
            OutputModel.FINDINGS,
            "Forms ask what happened.",
            "Is the board content with its forms?",
            "It changes them.",
            date(2014, 11, 26),
        ),
    ]


def test_a_review_that_leads_to_findings_makes_no_recommendations(store: Store) -> None:
    reference = at_report(store, output_model="findings")

    assert refusal(store, reference, "report", REVIEWER, REPORT) == (
        "recommendations: are given, but by its terms of reference this review leads to findings. Write each as a "
        "finding with its challenge to the board, or first change what the review leads to, with its methodology."
    )
    assert refusal(store, reference, "report", REVIEWER, REPORT | {"recommendations": [], "why_none": "None."}) == (
        "challenges: is empty. By its terms of reference this review leads to findings: give each finding with its "
        "challenge to the board."
    )


def test_a_review_that_leads_to_recommendations_puts_no_findings_to_the_board(store: Store) -> None:
    reference = at_report(store)

    assert refusal(store, reference, "report", REVIEWER, SYSTEMS_REPORT) == (
        "challenges: are given, but this review leads to recommendations. Write each as a recommendation with its "
        "organisation, date and measure, or first change what the review leads to, with its methodology."
    )


def test_a_report_may_recommend_nothing_if_it_says_why(store: Store) -> None:
    reference, nothing = at_report(store), REPORT | {"recommendations": []}

    assert refusal(store, reference, "report", REVIEWER, nothing) == (
        "why_none: is empty. Nothing is recommended: say why in one sentence, or make a recommendation."
    )
    assert refusal(store, reference, "report", REVIEWER, REPORT | {"why_none": "All is well."}) == (
        "why_none: says why nothing is recommended, but recommendations are given. Leave out one of the two."
    )
    take(store, reference, Step("report", REVIEWER, nothing | {"why_none": "What was missing has been put right."}))
    assert register(store, reference) == []


def test_a_recommendation_is_to_be_met_after_the_report(store: Store) -> None:
    reference = at_report(store)
    late = REPORT | {"recommendations": [RECOMMENDATION, RECOMMENDATION | {"due_on": "2014-11-20"}]}

    assert refusal(store, reference, "report", REVIEWER, late) == (
        "recommendations.2.due_on: ‘2014-11-20’ is not after the day it was recommended, ‘2014-11-20’. Give the "
        "date by which it must be done."
    )


def test_a_recommendation_without_organisation_date_or_measure_is_refused(store: Store) -> None:
    reference = at_report(store)

    said = refusal(store, reference, "report", REVIEWER, REPORT | {"recommendations": [{"wording": "Do better."}]})

    assert [line.partition(":")[0] for line in said.split("\n")] == [
        f"recommendations.1.{part}" for part in ("organisation", "due_on", "measure", "scope")
    ]


def test_the_board_responds_to_every_finding_once(store: Store) -> None:
    reference = at_response(store)

    def refused(*answers: Mapping[str, Any]) -> str:
        return refusal(store, reference, "board-response", CHAIR, RESPONSE | {"responses": list(answers)})

    assert refused(ANSWERS[0]) == (
        "responses: do not answer number 2. The board responds to every finding: give its response to each."
    )
    assert refused(*ANSWERS, ANSWERS[1]) == (
        "responses: gives number 2 more than once. Say everything about each in one place."
    )
    assert refused(*ANSWERS, {"number": 7, "answer": "Yes."}) == (
        "responses: names number 7, but the review has numbers 1, 2. Give one of those."
    )


def test_the_form_of_the_boards_response_has_a_row_for_each_finding(store: Store) -> None:
    reference = at_response(store)

    with store.reading() as session:
        known = known_already(session, find_review(session, reference), "board-response")

    assert known == {"responses": [{"number": 1}, {"number": 2}]}


def test_the_action_plan_begins_with_the_recommendations(store: Store) -> None:
    reference = at_plan(store, RECOMMENDATION)

    with store.reading() as session:
        known = known_already(session, find_review(session, reference), "action-plan")

    assert known == {
        "actions": [
            {
                "action": "Keep one chronology.",
                "organisation": "Example Police",
                "owner_name": "Olli Owner",
                "due_on": date(2015, 3, 1),
                "measure": "An audit",
                "scope": ActionScope.MULTI_AGENCY,
                "answers": 1,
            }
        ]
    }


def test_the_action_plan_answers_every_recommendation_or_says_why_not(either_store: Store) -> None:
    reference = at_plan(either_store, RECOMMENDATION, RECOMMENDATION | {"wording": "Buy every agency a drone."})

    assert refusal(either_store, reference, "action-plan", MANAGER, PLAN) == (
        "actions: leave number 2 of the report unanswered. Plan an action that answers each, or say why no action does."
    )
    assert refusal(either_store, reference, "action-plan", MANAGER, PLAN | {"actions": []}) == (
        "actions: is empty. Plan an action, or say why there is none."
    )
    excuse = {"number": 2, "why": "It would not make a child safer."}
    approve_plan(either_store, reference, PLAN | {"unanswered": [excuse]})

    with either_store.reading() as session:
        found = outputs_of(session, id_of(find_review(session, reference)))
    assert [([action.number for action in each.actions], each.finding.no_action, each.waits) for each in found] == [
        ([1], None, False),
        ([], "It would not make a child safer.", False),
    ]


def test_an_action_answers_something_that_is_there_and_is_not_explained_away(store: Store) -> None:
    reference = at_plan(store, RECOMMENDATION)

    assert refusal(store, reference, "action-plan", MANAGER, PLAN | {"actions": [ACTION | {"answers": 4}]}) == (
        "actions: names number 4, but the review has number 1. Give one of those."
    )
    excuse = {"unanswered": [{"number": 1, "why": "No."}]}
    assert refusal(store, reference, "action-plan", MANAGER, PLAN | excuse) == (
        "unanswered: names number 1, which an action already answers. Leave out one of the two."
    )


def test_a_plan_without_actions_says_why_and_monitoring_can_end(store: Store) -> None:
    reference = at_report(store)
    take(store, reference, Step("report", REVIEWER, REPORT | {"recommendations": [], "why_none": "Good practice."}))
    take(store, reference, Step("learning-summary", REVIEWER, SUMMARY))

    approve_plan(store, reference, PLAN | {"actions": [], "why_none": "Nothing has to change."})

    take(store, reference, Step("monitoring", MONITOR, {"comments": "Nothing was owed."}))


@pytest.mark.parametrize("number", [7, 10**30])
def test_an_action_answers_nothing_where_the_report_leads_to_nothing(store: Store, number: int) -> None:
    reference = at_report(store)
    take(store, reference, Step("report", REVIEWER, REPORT | {"recommendations": [], "why_none": "All was done."}))
    take(store, reference, Step("learning-summary", REVIEWER, SUMMARY))

    refused = refusal(store, reference, "action-plan", MANAGER, PLAN | {"actions": [ACTION | {"answers": number}]})

    assert refused == f"actions: names number {number}, but the review has none on record. Leave out the number."


def test_what_a_review_leads_to_goes_with_it_when_it_goes_on_as_another_type(store: Store) -> None:
    reference = at_plan(store, RECOMMENDATION)
    with store.transaction() as session:
        moved = convert(
            Act(session, find_person(session, MANAGER), NOW, TODAY),
            reference,
            "practice-learning-review",
            reason="Below the threshold after all.",
        )

    assert [row.wording for row in register(store, moved.reference)] == ["Keep one chronology."]


def test_the_walks_of_this_test_suite_end_with_every_recommendation_answered(store: Store) -> None:
    reference = launched(store, "practice-learning-review", "barking-and-dagenham")
    walked(store, reference, PRACTICE_LEARNING_REVIEW)

    with store.reading() as session:
        assert [each.waits for each in outputs_of(session, id_of(find_review(session, reference)))] == [False]


def test_a_recommendation_that_was_changed_behind_the_journal_is_found_out(store: Store) -> None:
    reference = at_plan(store, RECOMMENDATION)
    with store.transaction() as session:
        row = session.exec(select(Finding)).one()
        row.wording = "Keep two chronologies."
        session.add(row)

    with pytest.raises(TamperingFound, match="finding 1 is not as it was recorded"):
        register(store, reference)


def test_the_two_last_parts_of_an_audit_report_are_recommendations_of_the_two_scopes() -> None:
    asked = {name: value for name, value in RECOMMENDATION.items() if name != "scope"}
    report = AuditReport.model_validate(
        {
            "report_finished_on": "2014-11-20",
            "case_summaries": "Two.",
            "audit_process": "Well.",
            "learning_points": "Three.",
            "agency_recommendations": [asked, asked],
            "multi_agency_action": [asked],
        }
    )

    assert [(each["model"], each["scope"]) for each in findings_of_report(report)] == [
        (OutputModel.RECOMMENDATIONS, ActionScope.SINGLE_AGENCY),
        (OutputModel.RECOMMENDATIONS, ActionScope.SINGLE_AGENCY),
        (OutputModel.RECOMMENDATIONS, ActionScope.MULTI_AGENCY),
    ]


@pytest.mark.parametrize(
    ("needed", "rows", "said"),
    [
        ("yes", [], "recommendations: is empty. Something has to change: recommend what, by whom and by when."),
        (
            "no",
            [RECOMMENDATION],
            (
                "recommendations: are given, but the answer to “Does something have to change here?” "
                "is ‘no’. Answer yes there, or leave them out."
            ),
        ),
    ],
)
def test_a_child_death_panel_recommends_if_and_only_if_something_has_to_change(
    store: Store, needed: str, rows: list[dict[str, str]], said: str
) -> None:
    panel = ChildDeathPanel.model_validate(
        {
            "death_reviewed_on": "2014-11-20",
            "expected": False,
            "themes": "Sleep.",
            "trends": "None.",
            "learning": "Ask.",
            "actions_needed": needed,
            "recommendations": rows,
        }
    )

    reference = launched(store)
    with store.transaction() as session:
        case = load(Act(session, None, NOW, TODAY), reference)
        with pytest.raises(InputError) as refused:
            record_modifiable_factors(case, panel)

    assert str(refused.value) == said
