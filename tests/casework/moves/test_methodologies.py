"""The methodologies: what each puts between the terms of reference and the report, what it takes, and changing it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import sqlmodel
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlmodel import SQLModel, col

from casework.moves.changing_methodology import add_reviewer, change_methodology
from casework.moves.steering import extend, hold
from casework.people.directory import find_person
from casework.record import journal
from casework.record.act import Act
from casework.record.settings import Settings
from casework.record.store import Store, open_store
from casework.reviews.case import Moved
from casework.views.review import find_review, review_view
from models.errors import InputError, MoveRefused, NotAllowed
from models.methodology import MethodologyChange
from models.notice import Notice, Occasion
from models.record import OutboxMessage
from models.review import Stage
from models.tables import id_of
from models.vocabulary import MessageState, Rung, Template
from tests.conformance.answers import choice_of
from tests.conformance.people import CHAIR, LEO, MANAGER, POLICE, SOCIAL_CARE
from tests.conformance.walk import Walker, launched
from tests.walking import NOW

SCR, CPR = "serious-case-review", "child-practice-review"
TRADITIONAL, LEARNING_TOGETHER = "traditional", "scie-learning-together"
SILP, ROOT_CAUSE = "significant-incident-learning-process", "root-cause-analysis"
REPORTS = [f"agency-report:{SOCIAL_CARE}", f"agency-report:{POLICE}"]
CHRONOLOGIES = [f"agency-chronology:{SOCIAL_CARE}", f"agency-chronology:{POLICE}"]
START = date(2014, 5, 6)


def at_the_terms(store: Store, methodology: str, method: Mapping[str, Any] | None = None, **others: Any) -> Walker:
    """A review whose terms of reference are open."""
    board, type_ = ("welsh-safeguarding-board", CPR) if methodology == CPR else ("northamptonshire", SCR)
    walker = launched(store, board, type_, start=START, methodology=methodology, method=method, **others)
    return walker.until("terms-of-reference")


def in_the_middle(store: Store, methodology: str = TRADITIONAL) -> Walker:
    """A review with two lead reviewers whose terms of reference have just been agreed."""
    walker = at_the_terms(store, methodology, reviewers=2)
    walker.complete("terms-of-reference")
    return walker


def change(walker: Walker, to: str, *, by: str = MANAGER, **said: Any) -> Moved:
    """Change the methodology on the record; from then on the answers are those of the new one."""
    after = replace(walker.setting, methodology=to, method={})
    with walker.store.transaction() as session:
        moved = change_methodology(
            Act(session, find_person(session, by), walker.now, walker.setting.day),
            walker.reference,
            choice_of(after) | said,
        )
    walker.setting = after
    return moved


def states(walker: Walker) -> dict[str, str]:
    with walker.store.reading() as session:
        return {stage.name: stage.state for stage in review_view(session, walker.reference).stages}


def outcomes(walker: Walker) -> dict[str, Any]:
    with walker.store.reading() as session:
        view = review_view(session, walker.reference)
        return {stage.name: stage.outcome for stage in view.stages if stage.outcome is not None}


def row_counts(store: Store) -> dict[str, int]:
    """How many rows each table has."""
    with store.reading() as session:
        return {
            table.name: session.connection().execute(select(func.count()).select_from(table)).scalar_one()
            for table in SQLModel.metadata.sorted_tables
        }


def verified(walker: Walker) -> int:
    """Verify the journal, and give its length."""
    with walker.store.reading() as session:
        return journal.verify(session, find_review(session, walker.reference))


@pytest.mark.parametrize(
    ("methodology", "method", "reviewers", "steps"),
    [
        # S004 3.5, left column: each organisation's own report, drawn together
        (TRADITIONAL, {}, 1, [*REPORTS, "combined-chronology", "practitioner-events"]),
        # S002 Appendix 2.2, S004 3.5, right column
        (LEARNING_TOGETHER, {}, 2, ["review-team", "conversations", "joint-meetings"]),
        (LEARNING_TOGETHER, {"learning_together": "speed-plus"}, 2, ["review-team", "conversations", "joint-meetings"]),
        # a one-day event, without individual conversations
        (LEARNING_TOGETHER, {"learning_together": "focused"}, 2, ["review-team", "joint-meetings"]),
        # S000 7.8.6, S002 Appendix 2.1
        (SILP, {}, 1, [*REPORTS, "learning-event", "draft-report", "recall-session"]),
        # S000 7.8.4, S002 Appendix 2.4
        (ROOT_CAUSE, {}, 1, [*REPORTS, "combined-chronology", "root-causes", "practitioner-events"]),
        # S000 7.8.7, S002 Appendix 2.5
        ("appreciative-inquiry", {}, 1, [*CHRONOLOGIES, "combined-chronology", "whole-system-session"]),
        # S002 Appendix 2.3
        (CPR, {}, 1, [*CHRONOLOGIES, "combined-chronology", "learning-event"]),
        (
            CPR,
            {"welsh_form": "extended"},
            2,
            [*CHRONOLOGIES, "combined-chronology", "learning-event", "statutory-duties"],
        ),
        # S004 Appendix One: various hybrid models, in the order of the table whatever the order chosen
        (
            "hybrid",
            {"steps": ["recall-session", "agency-report", "review-team"]},
            1,
            [*REPORTS, "review-team", "recall-session"],
        ),
        ("hybrid", {"steps": ["conversations"]}, 1, ["conversations"]),
    ],
)
def test_these_stages_lie_between_the_terms_of_reference_and_the_report(
    store: Store, methodology: str, method: dict[str, Any], reviewers: int, steps: list[str]
) -> None:
    walker = at_the_terms(store, methodology, method, reviewers=reviewers)
    walker.complete("terms-of-reference")
    before = len(walker.done)

    walker.until("report")

    beside_it = ("family-invitation", "national-panel")
    assert [each.stage for each in walker.done[before:] if each.stage not in beside_it] == steps


@pytest.mark.parametrize(
    "silent", ["what_was_going_on", "role_understood", "thinking_and_context", "influences", "tools"]
)
def test_the_significant_incident_learning_process_asks_all_five_questions(store: Store, silent: str) -> None:
    # S002 Appendix 2.1
    walker = at_the_terms(store, SILP)
    walker.complete("terms-of-reference")
    walker.until("learning-event")

    with pytest.raises(InputError, match=f"^{silent}: is empty. Significant Incident Learning Process .SILP. asks"):
        walker.complete("learning-event", **{silent: None})


def test_the_learning_event_of_a_child_practice_review_says_what_was_said(store: Store) -> None:
    # S002 Appendix 2.3: practitioner focused, and no question prescribed
    walker = at_the_terms(store, CPR)
    walker.complete("terms-of-reference")
    walker.until("learning-event")

    with pytest.raises(InputError, match="^heard: is empty"):
        walker.complete("learning-event", heard=None)
    walker.complete("learning-event", heard="Each saw a part.")


def test_the_family_is_invited_under_every_methodology(store: Store) -> None:
    for methodology in (TRADITIONAL, LEARNING_TOGETHER, SILP, ROOT_CAUSE, "appreciative-inquiry", "hybrid"):
        assert "family-invitation" in in_the_middle(store, methodology).open()


COSTS = "costs: is empty. {} costs money, because {}: say how much, and who pays."
REVIEWERS = (
    "methodology: {}, and 1 is appointed. Appoint another lead reviewer, or choose another methodology. Further lead "
    "reviewers are appointed from the review’s page."
)
BELONGS = "{0}: is only for ‘{1}’, and the methodology chosen is ‘{2}’. Leave it empty, or choose ‘{1}’."
TOGETHER = "SCIE Learning Together"
PLAIN = "Traditional, with individual management reviews (IMRs)"


@pytest.mark.parametrize(
    ("methodology", "reviewers", "said", "refusal"),
    [
        (
            LEARNING_TOGETHER,
            2,
            {"costs": None},
            COSTS.format(TOGETHER, "its lead reviewers must be accredited by SCIE"),
        ),
        (
            SILP,
            1,
            {"costs": None},
            COSTS.format("Significant Incident Learning Process (SILP)", "it is a registered trademark"),
        ),
        (
            LEARNING_TOGETHER,
            2,
            {"learning_together": None},
            "learning_together: is empty. Say which variant of Learning Together it is.",
        ),
        (
            LEARNING_TOGETHER,
            2,
            {"accreditation": None},
            "accreditation: is empty. SCIE must have accredited the lead reviewers: say how you checked.",
        ),
        (LEARNING_TOGETHER, 1, {}, REVIEWERS.format("SCIE Learning Together is led by two lead reviewers")),
        (
            CPR,
            1,
            {"welsh_form": None},
            "welsh_form: is empty. A child practice review is either concise or extended: say which.",
        ),
        (
            CPR,
            1,
            {"welsh_form": "extended"},
            REVIEWERS.format("An extended child practice review is undertaken by two reviewers"),
        ),
        (
            CPR,
            1,
            {"methodology": "traditional", "welsh_form": None},
            (
                f"methodology: ‘{PLAIN}’ is not the methodology of a child practice review. Choose ‘Child practice "
                "review’."
            ),
        ),
        ("hybrid", 1, {"steps": []}, "steps: is empty. A hybrid takes steps from several methods: say which steps."),
        (TRADITIONAL, 1, {"learning_together": "full"}, BELONGS.format("learning_together", TOGETHER, PLAIN)),
        (TRADITIONAL, 1, {"welsh_form": "concise"}, BELONGS.format("welsh_form", "Child practice review", PLAIN)),
        (TRADITIONAL, 1, {"steps": ["learning-event"]}, BELONGS.format("steps", "Hybrid", PLAIN)),
        (
            ROOT_CAUSE,
            1,
            {"overview_author": "Otto Overview"},
            BELONGS.format("overview_author", PLAIN, "Root cause analysis"),
        ),
    ],
)
def test_a_methodology_is_refused_without_what_it_takes_and_nothing_is_changed(
    store: Store, methodology: str, reviewers: int, said: dict[str, Any], refusal: str
) -> None:
    walker = at_the_terms(store, methodology, reviewers=reviewers)
    before = row_counts(store)

    with pytest.raises(InputError) as refused:
        walker.complete("terms-of-reference", **said)

    assert str(refused.value) == refusal
    assert row_counts(store) == before
    assert "terms-of-reference" in walker.open()


def test_learning_together_is_possible_once_a_second_reviewer_is_appointed(store: Store) -> None:
    walker = at_the_terms(store, LEARNING_TOGETHER, reviewers=1)

    with store.transaction() as session:
        manager = find_person(session, MANAGER)
        add_reviewer(Act(session, manager, walker.now, walker.setting.day), walker.reference, LEO)
    walker.complete("terms-of-reference")

    assert "review-team" in walker.open()
    assert walker.to_closure().state == "closed"


def test_a_change_ends_what_is_not_needed_any_more_and_opens_what_is(store: Store) -> None:
    walker = in_the_middle(store)
    walker.complete(REPORTS[0])

    moved = change(walker, LEARNING_TOGETHER)

    assert moved.opened == ("review-team",)
    after = states(walker)
    assert {name: after[name] for name in (*REPORTS, "family-invitation", "review-team")} == {
        REPORTS[0]: "closed",
        REPORTS[1]: "ended",
        "family-invitation": "open",
        "review-team": "open",
    }
    with store.reading() as session:
        kept = session.get_one(MethodologyChange, 1)
        entry = journal.entries(session, id_of(find_review(session, walker.reference)))[-1]
    assert (kept.before, kept.after, kept.number) == (TRADITIONAL, LEARNING_TOGETHER, 1)
    assert kept.choice["why_methodology"] == "It fits the scale of the case."
    assert (entry.verb, entry.note) == ("methodology changed", "It fits the scale of the case.")


def test_changed_back_nothing_recorded_is_lost_and_what_had_ended_is_owed_again(store: Store) -> None:
    walker = in_the_middle(store)
    walker.complete(REPORTS[0])
    recorded = outcomes(walker)
    change(walker, LEARNING_TOGETHER)
    walker.complete("review-team")
    recorded |= outcomes(walker)

    moved = change(walker, TRADITIONAL)

    assert moved.opened == (REPORTS[1],)
    after = states(walker)
    assert (after[REPORTS[0]], after[REPORTS[1]], after["review-team"], after["conversations"]) == (
        "closed",
        "open",
        "closed",
        "ended",
    )
    assert outcomes(walker) == recorded
    assert verified(walker) > 0
    walk = walker.to_closure()
    assert (walk.state, walk.findings) == ("closed", ((1, "recommendations"), (2, "recommendations")))
    assert [each.stage for each in walk.done].count(REPORTS[0]) == 1


def letters(walker: Walker, state: MessageState, about: Template = Template.STAGE_OPENED) -> list[str]:
    """The stages about which a letter is in this state: about their opening, or of another template."""
    with walker.store.reading() as session:
        opened = OutboxMessage.template == about, OutboxMessage.state == state
        found = session.exec(
            sqlmodel.select(Stage.name)
            .join(OutboxMessage, col(OutboxMessage.stage_id) == col(Stage.id))
            .where(Stage.review_id == find_review(session, walker.reference).id, *opened)
        )
        return sorted(found)


def test_changed_back_a_deadline_that_had_been_extended_is_still_the_later_one(store: Store) -> None:
    walker = in_the_middle(store)
    with store.transaction() as session:
        extend(
            Act(session, find_person(session, MANAGER), walker.now, walker.setting.day),
            walker.reference,
            REPORTS[1],
            to=date(2015, 3, 2),
            reason="Records are missing.",
        )
    before = deadline_of(walker, REPORTS[1])

    change(walker, "appreciative-inquiry")
    change(walker, TRADITIONAL)

    due_on, original, told_on = deadline_of(walker, REPORTS[1])
    assert (due_on, original) == before[:2]
    assert (due_on, date(2015, 3, 2) in told_on) == (date(2015, 3, 2), True)


def deadline_of(walker: Walker, name: str) -> tuple[date | None, date | None, list[date]]:
    """When a stage is due, when it was due first, and the days on which its owner hears of it."""
    with walker.store.reading() as session:
        review = find_review(session, walker.reference)
        stage = session.exec(sqlmodel.select(Stage).where(Stage.review_id == review.id, Stage.name == name)).one()
        told_on = session.exec(sqlmodel.select(col(Notice.on_day)).where(Notice.stage_id == stage.id)).all()
        return stage.due_on, stage.original_due_on, sorted(told_on)


def test_a_letter_about_a_stage_that_has_ended_is_not_sent(store: Store) -> None:
    walker = in_the_middle(store)

    change(walker, LEARNING_TOGETHER)

    assert [name for name in letters(walker, MessageState.QUEUED) if name in REPORTS] == []
    assert "review-team" in letters(walker, MessageState.QUEUED)
    assert letters(walker, MessageState.QUEUED, Template.STAGE_ENDED) == []  # who has heard nothing is told nothing


def test_a_reminder_of_an_earlier_version_keeps_no_stage_from_ending(store: Store) -> None:
    walker = in_the_middle(store)
    with store.transaction() as session:
        stage = session.exec(sqlmodel.select(Stage).where(Stage.name == REPORTS[0])).one()
        of: dict[str, Any] = {"person_id": stage.owner_id, "stage_id": stage.id}
        message = OutboxMessage(
            key="deadline", template=Template.REMINDERS, review_id=stage.review_id, queued_at=NOW, next_try_at=NOW, **of
        )
        session.add(message)
        session.flush()
        days: dict[str, Any] = {"due_on": date(2015, 3, 2), "on_day": date(2015, 2, 16)}
        session.add(Occasion(key="stage", message_id=id_of(message), rung=Rung.OWNER, **days, **of))

    change(walker, LEARNING_TOGETHER)

    assert [name for name in letters(walker, MessageState.QUEUED, Template.STAGE_OPENED) if name in REPORTS] == []


def accepted(walker: Walker) -> None:
    """Every letter so far has arrived."""
    with walker.store.transaction() as session:
        for message in session.exec(sqlmodel.select(OutboxMessage)):
            message.state = MessageState.ACCEPTED


def test_whoever_had_heard_of_a_stage_hears_that_it_is_not_needed_any_more(store: Store) -> None:
    walker = in_the_middle(store)
    accepted(walker)

    change(walker, LEARNING_TOGETHER)
    assert letters(walker, MessageState.QUEUED, Template.STAGE_ENDED) == sorted(REPORTS)

    change(walker, TRADITIONAL)
    assert letters(walker, MessageState.QUEUED, Template.STAGE_ENDED) == []


def test_whoever_owes_a_stage_again_hears_of_it_again(store: Store) -> None:
    walker = in_the_middle(store)
    accepted(walker)
    change(walker, LEARNING_TOGETHER)

    change(walker, TRADITIONAL)

    assert [name for name in letters(walker, MessageState.QUEUED) if name in REPORTS] == sorted(REPORTS)


def test_what_was_recorded_counts_where_the_new_methodology_takes_the_same_step(store: Store) -> None:
    walker = in_the_middle(store)
    for report in REPORTS:
        walker.complete(report)
    walker.complete("combined-chronology")

    assert change(walker, ROOT_CAUSE).opened == ("root-causes",)
    assert states(walker)["practitioner-events"] == "ended"  # it waits for the root causes now
    walker.complete("root-causes")
    assert "practitioner-events" in walker.open()
    assert walker.to_closure().state == "closed"


def test_the_report_waits_again_when_the_new_methodology_has_steps_to_take(store: Store) -> None:
    walker = in_the_middle(store).until("report")

    assert change(walker, SILP).opened == ("learning-event",)

    assert states(walker)["report"] == "ended"
    assert walker.to_closure().state == "closed"


def test_changing_needs_a_reason_costs_and_reviewers_as_choosing_does(store: Store) -> None:
    walker = at_the_terms(store, TRADITIONAL, reviewers=1)
    walker.complete("terms-of-reference")
    before = row_counts(store)

    for said, refusal in (
        ({"why_methodology": ""}, "why_methodology"),
        ({"costs": None}, COSTS.format(TOGETHER, "its lead reviewers must be accredited by SCIE")),
        ({}, REVIEWERS.format("SCIE Learning Together is led by two lead reviewers")),
    ):
        with pytest.raises(InputError) as refused:
            change(walker, LEARNING_TOGETHER, **said)
        assert str(refused.value).startswith(refusal)
    assert row_counts(store) == before


def test_a_review_on_hold_goes_on_as_it_is(store: Store) -> None:
    walker = in_the_middle(store)
    with store.transaction() as session:
        hold(
            Act(session, find_person(session, MANAGER), walker.now, walker.setting.day),
            walker.reference,
            reason="A trial.",
            until=None,
        )

    with pytest.raises(MoveRefused, match=f"{walker.reference} is on hold. Resume it first"):
        change(walker, LEARNING_TOGETHER)


def test_only_between_the_terms_of_reference_and_the_report_can_it_be_changed_and_only_by_who_steers(
    store: Store,
) -> None:
    walker = at_the_terms(store, TRADITIONAL, reviewers=2)
    with pytest.raises(MoveRefused) as early:
        change(walker, SILP)
    assert str(early.value) == (
        f"{walker.reference} has no methodology yet: it is chosen in the terms of reference. Complete those first."
    )
    walker.complete("terms-of-reference")
    with pytest.raises(NotAllowed):
        change(walker, SILP, by=LEO["email"])
    change(walker, SILP, by=CHAIR)
    walker.until("report").complete("report")
    with pytest.raises(MoveRefused) as late:
        change(walker, TRADITIONAL)
    assert str(late.value) == f"The report of {walker.reference} is finished. Its methodology can no longer be changed."


MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("complete"), st.integers(0, 5)),
        st.tuples(
            st.just("change"),
            st.sampled_from(
                [
                    TRADITIONAL,
                    LEARNING_TOGETHER,
                    SILP,
                    ROOT_CAUSE,
                    "appreciative-inquiry",
                    "hybrid",
                ]
            ),
        ),
    ),
    max_size=12,
)


@pytest.fixture(scope="module")
def one_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One store for all examples, each of which launches a review of its own."""
    opened = open_store(Settings(home=tmp_path_factory.mktemp("methods") / "home"), synchronous="OFF")
    yield opened
    opened.engine.dispose()


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(moves=MOVES)
def test_however_the_methodology_is_changed_on_the_way_the_review_reaches_its_closure(
    one_store: Store, moves: list[tuple[str, Any]]
) -> None:
    walker = in_the_middle(one_store)
    for kind, which in moves:
        recorded = outcomes(walker)
        take(walker, kind, which)
        assert recorded.items() <= outcomes(walker).items()

    walk = walker.to_closure()

    assert (walk.state, walk.actions) == ("closed", ((1, "closed"), (2, "closed")))


def take(walker: Walker, kind: str, which: Any) -> None:
    """One move of a random sequence; a change is refused once the report is finished."""
    if kind == "complete":
        names = walker.open()
        walker.complete(names[which % len(names)]) if names else None
        return
    if states(walker).get("report") == "closed":
        with pytest.raises(MoveRefused, match="Its methodology can no longer be changed"):
            change(walker, which)
    else:
        change(walker, which)
