"""Report and action plan go to the approving body together: approved, approved in part, or sent back with reasons."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import select

from casework.actions import actions_of
from casework.findings.outputs import findings_of
from casework.framework.pipelines import PIPELINES
from casework.framework.pipelines.table import Pipeline
from casework.moves.prefilled_forms import known_already
from casework.record import journal
from casework.record.store import Store
from casework.views.review import find_review
from models.errors import InputError
from models.record import OutboxMessage
from models.review import Stage
from models.vocabulary import StageState, Template
from tests.walking import (
    ACTION,
    APPROVAL,
    CHAIR,
    MANAGER,
    PLAN,
    RECOMMENDATION,
    REPORT,
    REVIEWER,
    SERIOUS_CASE_REVIEW,
    SUMMARY,
    Step,
    launched,
    take,
    walked,
)

BACK = {"approval": "sent-back", "response": "The second action has no measure."}
TWO = PLAN | {"actions": [ACTION, ACTION | {"action": "Train all managers.", "answers": 2}]}
TWO_ASKED = REPORT | {"recommendations": [RECOMMENDATION, RECOMMENDATION | {"wording": "Train managers."}]}


def at_approval(store: Store) -> str:
    """A serious case review of two recommendations whose report and plan wait for the board."""
    reference = launched(store)
    walked(store, reference, SERIOUS_CASE_REVIEW, until="report")
    take(store, reference, Step("report", REVIEWER, TWO_ASKED))
    take(store, reference, Step("learning-summary", REVIEWER, SUMMARY))
    take(store, reference, Step("action-plan", MANAGER, TWO))
    return reference


def decide(store: Store, reference: str, said: Mapping[str, Any]) -> tuple[str, ...]:
    return take(store, reference, Step("board-approval", CHAIR, APPROVAL | dict(said))).opened


def standing(store: Store, reference: str) -> dict[str, StageState]:
    """The stages from the report on, each with its state; the journal holds."""
    with store.reading() as session:
        review = find_review(session, reference)
        journal.verify(session, review)
        found = session.exec(select(Stage).where(Stage.review_id == review.id).order_by("id"))
        late = ("report", "learning-summary", "action-plan", "board-approval", "publication", "monitoring")
        return {stage.name: stage.state for stage in found if stage.name in late}


def numbers(store: Store, reference: str) -> tuple[list[int], list[int]]:
    """The numbers of the review's findings, and of its actions."""
    with store.reading() as session:
        review = find_review(session, reference)
        assert review.id is not None
        return (
            [row.number for row in findings_of(session, review.id)],
            [action.number for action in actions_of(session, review.id)],
        )


def outcome(store: Store, reference: str, name: str) -> dict[str, Any]:
    with store.reading() as session:
        review = find_review(session, reference)
        found = session.exec(select(Stage.outcome).where(Stage.review_id == review.id, Stage.name == name)).one()
        return dict(found or {})


def test_no_action_is_owed_before_it_is_approved(store: Store) -> None:
    reference = at_approval(store)
    before = numbers(store, reference)

    opened = decide(store, reference, {})

    assert (before, numbers(store, reference)) == (([1, 2], []), ([1, 2], [1, 2]))
    assert opened == ("publication", "monitoring")
    with store.reading() as session:
        letters = session.exec(select(OutboxMessage).where(OutboxMessage.template == Template.ACTION_ASSIGNED)).all()
    assert len(letters) == 2


def test_a_plan_that_is_sent_back_opens_again_as_it_was_and_comes_back_with_both_versions(either_store: Store) -> None:
    reference = at_approval(either_store)

    opened = decide(either_store, reference, BACK | {"opens_again": "action-plan"})

    waiting, (_, owed) = standing(either_store, reference), numbers(either_store, reference)
    with either_store.reading() as session:
        filled_in = known_already(session, find_review(session, reference), "action-plan")
        told = journal.entries(session, find_review(session, reference).id or 0)[-1]
    again = take(either_store, reference, Step("action-plan", MANAGER, TWO | {"plan_agreed_on": "2014-11-26"}))
    decide(either_store, reference, {"approved_on": "2014-11-27"})

    assert (opened, owed, again.opened) == (("action-plan",), [], ("board-approval",))
    assert (waiting["report"], waiting["action-plan"], waiting["board-approval"]) == ("closed", "open", "ended")
    assert [row["action"] for row in filled_in["actions"]] == ["Keep one chronology.", "Train all managers."]
    assert (told.verb, told.note) == ("sent back", "The second action has no measure.")
    plan, approval = outcome(either_store, reference, "action-plan"), outcome(either_store, reference, "board-approval")
    assert [(plan["plan_agreed_on"], [one["plan_agreed_on"] for one in plan["earlier"]])] == [
        ("2014-11-26", ["2014-11-24"])
    ]
    assert [(one["approval"], one["approved_on"]) for one in (*approval["earlier"], approval)] == [
        ("sent-back", "2014-11-25"),
        ("approved", "2014-11-27"),
    ]
    assert standing(either_store, reference)["board-approval"] == "closed"
    assert numbers(either_store, reference) == ([1, 2], [1, 2])


def test_a_report_that_is_sent_back_takes_with_it_what_follows_from_it(store: Store) -> None:
    reference = at_approval(store)

    decide(store, reference, BACK | {"opens_again": "report"})
    after = standing(store, reference), numbers(store, reference)
    take(store, reference, Step("report", REVIEWER, REPORT | {"report_finished_on": "2014-11-26"}))
    take(store, reference, Step("learning-summary", REVIEWER, {}))
    take(store, reference, Step("action-plan", MANAGER, PLAN))
    decide(store, reference, {"approved_on": "2014-11-27"})

    assert after == (
        {"report": "open", "learning-summary": "ended", "action-plan": "ended", "board-approval": "ended"},
        ([], []),
    )
    assert numbers(store, reference) == ([1], [1])
    assert [len(one["recommendations"]) for one in outcome(store, reference, "report")["earlier"]] == [2]
    assert standing(store, reference)["monitoring"] == "open"


def test_what_is_not_approved_is_not_owed_and_its_recommendation_says_why(store: Store) -> None:
    reference = at_approval(store)

    decide(store, reference, {"approval": "approved-in-part", "not_approved": [{"number": 2, "why": "Done in 2013."}]})

    assert numbers(store, reference) == ([1, 2], [1])
    with store.reading() as session:
        review = find_review(session, reference)
        assert [row.no_action for row in findings_of(session, review.id or 0)] == [None, "Done in 2013."]
        journal.verify(session, review)


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({"approval": "sent-back"}, "opens_again: is empty. Say which opens again"),
        ({"opens_again": "report"}, "opens_again: ‘report’ opens again only if it is sent back"),
        ({"approval": "approved-in-part"}, "not_approved: is empty. It is approved in part"),
        ({"not_approved": [{"number": 1, "why": "No."}]}, "not_approved: are named, but"),
        (
            {"approval": "approved-in-part", "not_approved": [{"number": 3, "why": "No."}]},
            "not_approved.1.number: ‘3’ is no action of the plan, which has 2",
        ),
    ],
)
def test_half_an_answer_is_refused_with_what_is_missing(store: Store, said: dict[str, Any], refused: str) -> None:
    reference = at_approval(store)

    with pytest.raises(InputError) as caught:
        decide(store, reference, said)

    assert str(caught.value).startswith(refused)


def as_it_stood() -> Pipeline:
    """The table of a serious case review from when its plan came after its approval."""
    now = PIPELINES["serious-case-review"]
    before = {
        "board-approval": ("learning-summary",),
        "publication": ("board-approval", "board-response", "publication-decision", "national-panel"),
        "action-plan": ("board-approval", "board-response"),
        "monitoring": ("action-plan",),
        "dissemination": ("publication", "action-plan"),
    }
    stages = [replace(spec, after=before.get(spec.key, spec.after)) for spec in now.stages if spec.key != "action-plan"]
    plan = replace(now.by_key["action-plan"], after=before["action-plan"])
    place = next(place for place, spec in enumerate(stages) if spec.key == "dissemination")
    return replace(now, stages=(*stages[:place], plan, *stages[place:]))


def test_a_review_whose_report_was_approved_before_its_plan_has_the_plan_approved_too(
    either_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = launched(either_store)
    with monkeypatch.context() as earlier:
        earlier.setitem(PIPELINES, "serious-case-review", as_it_stood())
        walked(either_store, reference, SERIOUS_CASE_REVIEW, until="action-plan")
        opened = decide(either_store, reference, {})

    planned = take(either_store, reference, Step("action-plan", MANAGER, PLAN | {"plan_agreed_on": "2014-12-01"}))
    owed = numbers(either_store, reference)
    decide(either_store, reference, {"approved_on": "2014-12-05"})

    assert (opened, planned.opened, owed) == (("publication", "action-plan"), ("board-approval",), ([1], []))
    assert numbers(either_store, reference) == ([1], [1])
    rest = [step for step in SERIOUS_CASE_REVIEW if step.stage not in ("action-plan", "board-approval")]
    start = [step.stage for step in rest].index("publication")
    walked(either_store, reference, tuple(rest[start:]))
    with either_store.reading() as session:
        review = find_review(session, reference)
        assert (review.state, journal.verify(session, review) > 0) == ("closed", True)
