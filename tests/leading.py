"""Taking a review to what it leads to: to its report, to the board's response, to its action plan."""

from collections.abc import Mapping
from typing import Any

from casework.record.store import Store
from tests.walking import (
    ACTION,
    APPROVAL,
    CHAIR,
    MANAGER,
    PLAN,
    REPORT,
    REVIEWER,
    SERIOUS_CASE_REVIEW,
    SUMMARY,
    TERMS,
    Step,
    launched,
    take,
    walked,
)

FINDINGS = [
    {
        "finding": "Nobody sees the whole.",
        "challenge": "Who would tell the board?",
        "matters": "Seen in three reviews.",
    },
    {"finding": "Forms ask what happened.", "challenge": "Is the board content with its forms?"},
]
SYSTEMS_REPORT = REPORT | {"recommendations": [], "challenges": FINDINGS}
ANSWERS = [{"number": 1, "answer": "It asks each quarter."}, {"number": 2, "answer": "It changes them."}]
RESPONSE = {"responded_on": "2014-11-26", "responses": ANSWERS}


def at_report(store: Store, **terms: Any) -> str:
    """A serious case review whose report is open, under terms of reference that say this too."""
    reference = launched(store)
    walked(store, reference, SERIOUS_CASE_REVIEW, until="terms-of-reference")
    take(store, reference, Step("terms-of-reference", REVIEWER, TERMS | terms))
    behind = [step.stage for step in SERIOUS_CASE_REVIEW].index("terms-of-reference") + 1
    walked(store, reference, SERIOUS_CASE_REVIEW[behind:], until="report")
    return reference


def at_plan(store: Store, *rows: Mapping[str, Any]) -> str:
    """A serious case review whose action plan is open, after a report with these recommendations."""
    reference = at_report(store)
    take(store, reference, Step("report", REVIEWER, REPORT | {"recommendations": list(rows)}))
    take(store, reference, Step("learning-summary", REVIEWER, SUMMARY))
    return reference


def approve_plan(store: Store, reference: str, plan: Mapping[str, Any] = PLAN) -> None:
    """Plan these actions and have them approved: from then on they are owed."""
    take(store, reference, Step("action-plan", MANAGER, plan))
    take(store, reference, Step("board-approval", CHAIR, APPROVAL))


def at_response(store: Store) -> str:
    """A systems review whose findings wait for the board's response."""
    reference = at_report(store, output_model="findings")
    take(store, reference, Step("report", REVIEWER, SYSTEMS_REPORT))
    take(store, reference, Step("learning-summary", REVIEWER, SUMMARY))
    actions = [ACTION, ACTION | {"answers": 2}]
    approve_plan(store, reference, PLAN | {"actions": actions})
    return reference
