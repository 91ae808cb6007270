"""From evidence to sign-off, and back when the improvement has not held: on both databases."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from casework.actions import actions_of
from casework.moves import steering
from casework.moves.conversion import convert
from casework.moves.succession import step_down
from casework.people.directory import find_person
from casework.record.act import Act
from casework.record.store import Store
from casework.reminders.listing import reminders
from casework.reminders.rounds import remind
from casework.views.overview import Filter, most_overdue, under_way
from casework.views.review import find_review
from models.errors import InputError, LearningCycleError, MoveRefused, NotAllowed, NotFound
from models.record import OutboxMessage
from models.review import Document, Review
from models.tables import id_of
from models.vocabulary import ActionMove, ActionScope, ActionState, Measure, Rag, ReviewState, Role, Template
from tests.casework.actions.acting import (
    ASSURED,
    DUE,
    EVIDENCE,
    FAILED,
    OWNER,
    SEVERAL,
    SIGNED_OFF,
    SINGLE,
    counts,
    do,
    planned,
    record,
    standing,
)
from tests.walking import (
    CHAIR,
    CLOSURE,
    DISSEMINATION,
    IMPACT,
    MANAGER,
    MONITOR,
    NOW,
    PUBLICATION,
    SOCIAL_CARE,
    TODAY,
    Step,
    take,
)

PDF = b"%PDF-1.7 the audit"


def signed_off(store: Store) -> str:
    """A review whose one action is signed off."""
    reference = planned(store)
    do(store, reference, ActionMove.EVIDENCE, EVIDENCE)
    do(store, reference, ActionMove.ASSURANCE, ASSURED)
    do(store, reference, ActionMove.SIGN_OFF, SIGNED_OFF | {"recheck_on": "2020-12-14"}, MONITOR)
    return reference


def letters(store: Store, template: Template) -> list[str]:
    """To whom letters of a template are queued."""
    with store.reading() as session:
        found = session.exec(select(OutboxMessage).where(OutboxMessage.template == template)).all()
        people = {find_person(session, each).id: each for each in (OWNER, MONITOR, MANAGER)}
        return [people[each.person_id] for each in found]


def test_a_planned_action_keeps_whose_it_is_what_it_answers_and_what_is_to_show_its_impact(either_store: Store) -> None:
    reference = planned(either_store, SINGLE, SEVERAL)
    own, shared = standing(either_store, reference), standing(either_store, reference, 2)

    assert (own.scope, own.impact, own.answers) == (ActionScope.SINGLE_AGENCY, Measure.QUALITY, 1)
    assert (shared.scope, shared.impact, shared.answers) == (ActionScope.MULTI_AGENCY, None, 1)


def test_evidence_ends_the_reminders_and_the_monitoring_body_hears_that_it_waits(either_store: Store) -> None:
    reference = planned(either_store)
    do(either_store, reference, ActionMove.PROGRESS, {"as_of": "2019-11-01", "progress": "Half way."})
    do(either_store, reference, ActionMove.EVIDENCE, EVIDENCE, file=("audit.pdf", PDF))

    action, (_, given) = standing(either_store, reference), record(either_store, reference)
    assert (action.state, action.evidenced_on) == (ActionState.EVIDENCED, date(2019, 12, 2))
    assert (given.on_day, given.at, given.note) == (date(2019, 12, 2), NOW, "The audit of November.")
    with either_store.reading() as session:
        assert session.get_one(Document, given.document_id).content == PDF
    assert letters(either_store, Template.ACTION_EVIDENCED) == [MONITOR]
    done = remind(either_store, on=date(2020, 3, 2), now=NOW)
    with either_store.reading() as session:
        assert [each for each in reminders(session, done.ids) if each.action] == []


def test_an_agencys_own_action_is_signed_off_on_evidence_and_assurance(either_store: Store) -> None:
    reference = planned(either_store)
    refused(
        either_store,
        reference,
        ActionMove.SIGN_OFF,
        SIGNED_OFF,
        MONITOR,
        MoveRefused,
        (f"Action 1 of {reference} is open, without evidence yet. An action is signed off once, on its evidence."),
    )
    do(either_store, reference, ActionMove.EVIDENCE, EVIDENCE)
    refused(
        either_store,
        reference,
        ActionMove.SIGN_OFF,
        SIGNED_OFF,
        MONITOR,
        MoveRefused,
        (
            f"Action 1 of {reference} cannot be signed off yet. It is Example Police’s own action, and its owner has "
            "not given the agency’s assurance. Ask them for it."
        ),
    )
    do(either_store, reference, ActionMove.ASSURANCE, ASSURED)
    closed = do(either_store, reference, ActionMove.SIGN_OFF, SIGNED_OFF, MONITOR)

    assert (closed.state, closed.closed_on) == (ActionState.CLOSED, date(2019, 12, 16))


def test_a_joint_action_is_signed_off_on_its_evidence_alone(either_store: Store) -> None:
    reference = planned(either_store, SEVERAL)
    do(either_store, reference, ActionMove.EVIDENCE, EVIDENCE)

    assert do(either_store, reference, ActionMove.SIGN_OFF, SIGNED_OFF, MONITOR).state is ActionState.CLOSED


def refused(
    store: Store,
    reference: str,
    kind: ActionMove,
    data: Mapping[str, Any],
    by: str,
    error: type[LearningCycleError],
    said: str,
) -> None:
    """The move is refused in these words, and not a row is written."""
    before, stood = counts(store), standing(store, reference).content()
    with pytest.raises(error) as refusal:
        do(store, reference, kind, data, by)
    assert str(refusal.value) == said
    assert (counts(store), standing(store, reference).content()) == (before, stood)


def test_everybody_does_what_is_theirs_and_nothing_else(either_store: Store) -> None:
    reference = planned(either_store)
    refused(
        either_store,
        reference,
        ActionMove.EVIDENCE,
        EVIDENCE,
        SOCIAL_CARE,
        NotAllowed,
        (
            f"Giving evidence for action 1 of {reference} is for its owner or the LSCBN Business Manager, not for "
            f"{SOCIAL_CARE}. Ask one of them."
        ),
    )
    refused(
        either_store,
        reference,
        ActionMove.ASSURANCE,
        ASSURED,
        MANAGER,
        NotAllowed,
        (f"Giving the agency’s assurance of action 1 of {reference} is for its owner, not for {MANAGER}. Ask them."),
    )
    do(either_store, reference, ActionMove.EVIDENCE, EVIDENCE, MANAGER)
    do(either_store, reference, ActionMove.ASSURANCE, ASSURED)
    refused(
        either_store,
        reference,
        ActionMove.SIGN_OFF,
        SIGNED_OFF,
        MANAGER,
        NotAllowed,
        (
            f"Signing off action 1 of {reference} is for the Chair of the Quality and Audit Sub Group, not for "
            f"{MANAGER}. Ask them."
        ),
    )


def test_the_business_manager_signs_off_only_while_nobody_holds_the_monitoring_role(either_store: Store) -> None:
    reference = planned(either_store, SEVERAL)
    do(either_store, reference, ActionMove.EVIDENCE, EVIDENCE)
    with either_store.transaction() as session:
        monitor = find_person(session, MONITOR)
        step_down(Act(session, None, NOW, TODAY), board="northamptonshire", role=Role.MONITORING_CHAIR, person=monitor)

    assert do(either_store, reference, ActionMove.SIGN_OFF, SIGNED_OFF, MANAGER).state is ActionState.CLOSED


def test_days_that_cannot_be_are_refused_by_the_field_and_change_nothing(either_store: Store) -> None:
    reference = planned(either_store, SEVERAL)
    ahead = EVIDENCE | {"evidenced_on": "2020-01-07"}
    refused(
        either_store,
        reference,
        ActionMove.EVIDENCE,
        ahead,
        OWNER,
        InputError,
        ("evidenced_on: ‘2020-01-07’ is in the future. Give the day it happened, or record it once it has happened."),
    )
    refused(
        either_store,
        reference,
        ActionMove.DEADLINE,
        {"due_on": DUE, "reason": "Late."},
        MANAGER,
        InputError,
        ("due_on: ‘2020-03-02’ is the deadline already. Give another date, from today, 2020-01-06, onwards."),
    )
    do(either_store, reference, ActionMove.EVIDENCE, EVIDENCE)
    early = {"signed_off_on": "2019-12-01"}
    refused(
        either_store,
        reference,
        ActionMove.SIGN_OFF,
        early,
        MONITOR,
        InputError,
        ("signed_off_on: ‘2019-12-01’ is before the date of the evidence, 2019-12-02. Give the day it happened."),
    )
    do(either_store, reference, ActionMove.SIGN_OFF, SIGNED_OFF, MONITOR)
    refused(
        either_store,
        reference,
        ActionMove.RE_CHECK,
        FAILED | {"due_on": None},
        MONITOR,
        InputError,
        ("due_on: is empty. The improvement has not held: give the action a new deadline."),
    )
    refused(
        either_store,
        reference,
        ActionMove.RE_CHECK,
        FAILED | {"due_on": "2020-01-03"},
        MONITOR,
        InputError,
        ("due_on: ‘2020-01-03’ is not after the re-check, 2020-01-03. Give a later date."),
    )


def test_a_file_that_is_not_taken_leaves_nothing_behind(either_store: Store) -> None:
    reference = planned(either_store)
    before = counts(either_store)

    with pytest.raises(InputError, match="file: ‘audit.exe’ is not a kind of file that is taken"):
        do(either_store, reference, ActionMove.EVIDENCE, EVIDENCE, file=("audit.exe", b"MZ"))
    assert counts(either_store) == before


def test_a_moved_deadline_keeps_the_first_and_moves_the_reminders(either_store: Store) -> None:
    reference = planned(either_store)
    for to in ("2020-04-06", "2020-05-04"):
        do(either_store, reference, ActionMove.DEADLINE, {"due_on": to, "reason": "The trainer left."}, MANAGER)

    action, entries = standing(either_store, reference), record(either_store, reference)
    assert (action.due_on, action.original_due_on) == (date(2020, 5, 4), date(2020, 3, 2))
    assert [(each.moved_from, each.due_on) for each in entries] == [
        (date(2020, 3, 2), date(2020, 4, 6)),
        (date(2020, 4, 6), date(2020, 5, 4)),
    ]
    assert letters(either_store, Template.ACTION_MOVED) == [OWNER, OWNER]
    assert [rung(either_store, day) for day in (date(2020, 3, 2), date(2020, 5, 4))] == [
        [],
        [OWNER],
    ]


def rung(store: Store, on: date) -> list[str]:
    """Whom the round for owners tells of actions on a day."""
    done = remind(store, on=on, now=NOW)
    with store.reading() as session:
        return [each.to for each in reminders(session, done.ids) if each.action is not None]


def test_a_colour_is_set_by_hand_lifted_and_ends_with_the_sign_off(either_store: Store) -> None:
    reference = planned(either_store, SEVERAL)
    do(either_store, reference, ActionMove.OVERRIDE, {"colour": "red", "reason": "No trainer."}, MONITOR)
    assert standing(either_store, reference).override is Rag.RED
    do(either_store, reference, ActionMove.LIFT_OVERRIDE, {"reason": "There is one."}, MANAGER)
    assert standing(either_store, reference).override is None
    refused(
        either_store,
        reference,
        ActionMove.LIFT_OVERRIDE,
        {"reason": "Again."},
        MANAGER,
        MoveRefused,
        f"The colour of action 1 of {reference} is computed already: nobody has set it by hand.",
    )
    do(either_store, reference, ActionMove.OVERRIDE, {"colour": "amber", "reason": "Late."}, MANAGER)
    do(either_store, reference, ActionMove.EVIDENCE, EVIDENCE)
    assert standing(either_store, reference).override is Rag.AMBER
    do(either_store, reference, ActionMove.SIGN_OFF, SIGNED_OFF, MONITOR)
    assert standing(either_store, reference).override is None


def test_a_failed_re_check_reopens_the_action_with_a_new_deadline_and_its_owner_hears(either_store: Store) -> None:
    reference = signed_off(either_store)
    do(either_store, reference, ActionMove.RE_CHECK, FAILED, MONITOR)

    action = standing(either_store, reference)
    assert (action.state, action.due_on, action.original_due_on) == (
        ActionState.OPEN,
        date(2020, 6, 1),
        date(2020, 3, 2),
    )
    assert (action.evidenced_on, action.assured_on, action.closed_on, action.recheck_on) == (None, None, None, None)
    assert [each.kind for each in record(either_store, reference)] == [
        ActionMove.EVIDENCE,
        ActionMove.ASSURANCE,
        ActionMove.SIGN_OFF,
        ActionMove.RE_CHECK,
        ActionMove.REOPEN,
    ]
    assert letters(either_store, Template.ACTION_REOPENED) == [OWNER]
    assert rung(either_store, date(2020, 6, 1)) == [OWNER]


def test_what_holds_stays_closed_and_its_impact_can_be_measured(either_store: Store) -> None:
    reference = signed_off(either_store)
    held = {"rechecked_on": "2020-01-03", "holds": True, "shows": "All of the files."}
    do(either_store, reference, ActionMove.RE_CHECK, held, MONITOR)
    shown = {"measured_on": "2020-01-03", "measure": "outcome", "shows": "Fewer repeat referrals."}
    do(either_store, reference, ActionMove.IMPACT, shown, MANAGER)

    assert standing(either_store, reference).state is ActionState.CLOSED
    assert [(each.kind, each.holds, each.measure) for each in record(either_store, reference)[-2:]] == [
        (ActionMove.RE_CHECK, True, None),
        (ActionMove.IMPACT, None, Measure.OUTCOME),
    ]


def test_what_is_reopened_after_its_review_is_over_is_owed_and_rings_on_its_own(either_store: Store) -> None:
    reference = signed_off(either_store)
    for stage, by, data in (
        ("publication", MANAGER, PUBLICATION),
        ("dissemination", MANAGER, DISSEMINATION),
        ("monitoring", MONITOR, {"comments": "Done."}),
        ("impact", MONITOR, IMPACT),
        ("closure", MANAGER, CLOSURE),
    ):
        take(either_store, reference, Step(stage, by, data))
    do(either_store, reference, ActionMove.RE_CHECK, FAILED, MONITOR)

    wanted = Filter(boards=("northamptonshire",))
    with either_store.reading() as session:
        assert session.exec(select(Review.state)).one() is ReviewState.CLOSED
        assert [(each.reference, each.action) for each in most_overdue(session, wanted) if each.action] == [
            (reference, 1)
        ]
        assert [(each.number, each.state) for each in under_way(session, wanted)] == [(1, ActionState.OPEN)]
    assert rung(either_store, date(2020, 6, 1)) == [OWNER]


def test_the_actions_of_a_review_that_goes_on_as_another_stay_owed_and_ring(either_store: Store) -> None:
    reference = planned(either_store)
    with either_store.transaction() as session:
        convert(
            Act(session, find_person(session, MANAGER), NOW, TODAY),
            reference,
            "practice-learning-review",
            reason="It is below the threshold after all.",
        )

    wanted = Filter(boards=("northamptonshire",))
    with either_store.reading() as session:
        assert [(each.reference, each.number) for each in under_way(session, wanted)] == [(reference, 1)]
    assert rung(either_store, date.fromisoformat(DUE)) == [OWNER]


def test_evidence_that_does_not_persuade_is_sent_back(either_store: Store) -> None:
    reference = planned(either_store, SEVERAL)
    do(either_store, reference, ActionMove.EVIDENCE, EVIDENCE)
    do(either_store, reference, ActionMove.REOPEN, {"due_on": "2020-04-06", "reason": "One file only."}, MONITOR)

    assert (standing(either_store, reference).state, letters(either_store, Template.ACTION_REOPENED)) == (
        ActionState.OPEN,
        [OWNER],
    )


def test_nothing_is_done_to_the_actions_of_a_review_on_hold_or_withdrawn(either_store: Store) -> None:
    reference = planned(either_store)
    with either_store.transaction() as session:
        chair = find_person(session, CHAIR)
        steering.hold(Act(session, chair, NOW, TODAY), reference, reason="The trial.", until=None)
    with pytest.raises(MoveRefused, match="is on hold. Resume it first"):
        do(either_store, reference, ActionMove.EVIDENCE, EVIDENCE)
    with either_store.transaction() as session:
        chair = find_person(session, CHAIR)
        steering.withdraw(Act(session, chair, NOW, TODAY), reference, reason="Twice.")
    refused(
        either_store,
        reference,
        ActionMove.EVIDENCE,
        EVIDENCE,
        OWNER,
        MoveRefused,
        (f"{reference} is withdrawn, so its actions are no longer owed."),
    )


def test_an_action_that_is_not_there_is_refused_by_its_number(either_store: Store) -> None:
    reference = planned(either_store)

    with pytest.raises(NotFound, match=f"{reference} has no action 7. Its page shows those it has."):
        do(either_store, reference, ActionMove.EVIDENCE, EVIDENCE, number=7)
    with either_store.reading() as session:
        assert len(actions_of(session, id_of(find_review(session, reference)))) == 1
