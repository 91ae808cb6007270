"""What a move refuses, and that a refusal changes nothing."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlmodel import SQLModel, col

from casework.actions import move_action
from casework.moves import steering
from casework.moves.launching import launch_file
from casework.people.directory import find_person, person_for
from casework.record.act import Act
from casework.record.store import Store
from casework.reviews.case import Moved
from casework.views.review import ReviewView, review_view
from models.errors import InputError, LearningCycleError, MoveRefused, NotAllowed, NotFound
from models.every_table import record, review
from models.notice import Notice
from models.record import OutboxMessage
from models.tables import table_of
from models.vocabulary import ActionMove, ReviewState, Rung, Template
from tests.walking import (
    AGENCY_REPORT,
    APPOINTMENT,
    CHAIR,
    DECISION,
    MANAGER,
    MONITOR,
    NOW,
    PANEL,
    POLICE,
    REVIEWER,
    SERIOUS_CASE_REVIEW,
    SOCIAL_CARE,
    TERMS,
    TODAY,
    Step,
    launch_data,
    launched,
    take,
    take_in,
    walked,
)

TABLES: list[type[SQLModel]] = [
    record.JournalEntry,
    record.OutboxMessage,
    record.Work,
    Notice,
    review.Review,
    review.Stage,
    review.Agency,
]


def counts(store: Store) -> list[int]:
    """How many rows there are of everything a move writes."""
    with store.reading() as session:
        return [session.scalar(select(func.count()).select_from(table_of(table))) or 0 for table in TABLES]


def view(store: Store, reference: str) -> ReviewView:
    with store.reading() as session:
        return review_view(session, reference)


def refusal(
    store: Store, reference: str, stage: str, by: str, data: dict[str, Any], error: type[LearningCycleError]
) -> str:
    """The sentence with which a completion is refused, having changed nothing."""
    before = counts(store)
    with pytest.raises(error) as refused:
        take(store, reference, Step(stage, by, data))
    assert counts(store) == before
    return str(refused.value)


def steer(store: Store, what: str, reference: str, *args: Any, by: str = MANAGER, **more: Any) -> Moved:
    """Hold, resume, extend or withdraw."""
    with store.transaction() as session:
        act = getattr(steering, what)
        done: Moved = act(Act(session, find_person(session, by), NOW, TODAY), reference, *args, **more)
        return done


def launch_refusal(store: Store, error: type[LearningCycleError] = InputError, **changes: Any) -> str:
    """The sentence with which a launch is refused, having changed nothing."""
    before = counts(store)
    with pytest.raises(error) as refused, store.transaction() as session:
        launch_file(Act(session, None, NOW, TODAY), launch_data() | changes)
    assert counts(store) == before
    return str(refused.value)


def test_a_launch_names_the_field_the_value_and_what_is_wanted(store: Store) -> None:
    referral = launch_data()["referral"]

    wrong = referral | {"notified_on": "06/05/2014", "child_died": "perhaps"}
    assert launch_refusal(store, referral=wrong) == (
        "referral.child_died: ‘perhaps’ is not accepted; it should be 'yes', 'no' or 'not-known'. "
        "It asks: “Has a child died, including by suicide?”\n"
        "referral.notified_on: ‘06/05/2014’ is not a date: write it as 2014-05-06. "
        "It asks: “When was the board notified?”"
    )
    assert launch_refusal(store, referral=referral | {"child": "A name"}) == (
        "referral.child: is not a field of this form. The fields are: about, abuse_or_neglect, child_died, "
        "seriously_harmed, concern_about_working_together, died_in_custody, registered_or_looked_after, notified_on, "
        "incident_on, aware_on, referred_by, circumstances, reasons, agencies."
    )
    missing = {name: value for name, value in referral.items() if name != "reasons"}
    assert launch_refusal(store, referral=missing) == (
        "referral.reasons: is missing. It asks: “Why should it be reviewed?”"
    )


def test_a_notification_cannot_lie_in_the_future(store: Store) -> None:
    tomorrow = str(TODAY + timedelta(days=1))

    assert launch_refusal(store, referral=launch_data()["referral"] | {"notified_on": tomorrow}) == (
        "notified_on: ‘2020-01-07’ is in the future. Give the day it happened, or record it once it has happened."
    )


def test_nothing_of_a_review_happens_before_the_board_is_notified(store: Store) -> None:
    late = launch_data()["referral"] | {"incident_on": "2014-05-07"}
    assert launch_refusal(store, referral=late) == (
        "incident_on: ‘2014-05-07’ is after the day the board was notified, 2014-05-06. Give the day it happened, "
        "or leave it empty."
    )
    reference = launched(store)
    walked(store, reference, SERIOUS_CASE_REVIEW, until="chair-decision")
    assert refusal(store, reference, "chair-decision", CHAIR, DECISION | {"decided_on": "2013-06-02"}, InputError) == (
        "decided_on: ‘2013-06-02’ is before the board was notified or the theme proposed, on 2014-05-06. Give the "
        "day it happened."
    )


def test_what_is_no_address_is_refused_with_what_one_looks_like(store: Store) -> None:
    assert launch_refusal(store, referral=launch_data()["referral"] | {"referred_by": "the duty manager"}) == (
        "referral.referred_by: ‘the duty manager’ is not an e-mail address: write it as name@board.example. "
        "It asks: “Who refers it?”"
    )


def test_a_board_or_type_that_is_not_there_is_refused_with_those_that_are(store: Store) -> None:
    assert launch_refusal(store, NotFound, board="atlantis") == (
        "There is no board profile named ‘atlantis’. The profiles are: barking-and-dagenham, croydon, "
        "gloucestershire, northamptonshire, portsmouth, safeguarding-children-partnership, welsh-safeguarding-board."
    )
    assert launch_refusal(store, type="light-touch") == (
        "type: ‘light-touch’ is not a review that Northamptonshire Local Safeguarding Children Board runs. "
        "It runs: serious-case-review, practice-learning-review, single-case-audit, thematic-audit, child-death-review."
    )


def test_a_board_without_a_business_manager_launches_nothing(store: Store) -> None:
    assert launch_refusal(store, people={}) == (
        "people: northamptonshire has no business manager yet. Name one in the file under people.business-manager "
        "(name, email). The person who runs this installation can appoint somebody."
    )


def test_a_stage_that_is_not_open_is_refused_with_those_that_are(store: Store) -> None:
    reference = launched(store)

    assert refusal(store, reference, "report", MANAGER, {}, MoveRefused) == (
        "‘report’ of LSCBN-SCR-2014-001 is not open yet. Open now: criteria-screening."
    )
    take(store, reference, SERIOUS_CASE_REVIEW[0])
    assert refusal(store, reference, "criteria-screening", MANAGER, {}, MoveRefused) == (
        "‘criteria-screening’ of LSCBN-SCR-2014-001 was completed on 2020-01-06. Open now: panel-recommendation."
    )
    assert refusal(store, reference, "tea-break", MANAGER, {}, NotFound) == (
        "‘tea-break’ is not a stage of a serious-case-review. Its stages are: referral, criteria-screening, "
        "panel-recommendation, chair-decision, lead-reviewer, national-panel, terms-of-reference, family-invitation, "
        "agency-report, agency-chronology, combined-chronology, root-causes, review-team, conversations, "
        "joint-meetings, learning-event, whole-system-session, practitioner-events, statutory-duties, draft-report, "
        "recall-session, report, learning-summary, action-plan, board-approval, board-response, publication-decision, "
        "publication, dissemination, monitoring, impact, closure, publication-period."
    )


def test_the_decision_is_the_chairs_alone(store: Store) -> None:
    reference = launched(store)
    walked(store, reference, SERIOUS_CASE_REVIEW, until="chair-decision")

    assert refusal(store, reference, "chair-decision", MANAGER, DECISION, NotAllowed) == (
        "‘Chair’s decision’ of LSCBN-SCR-2014-001 is for the LSCB Independent Chair, not for "
        "business-manager@board.example. Only they can record it."
    )
    assert "is for the LSCB Independent Chair" in refusal(
        store, reference, "chair-decision", PANEL, DECISION, NotAllowed
    )


def test_the_business_manager_may_record_everything_else_for_others(store: Store) -> None:
    reference = launched(store)
    walked(store, reference, SERIOUS_CASE_REVIEW, until="terms-of-reference")

    assert take(store, reference, Step("terms-of-reference", MANAGER, TERMS)).opened


def test_an_agencys_report_is_not_for_another_agency(store: Store) -> None:
    reference = launched(store)
    walked(store, reference, SERIOUS_CASE_REVIEW, until="agency-report:example-children-s-social-care")

    report = {"finished_on": "2014-08-01", "involvement": "a", "learning": "b"}
    found = refusal(store, reference, "agency-report:example-police", SOCIAL_CARE, report, NotAllowed)
    assert "is for the Agency report author, not for alex.author@social-care.example" in found


def test_a_decision_against_the_recommendation_needs_a_reason(store: Store) -> None:
    reference = launched(store)
    walked(store, reference, SERIOUS_CASE_REVIEW, until="chair-decision")

    assert refusal(store, reference, "chair-decision", CHAIR, DECISION | {"decision": "no-review"}, InputError) == (
        "reasons_against_recommendation: is empty. The panel recommended ‘serious-case-review’ and the decision is "
        "‘no-review’: say why it differs."
    )


@pytest.mark.parametrize(
    ("who", "conflict"),
    [
        ({"organisation": "the example police"}, "works for Example Police"),
        ({"organisation": "EXAMPLE  CHILDREN'S SOCIAL CARE"}, "works for Example Children's Social Care"),
        ({"email": POLICE}, "writes the report of Example Police"),
        (
            {"email": "rex@police.example"},
            "has an e-mail address at police.example, as has the author of Example Police",
        ),
    ],
)
def test_a_lead_reviewer_who_is_not_independent_is_refused_with_the_conflict(
    store: Store, who: dict[str, str], conflict: str
) -> None:
    reference = launched(store)
    walked(store, reference, SERIOUS_CASE_REVIEW, until="lead-reviewer")
    proposed = {"name": "Rex Reviewer", "email": "rex@independent.example", "organisation": "Independent"} | who

    assert refusal(store, reference, "lead-reviewer", CHAIR, APPOINTMENT | {"reviewers": [proposed]}, MoveRefused) == (
        f"Rex Reviewer cannot lead this review: Rex Reviewer {conflict}, which is an agency under review. "
        "Appoint somebody who is independent of the case and of the organisations reviewed."
    )


def test_the_employer_on_record_counts_whatever_is_typed(store: Store) -> None:
    reference = launched(store)
    walked(store, reference, SERIOUS_CASE_REVIEW, until="lead-reviewer")
    with store.transaction() as session:
        person_for(session, email="rex@home.example", name="Rex Reviewer", organisation="Example Police")
    proposed = {"name": "Rex Reviewer", "email": "rex@home.example", "organisation": "Independent consultant"}

    found = refusal(store, reference, "lead-reviewer", CHAIR, APPOINTMENT | {"reviewers": [proposed]}, MoveRefused)
    assert found.startswith("Rex Reviewer cannot lead this review: Rex Reviewer works for Example Police")


def test_the_lead_reviewers_employer_cannot_be_named_as_an_agency_later(store: Store) -> None:
    reference = launched(store)
    walked(store, reference, SERIOUS_CASE_REVIEW, until="terms-of-reference")
    late = {"name": "Independent Consultant", "author_name": "Ann", "author_email": "ann@consultant.example"}

    found = refusal(store, reference, "terms-of-reference", REVIEWER, TERMS | {"agencies": [late]}, MoveRefused)
    assert found.startswith("Lena Reviewer cannot lead this review: Lena Reviewer works for Independent Consultant")


def test_monitoring_does_not_end_while_an_action_is_open(store: Store) -> None:
    reference = launched(store)
    walked(store, reference, SERIOUS_CASE_REVIEW, until="monitoring")

    assert refusal(store, reference, "monitoring", MONITOR, {"comments": "Enough."}, MoveRefused) == (
        "Monitoring cannot end: action 1 of LSCBN-SCR-2014-001 is not signed off yet. "
        "Sign off each on its evidence, then end it."
    )
    give_evidence(store, reference)
    named = {"actions": [{"number": 1, "closed_on": "2015-02-02"}], "comments": "All done."}
    assert take(store, reference, Step("monitoring", MONITOR, named)).opened == ("impact",)


def give_evidence(store: Store, reference: str) -> None:
    """The owner shows that the action has been done."""
    given = {"evidenced_on": "2015-02-02", "evidence": "The audit of January."}
    with store.transaction() as session:
        owner = find_person(session, "olli.owner@police.example")
        move_action(Act(session, owner, NOW, TODAY), reference, 1, ActionMove.EVIDENCE, given)


def test_a_hold_says_why_and_moves_no_deadline(store: Store) -> None:
    reference = launched(store)
    before = view(store, reference).open_stages[0].due_on

    steer(store, "hold", reference, reason="The trial.", until=date(2020, 3, 2))

    held = view(store, reference)
    assert (held.review.state, held.open_stages[0].due_on) == (ReviewState.HELD, before)
    assert [(hold.reason, hold.expected_until) for hold in held.holds] == [("The trial.", date(2020, 3, 2))]
    assert refusal(store, reference, "criteria-screening", MANAGER, {}, MoveRefused) == (
        "LSCBN-SCR-2014-001 is on hold. Resume it first, on its page."
    )
    with pytest.raises(MoveRefused, match="is already on hold"):
        steer(store, "hold", reference, reason="Again.", until=None)
    assert steer(store, "resume", reference).state is ReviewState.OPEN
    with pytest.raises(MoveRefused, match="is not on hold: it is open"):
        steer(store, "resume", reference)


def test_extending_keeps_the_first_date_on_record_and_tells_the_owner(either_store: Store) -> None:
    reference = launched(either_store, notified_on="2019-12-20")

    steer(
        either_store, "extend", reference, "criteria-screening", to=date(2020, 2, 3), reason="Papers late.", sure=True
    )
    steer(
        either_store, "extend", reference, "criteria-screening", to=date(2020, 2, 10), reason="Later still.", sure=True
    )

    stage = view(either_store, reference).open_stages[0]
    assert (stage.original_due_on, stage.due_on) == (date(2020, 1, 20), date(2020, 2, 10))
    outer = view(either_store, reference).watched
    assert [(each.name, each.due_on) for each in outer] == [("chair-decision", date(2020, 1, 20))]
    assert stage.explanation.endswith("It was extended; at first it was due on Monday 20 January 2020.")
    with either_store.reading() as session:
        planned = select(col(Notice.on_day), col(Notice.rung)).order_by(col(Notice.on_day), col(Notice.rung))
        planned = planned.where(col(Notice.stage_id) == stage.id)
        days = [tuple(row) for row in session.execute(planned)]
        moved = session.scalars(
            select(OutboxMessage).where(col(OutboxMessage.template) == Template.DEADLINE_MOVED)
        ).all()
    assert days == [
        (date(2020, 1, 27), Rung.OWNER),  # ten working days before Monday 10 February
        (date(2020, 2, 5), Rung.OWNER),
        (date(2020, 2, 10), Rung.OWNER),
        (date(2020, 2, 11), Rung.OWNER),
        (date(2020, 2, 12), Rung.BUSINESS_MANAGER),
        (date(2020, 2, 17), Rung.SUB_GROUP_CHAIR),
        (date(2020, 2, 17), Rung.OWNER),
        (date(2020, 2, 24), Rung.INDEPENDENT_CHAIR),
        (date(2020, 2, 24), Rung.OWNER),
    ]
    assert [message.details for message in moved] == [{"from": "2020-01-20"}, {"from": "2020-02-03"}]


def test_a_stage_without_a_deadline_can_be_given_one(store: Store) -> None:
    reference = launched(store)
    walked(store, reference, SERIOUS_CASE_REVIEW, until="learning-summary")

    steer(store, "extend", reference, "learning-summary", to=date(2020, 2, 3), reason="Agreed in the panel.")

    stage = view(store, reference).open_stages[0]
    assert (stage.due_on, stage.original_due_on, stage.basis) == (date(2020, 2, 3), None, "agreed-in-the-review")


def test_a_new_deadline_is_another_day_that_has_not_passed_for_a_reason(store: Store) -> None:
    reference = launched(store, notified_on="2019-12-20")

    with pytest.raises(
        InputError, match="to: ‘2020-01-05’ has passed. Give the day .* is due: today, 2020-01-06, or a later one"
    ):
        steer(store, "extend", reference, "criteria-screening", to=date(2020, 1, 5), reason="Sooner.")
    with pytest.raises(InputError, match="to: ‘2020-01-20’ is when ‘.*’ is due already. Give another day"):
        steer(store, "extend", reference, "criteria-screening", to=date(2020, 1, 20), reason="Same.")
    with pytest.raises(InputError, match="reason: is empty. Say why. Your reason goes into the review’s history"):
        steer(store, "extend", reference, "criteria-screening", to=date(2020, 2, 3), reason=" ")


def test_a_deadline_moves_both_ways_and_the_first_date_stays_on_record(either_store: Store) -> None:
    reference = launched(either_store, notified_on="2019-12-20")

    steer(either_store, "extend", reference, "criteria-screening", to=date(2020, 1, 13), reason="A milestone.")
    sooner = view(either_store, reference).open_stages[0]
    steer(either_store, "extend", reference, "criteria-screening", to=date(2020, 1, 17), reason="A little later.")
    later = view(either_store, reference).open_stages[0]

    assert (sooner.due_on, later.due_on) == (date(2020, 1, 13), date(2020, 1, 17))
    assert (sooner.original_due_on, later.original_due_on) == (date(2020, 1, 20), date(2020, 1, 20))
    assert later.explanation.endswith("It was brought forward; at first it was due on Monday 20 January 2020.")


def test_a_day_more_than_a_year_away_is_asked_about_and_can_be_corrected(store: Store) -> None:
    reference = launched(store)
    walked(store, reference, SERIOUS_CASE_REVIEW, until="learning-summary")

    with pytest.raises(InputError, match="sure: 2062-12-10 is more than a year away. Say that you are sure"):
        steer(store, "extend", reference, "learning-summary", to=date(2062, 12, 10), reason="A slip.")
    steer(store, "extend", reference, "learning-summary", to=date(2062, 12, 10), reason="A slip.", sure=True)
    steer(store, "extend", reference, "learning-summary", to=date(2020, 2, 3), reason="It was a slip.")

    assert view(store, reference).open_stages[0].due_on == date(2020, 2, 3)


def test_only_those_who_steer_hold_extend_or_withdraw(store: Store) -> None:
    reference = launched(store)

    with pytest.raises(NotAllowed, match="Only the LSCBN Business Manager or the LSCB Independent Chair can do that"):
        steer(store, "withdraw", reference, reason="I say so.", by=PANEL)


def test_a_withdrawn_review_keeps_everything_and_owes_nothing(either_store: Store) -> None:
    reference = launched(either_store)
    walked(either_store, reference, SERIOUS_CASE_REVIEW, until="chair-decision")

    steer(either_store, "withdraw", reference, reason="Referred twice.")

    ended = view(either_store, reference)
    assert ended.review.state is ReviewState.WITHDRAWN
    assert {stage.name: stage.state for stage in ended.stages} == {
        "referral": "closed",
        "criteria-screening": "closed",
        "panel-recommendation": "closed",
        "chair-decision": "ended",
    }
    assert ended.history[-1].note == "Referred twice."
    with pytest.raises(MoveRefused, match="is withdrawn, so nothing more can be done in it"):
        steer(either_store, "withdraw", reference, reason="Again.")


def test_a_crash_in_the_middle_of_a_move_leaves_nothing_behind(either_store: Store) -> None:
    reference = launched(either_store)
    before = counts(either_store)

    def crash() -> None:
        with either_store.transaction() as session:
            take_in(session, reference, SERIOUS_CASE_REVIEW[0])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        crash()
    assert counts(either_store) == before
    assert [stage.name for stage in view(either_store, reference).open_stages] == ["criteria-screening"]


def test_the_owner_is_the_business_manager_while_nobody_holds_the_role(store: Store) -> None:
    people = {"business-manager": launch_data()["people"]["business-manager"]}
    with store.transaction() as session:
        reference = launch_file(Act(session, None, NOW, TODAY), launch_data() | {"people": people}).reference

    take(store, reference, SERIOUS_CASE_REVIEW[0])

    assert [stage.owner_email for stage in view(store, reference).open_stages] == [MANAGER]


def test_two_agencies_of_one_name_are_refused_and_two_alike_are_kept_apart(store: Store) -> None:
    reference = launched(store)
    walked(store, reference, SERIOUS_CASE_REVIEW, until="terms-of-reference")
    twice = [{"name": "The Trust", "author_name": "Ann", "author_email": "ann@trust.example"}] * 2
    long = "Northern Healthcare National Health Service Foundation Trust, Children and Families"
    alike = [
        {"name": f"{long}, {part}", "author_name": part, "author_email": f"{part.lower()}@trust.example"}
        for part in ("North", "South")
    ]

    assert refusal(store, reference, "terms-of-reference", REVIEWER, TERMS | {"agencies": twice}, InputError) == (
        "agencies: ‘The Trust’ is named twice. Name each once, with one person who reports on it."
    )
    take(store, reference, Step("terms-of-reference", REVIEWER, TERMS | {"agencies": alike}))
    owners = {stage.title: stage.owner_email for stage in view(store, reference).open_stages if ":" in stage.name}
    assert owners == {
        f"Agency report ({long}, North)": "north@trust.example",
        f"Agency report ({long}, South)": "south@trust.example",
    }


def test_the_author_of_two_agencies_has_to_say_which_report_is_meant(store: Store) -> None:
    reference = launched(store)
    walked(store, reference, SERIOUS_CASE_REVIEW, until="terms-of-reference")
    agencies = [
        {"name": name, "author_name": "Ann", "author_email": "ann@trust.example"}
        for name in ("The Trust", "The Clinic")
    ]
    take(store, reference, Step("terms-of-reference", REVIEWER, TERMS | {"agencies": agencies}))

    assert refusal(store, reference, "agency-report", "ann@trust.example", AGENCY_REPORT, MoveRefused) == (
        "You have more than one ‘agency-report’ in LSCBN-SCR-2014-001. "
        "Name the one you mean: agency-report:the-clinic, agency-report:the-trust."
    )
    assert take(store, reference, Step("agency-report:the-clinic", "ann@trust.example", AGENCY_REPORT)).opened == ()


def test_what_the_calendar_ends_nobody_completes_or_extends(store: Store) -> None:
    reference = launched(store)
    walked(store, reference, SERIOUS_CASE_REVIEW)

    assert refusal(store, reference, "publication-period", MANAGER, {}, MoveRefused) == (
        "‘Report readily accessible on the website’ of LSCBN-SCR-2014-001 ends automatically on its last day. You "
        "do not need to do anything."
    )


def test_a_year_that_the_clock_cannot_count_in_is_refused_in_a_sentence(store: Store) -> None:
    reference = launched(store)
    walked(store, reference, SERIOUS_CASE_REVIEW, until="terms-of-reference")

    late = TERMS | {"agency_reports_due": "2140-01-01"}
    assert refusal(store, reference, "terms-of-reference", REVIEWER, late, InputError).startswith(
        "agency_reports_due: ‘2140-01-01’ is not between 1980 and 2090. Check the year."
    )
    with pytest.raises(InputError, match="‘2140-01-01’ is not between 1980 and 2090. Check the year."):
        steer(store, "extend", reference, "terms-of-reference", to=date(2140, 1, 1), reason="Late.")


def test_dates_follow_one_another(store: Store) -> None:
    reference = launched(store)
    walked(store, reference, SERIOUS_CASE_REVIEW, until="chair-decision")

    early = DECISION | {"decided_on": "2014-05-19"}
    assert refusal(store, reference, "chair-decision", CHAIR, early, InputError) == (
        "decided_on: ‘2014-05-19’ is before the panel met, on 2014-05-20. Give the day it happened."
    )
