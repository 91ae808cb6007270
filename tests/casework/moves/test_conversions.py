"""A review that goes on as another: by a decision, an answer, or the partners; what is carried over, what is left."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import SQLModel, col, func, select

from casework.moves.conversion import convert
from casework.people.directory import find_person
from casework.quality import answers
from casework.record import journal
from casework.record.act import Act
from casework.record.store import Store
from casework.registers import parallel, participation
from casework.views.review import ReviewView, find_review, review_view
from models.errors import InputError
from models.notice import Notice
from models.parallel import ParallelProcess
from models.participation import Participant
from models.quality import QualityAnswer
from models.record import OutboxMessage
from models.review import Agency, Review, Stage
from models.vocabulary import MessageState, StageState
from tests.conformance.people import MANAGER, POLICE, SOCIAL_CARE
from tests.conformance.walk import Walker, launched

SCR, PLR, SCA = "serious-case-review", "practice-learning-review", "single-case-audit"
BY_ITSELF = {"reasons_against_recommendation": "The harm was not serious."}
START = date(2014, 5, 6)


def view(store: Store, reference: str) -> ReviewView:
    with store.reading() as session:
        return review_view(session, reference)


def outcome(found: ReviewView, name: str) -> dict[str, Any] | None:
    return next(stage.outcome for stage in found.stages if stage.name == name)


def states(found: ReviewView) -> list[tuple[str, str]]:
    return [(stage.name, stage.state) for stage in found.stages]


def verified(store: Store, *references: str) -> None:
    """Verify the journals of these reviews."""
    with store.reading() as session:
        for reference in references:
            assert journal.verify(session, find_review(session, reference)) > 0


def at_the_decision(store: Store, board: str = "northamptonshire", type_: str = SCR) -> Walker:
    return launched(store, board, type_, start=START).until("chair-decision")


def decided_for(store: Store, type_: str, board: str = "northamptonshire") -> tuple[Walker, str]:
    """A serious case review in which another type is decided, with the reference that it began under."""
    walker = at_the_decision(store, board)
    began = walker.reference
    walker.complete("chair-decision", decision=type_, **BY_ITSELF)
    return walker, began


def test_a_decision_for_a_review_below_the_threshold_goes_on_as_one_by_itself(either_store: Store) -> None:
    walker, began = decided_for(either_store, PLR)

    old, new = view(either_store, began), view(either_store, walker.reference)
    assert (began, walker.reference) == ("LSCBN-SCR-2014-001", "LSCBN-PLR-2014-001")
    assert (old.review.state, old.converted_to, new.review.converted_from) == ("converted", walker.reference, began)
    assert states(new) == [
        ("referral", "closed"),
        ("panel-recommendation", "closed"),
        ("chair-decision", "closed"),
        ("lead-reviewer", "open"),
        ("agencies-and-authors", "open"),
    ]
    # S001 Serious Case Reviews, paragraph 1: the National Panel is told whichever way it went
    assert [(stage.name, stage.due_on) for stage in old.open_stages] == [("national-panel", date(2014, 6, 10))]


def test_where_nothing_else_is_owed_the_review_that_was_left_has_nothing_open(store: Store) -> None:
    # S003 Appendix B: the national panel is told on request only
    walker, began = decided_for(store, PLR, "barking-and-dagenham")

    old = view(store, began)

    assert (old.review.state, old.open_stages) == ("converted", ())
    assert walker.to_closure().state == "closed"


def test_everything_typed_so_far_is_carried_over_and_asked_once(store: Store) -> None:
    walker, began = decided_for(store, PLR)

    old, new = view(store, began), view(store, walker.reference)

    assert new.review.referral == old.review.referral
    assert new.review.edition == old.review.edition
    for stage in ("panel-recommendation", "chair-decision"):
        assert outcome(new, stage) == outcome(old, stage)
    dates = ("notified_on", "incident_on", "panel_met_on", "decided_on")
    assert [new.review.facts[name] for name in dates] == [old.review.facts[name] for name in dates]


def test_the_history_stays_on_both_sides_and_both_journals_hold(store: Store) -> None:
    walker, began = decided_for(store, PLR)

    old, new = view(store, began), view(store, walker.reference)

    assert [entry.verb for entry in old.history] == [
        "launched",
        "stage completed",
        "stage completed",
        "stage completed",
        "converted",
    ]
    assert [entry.verb for entry in new.history] == ["launched", "carried over"]
    assert old.history[-1].detail["to"] == walker.reference
    assert new.history[-1].detail["from"] == began
    assert {old.history[-1].note, new.history[-1].note} == {"Decided in ‘Chair’s decision’."}
    assert {old.history[-1].actor, new.history[-1].actor} == {"Independent chair Example"}
    verified(store, began, walker.reference)


def test_it_goes_on_to_its_closure_and_the_duty_left_behind_can_still_be_done(store: Store) -> None:
    walker, began = decided_for(store, PLR)
    walker.said = {"initial-meeting": {"completion_due": "2014-12-19"}}

    assert walker.to_closure().state == "closed"
    left = Walker(store, began, at_the_decision(store).setting)
    with pytest.raises(InputError) as refused:
        left.complete("national-panel")
    assert str(refused.value) == (
        "justification: is empty. There will be no serious case review: give the information that justifies the "
        "decision. The National Panel must have it."
    )
    assert left.complete("national-panel", justification="The harm was not serious.").opened == ()
    assert (view(store, began).review.state, left.open()) == ("converted", [])


def test_a_decision_for_an_audit_goes_on_as_a_single_case_audit(store: Store) -> None:
    # S001 Appendix 2, last paragraph: where an audit rather than a serious case review is right
    walker, began = decided_for(store, SCA)

    new = view(store, walker.reference)

    assert (walker.reference, new.review.converted_from) == ("LSCBN-SCA-2014-001", began)
    assert states(new) == [("referral", "closed"), ("chair-decision", "closed"), ("audit-plan", "open")]
    assert walker.to_closure().state == "closed"


def test_a_review_can_go_on_twice_and_each_knows_where_it_came_from(store: Store) -> None:
    # from a case review below the threshold, after all, to a serious case review
    walker = at_the_decision(store, type_=PLR)
    first = walker.reference

    walker.complete("chair-decision", decision=SCR, reasons_against_recommendation="The child has died.")

    assert states(view(store, walker.reference)) == [("referral", "closed"), ("criteria-screening", "open")]
    walker.until("chair-decision").complete("chair-decision", decision=PLR, **BY_ITSELF)
    assert view(store, walker.reference).review.converted_from == "LSCBN-SCR-2014-001"
    assert view(store, "LSCBN-SCR-2014-001").review.converted_from == first
    assert walker.reference == "LSCBN-PLR-2014-002"


def test_an_answer_that_needs_deeper_investigation_goes_on_as_a_deep_dive(store: Store) -> None:
    # S004 2.2: the theme has still to be agreed as one of the year's priority areas
    walker = launched(store, "gloucestershire", "light-touch-review", start=date(2016, 11, 7)).until("answer")
    began = walker.reference

    walker.complete("answer", answer="deeper-investigation")

    old, new = view(store, began), view(store, walker.reference)
    assert (began, walker.reference) == ("GSCB-LTR-2016-001", "GSCB-DD-2016-001")
    assert states(new) == [("proposal", "closed"), ("theme-agreement", "open")]
    assert new.review.referral == old.review.referral
    assert (old.review.state, old.open_stages) == ("converted", ())
    assert outcome(old, "answer") is not None
    verified(store, began, walker.reference)


def test_a_rapid_review_goes_on_as_a_local_review_by_the_partners_decision_and_has_still_to_be_sent(
    store: Store,
) -> None:
    aware = {"referral": {"aware_on": "2024-03-21", "incident_on": "2024-03-20"}}
    board = "safeguarding-children-partnership"
    walker = launched(store, board, "rapid-review", start=date(2024, 3, 21), said=aware).until("local-review-decision")
    began = walker.reference

    walker.complete("local-review-decision", local_review="hold", improvements_needed="yes")

    old, new = view(store, began), view(store, walker.reference)
    assert walker.reference == "SCP-LCSPR-2024-001"
    assert states(new) == [
        ("referral", "closed"),
        ("local-review-decision", "closed"),
        ("lead-reviewer", "open"),
    ]
    assert outcome(new, "local-review-decision") == outcome(old, "local-review-decision")
    assert [stage.name for stage in old.open_stages] == ["rapid-review-sent"]
    left = Walker(store, began, launched(store, board, "rapid-review", start=date(2024, 6, 3), said=aware).setting)
    assert left.complete("rapid-review-sent").opened == ()
    assert view(store, began).open_stages == ()
    verified(store, began, walker.reference)


def test_the_registers_beside_the_stages_come_along(store: Store) -> None:
    walker = at_the_decision(store)
    invited = {"who": "parent", "known_as": "the mother", "invited_on": "2014-05-12", "how": "By letter"}
    inquest = {"kind": "inquest", "began_on": "2014-05-07", "not_to_disclose": "The statement of the father."}
    with store.transaction() as session:
        act = Act(session, find_person(session, MANAGER), walker.now, walker.setting.day)
        participation.invite_participant(act, walker.reference, invited)
        parallel.link_process(act, walker.reference, inquest)
        answers.answer(act, walker.reference, {"principle_proportionate": "held-to"})
    began = walker.reference

    walker.complete("chair-decision", decision=PLR, **BY_ITSELF)

    with store.reading() as session:
        old, new = find_review(session, began), find_review(session, walker.reference)
        for register in (Participant, ParallelProcess, QualityAnswer):
            before = session.exec(select(register).where(register.review_id == old.id)).one()
            after = session.exec(select(register).where(register.review_id == new.id)).one()
            assert after.content() == before.content()
            assert after.number == before.number == 1
    verified(store, began, walker.reference)


def test_the_agencies_the_people_and_the_terms_stay_with_a_review_that_is_converted_half_way(store: Store) -> None:
    walker = launched(store, "northamptonshire", SCR, start=START).until("agency-report")
    began = walker.reference
    waiting = letters(store, began)

    moved = converted(walker, PLR)

    with store.reading() as session:
        slugs = session.exec(
            select(Agency.slug).where(Agency.review_id == find_review(session, moved).id).order_by(Agency.slug)
        ).all()
    assert slugs == [POLICE, SOCIAL_CARE]
    assert [stage.name for stage in view(store, moved).open_stages] == ["chair-decision"]  # it was for the other type
    ended = [stage.name for stage in view(store, began).stages if stage.state == "ended"]
    assert ended == ["family-invitation", f"agency-report:{SOCIAL_CARE}", f"agency-report:{POLICE}"]
    assert [name for name in waiting if name in ended] == ended  # they were told of them, or would have been
    assert [name for name in letters(store, began) if name in ended] == []
    assert notices(store, began) == 0
    verified(store, began, moved)


def converted(walker: Walker, type_: str) -> str:
    """The review goes on as another type because the business manager says so."""
    with walker.store.transaction() as session:
        manager = find_person(session, MANAGER)
        return convert(
            Act(session, manager, walker.now, walker.setting.day), walker.reference, type_, reason="It turned out so."
        ).reference


def letters(store: Store, reference: str) -> list[str]:
    """The stages of which letters are still waiting to be sent."""
    with store.reading() as session:
        return list(
            session.exec(
                select(Stage.name)
                .join(OutboxMessage, col(OutboxMessage.stage_id) == col(Stage.id))
                .where(
                    Stage.review_id == find_review(session, reference).id, OutboxMessage.state == MessageState.QUEUED
                )
                .order_by(col(Stage.id))
            )
        )


def notices(store: Store, reference: str) -> int:
    """How many reminders are planned for stages of a review that have ended."""
    with store.reading() as session:
        ended = select(Stage.id).where(
            Stage.review_id == find_review(session, reference).id, Stage.state == StageState.ENDED
        )
        return session.exec(select(func.count()).select_from(Notice).where(col(Notice.stage_id).in_(ended))).one()


def test_a_referral_can_end_in_no_review(store: Store) -> None:
    walker = at_the_decision(store, "barking-and-dagenham")

    moved = walker.complete(
        "chair-decision", decision="no-review", reasons_against_recommendation="The injury was accidental."
    )

    assert (moved.reference, moved.opened) == (walker.reference, ("closure",))
    assert walker.to_closure().state == "closed"


def test_a_review_that_has_gone_on_goes_on_once_though_its_decision_is_still_owed(store: Store) -> None:
    died = {"child_died": "yes"}
    said = {"referral": died, "criteria-screening": died}
    walker = launched(store, "northamptonshire", SCR, start=START, said=said).until("chair-decision")
    began = walker.reference
    converted(walker, "child-death-review")
    walker.reference = began

    walker.complete("chair-decision", decision="child-death-review", **BY_ITSELF)

    with store.reading() as session:
        known = session.exec(select(Review.reference, Review.state).order_by(col(Review.id))).all()
    assert known == [(began, "converted"), ("LSCBN-CDR-2014-001", "open")]
    verified(store, began)


def test_what_ended_in_no_review_can_still_go_on_as_one_with_the_decision_taken_anew(store: Store) -> None:
    walker = at_the_decision(store, "barking-and-dagenham")
    walker.complete("chair-decision", decision="no-review", reasons_against_recommendation="Accidental.")

    moved = converted(walker, PLR)

    assert states(view(store, moved)) == [
        ("referral", "closed"),
        ("panel-recommendation", "closed"),
        ("chair-decision", "open"),
    ]


def row_counts(store: Store) -> dict[str, int]:
    with store.reading() as session:
        tables = SQLModel.metadata.sorted_tables
        return {one.name: session.connection().scalar(select(func.count()).select_from(one)) or 0 for one in tables}


@pytest.mark.parametrize("decision", [PLR, SCA, "no-review"])
def test_a_decision_against_the_panels_recommendation_needs_its_reason(store: Store, decision: str) -> None:
    walker = at_the_decision(store)
    before = row_counts(store)

    with pytest.raises(InputError) as refused:
        walker.complete("chair-decision", decision=decision)

    assert str(refused.value) == (
        f"reasons_against_recommendation: is empty. The panel recommended ‘{SCR}’ and the decision is ‘{decision}’: "
        "say why it differs."
    )
    assert row_counts(store) == before


def test_where_no_panel_recommends_a_decision_against_the_criteria_needs_its_reason(store: Store) -> None:
    # S004 Appendix One, Case Review: the SCR Sub-group decides by itself
    harmed = {"referral": {"abuse_or_neglect": "yes", "seriously_harmed": "yes"}}
    walker = launched(store, "gloucestershire", PLR, start=date(2016, 11, 7), said=harmed)

    with pytest.raises(InputError) as refused:
        walker.complete("chair-decision")

    assert str(refused.value) == (
        f"reasons_against_recommendation: is empty. The criteria recommend ‘{SCR}’ and the decision is ‘{PLR}’: say "
        "why it differs."
    )


def test_a_decision_for_a_type_that_the_board_does_not_run_is_refused_and_changes_nothing(store: Store) -> None:
    walker = at_the_decision(store, "croydon")
    before = row_counts(store)

    with pytest.raises(InputError) as refused:
        walker.complete("chair-decision", decision=SCA, **BY_ITSELF)

    assert str(refused.value) == (
        "decision: ‘single-case-audit’ is not a review that Croydon Safeguarding Children Board runs. Choose one of: "
        "serious-case-review, practice-learning-review, thematic-audit, child-death-review, no-review."
    )
    assert row_counts(store) == before
