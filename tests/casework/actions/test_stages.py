"""Monitoring ends when every action is signed off; a re-audit opens again what has not held."""

from types import MappingProxyType
from typing import Any

import pytest

from casework.actions import record_rechecks
from casework.moves.stage_effects import EFFECTS
from casework.people.directory import find_person
from casework.record import journal
from casework.record.act import Act
from casework.record.store import Store
from casework.reviews.case import load, store
from casework.views.review import find_review, history
from models.errors import InputError, LearningCycleError, MoveRefused, NotAllowed
from models.forms.learning import ReAudit
from models.tables import id_of
from models.vocabulary import ActionMove, ActionState
from tests.casework.actions.acting import ASSURED, EVIDENCE, SEVERAL, SINGLE, counts, do, planned, record, standing
from tests.walking import MANAGER, MONITOR, NOW, TODAY, Step, take

DONE = MappingProxyType({"number": 1, "closed_on": "2019-12-16"})


def monitoring(*rows: dict[str, Any], by: str = MONITOR) -> Step:
    """The end of monitoring, with these actions signed off."""
    return Step("monitoring", by, {"actions": list(rows), "comments": "Done."})


def test_monitoring_signs_off_what_has_evidence_and_records_it_for_what_has_none(either_store: Store) -> None:
    reference = planned(either_store, SEVERAL, SEVERAL)
    do(either_store, reference, ActionMove.EVIDENCE, EVIDENCE)
    take(either_store, reference, monitoring(dict(DONE), dict(DONE, number=2, evidence="Seen at the visit.")))

    assert [[each.kind for each in record(either_store, reference, number)] for number in (1, 2)] == [
        [ActionMove.EVIDENCE, ActionMove.SIGN_OFF],
        [ActionMove.EVIDENCE, ActionMove.SIGN_OFF],
    ]
    with either_store.reading() as session:
        review = find_review(session, reference)
        verbs = [(each.verb, each.detail.get("number")) for each in history(session, id_of(review))][-3:]
        assert verbs == [("action signed off", 1), ("action signed off", 2), ("stage completed", None)]
        assert journal.verify(session, review) > 0


@pytest.mark.parametrize(
    ("rows", "by", "error", "said"),
    [
        ([dict(DONE)], MONITOR, InputError, "actions.1.evidence: is empty. No evidence is on record: say what"),
        ([dict(DONE, evidence="Seen.")], MONITOR, MoveRefused, "its owner has not given the agency’s assurance"),
        ([dict(DONE, evidence="Seen.")], MANAGER, NotAllowed, "is for the Chair of the Quality and Audit Sub Group"),
        ([], MONITOR, MoveRefused, "1 is not signed off yet"),
    ],
)
def test_what_monitoring_cannot_sign_off_is_refused_and_changes_nothing(
    either_store: Store, rows: list[dict[str, Any]], by: str, error: type[LearningCycleError], said: str
) -> None:
    reference = planned(either_store, SINGLE)
    before = counts(either_store)

    with pytest.raises(error, match=said):
        take(either_store, reference, monitoring(*rows, by=by))
    assert counts(either_store) == before


def test_the_business_manager_may_end_monitoring_once_everything_is_signed_off(either_store: Store) -> None:
    reference = planned(either_store, SINGLE)
    do(either_store, reference, ActionMove.EVIDENCE, EVIDENCE)
    do(either_store, reference, ActionMove.ASSURANCE, ASSURED)
    do(either_store, reference, ActionMove.SIGN_OFF, {"signed_off_on": "2019-12-16"}, MONITOR)

    assert "monitoring" not in take(either_store, reference, monitoring(by=MANAGER)).opened


def re_audit(**row: Any) -> ReAudit:
    """A re-audit of action 1."""
    found = {"number": 1, "rechecked_on": "2020-01-03", "holds": False, "shows": "Half of the files."} | row
    return ReAudit.model_validate({"re_audited_on": "2020-01-03", "actions": [found], "comments": "Mixed."})


def audited(store_: Store, reference: str, form: ReAudit) -> None:
    """What completing a stage with this form does to the actions."""
    with store_.transaction() as session:
        case = load(Act(session, None, NOW, TODAY), reference)
        case.by = find_person(session, MONITOR)
        record_rechecks(case, form)
        store(case, "stage completed", case.by)


def test_a_re_audit_reopens_what_has_not_held_and_the_journal_holds(either_store: Store) -> None:
    reference = planned(either_store, SEVERAL)
    take(either_store, reference, monitoring(dict(DONE, evidence="Seen.")))
    audited(either_store, reference, re_audit(due_on="2020-06-01"))

    action = standing(either_store, reference)
    assert (action.state, action.due_on.isoformat()) == (ActionState.OPEN, "2020-06-01")
    with either_store.reading() as session:
        review = find_review(session, reference)
        assert [each.verb for each in history(session, id_of(review))][-2:] == ["action reopened", "stage completed"]
        assert journal.verify(session, review) > 0


def test_a_re_audit_that_finds_a_failure_asks_for_the_new_deadline_and_looks_at_what_was_signed_off(
    either_store: Store,
) -> None:
    reference = planned(either_store, SEVERAL)
    with pytest.raises(
        MoveRefused, match="is open, without evidence yet. You can re-check an action once it is signed off."
    ):
        audited(either_store, reference, re_audit(due_on="2020-06-01"))
    take(either_store, reference, monitoring(dict(DONE, evidence="Seen.")))
    before = counts(either_store)

    with pytest.raises(InputError, match="actions.1.due_on: is empty. The improvement has not held"):
        audited(either_store, reference, re_audit())
    assert counts(either_store) == before


def test_the_effect_of_a_re_audit_is_that_of_its_form() -> None:
    assert EFFECTS[ReAudit] is record_rechecks
