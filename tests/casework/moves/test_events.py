"""What a move tells Prefect: every stage that opens, closes or ends, in the transaction of the move, once."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import col, select

from casework.documents.work import work_of
from casework.moves import steering
from casework.moves.publication_period import end_periods
from casework.people.directory import find_person
from casework.record.act import Act
from casework.record.store import Store
from models.record import Work
from models.review import Review, Stage
from models.vocabulary import StageState
from tests.casework.moves.test_conversions import converted, decided_for
from tests.casework.moves.test_methodologies import LEARNING_TOGETHER, TRADITIONAL, change, in_the_middle
from tests.flows.reading import documents_of
from tests.walking import MANAGER, NOW, SERIOUS_CASE_REVIEW, TODAY, launched, take, walked

LEFT_BY: dict[StageState, set[tuple[str, ...]]] = {
    StageState.OPEN: {("opened",), ("opened", "ended", "reopened")},
    StageState.CLOSED: {
        ("closed",),
        ("carried-over",),
        ("opened", "closed"),
        ("opened", "ended", "reopened", "closed"),
    },
    StageState.ENDED: {("opened", "ended")},
    StageState.COMING: {()},  # an outer date is no stage that Prefect has to show as open
}


def events(store: Store, reference: str) -> list[str]:
    """What is pending of a review, by the names that Prefect shows."""
    with store.reading() as session:
        return [str(item) for item in work_of(session, reference)]


def untold(store: Store) -> list[tuple[str, str, tuple[str, ...]]]:
    """The stages whose state is not what the events told of them come to."""
    with store.reading() as session:
        stages = session.exec(select(Stage)).all()
        told = {
            stage.id: tuple(
                session.exec(select(Work.kind).where(Work.stage_id == stage.id).order_by(col(Work.id))).all()
            )
            for stage in stages
        }
    return [(one.name, one.state, told[one.id]) for one in stages if told[one.id] not in LEFT_BY[one.state]]


def test_a_whole_review_tells_of_every_stage_that_opened_and_closed(either_store: Store) -> None:
    reference = launched(either_store)
    walked(either_store, reference, SERIOUS_CASE_REVIEW)
    end_periods(either_store, today=date(2015, 12, 1) + timedelta(days=1), now=NOW)

    assert untold(either_store) == []
    assert Counter(name.partition(": ")[2].partition(" (")[0] for name in events(either_store, reference)) == {
        "opened": len(SERIOUS_CASE_REVIEW) + 1,  # the time on the website opens, and ends, of itself
        "closed": len(SERIOUS_CASE_REVIEW) + 2,  # the launch closes the referral
    }
    assert "agency-report: opened (2 of 2)" in events(either_store, reference)
    assert events(either_store, reference)[-1] == "publication-period: closed"


def test_a_review_that_is_withdrawn_tells_that_its_stages_have_ended(store: Store) -> None:
    reference = launched(store)
    with store.transaction() as session:
        by = find_person(session, MANAGER)
        steering.withdraw(Act(session, by, NOW, TODAY), reference, reason="Sent in error.")

    assert events(store, reference) == ["referral: closed", "criteria-screening: opened", "criteria-screening: ended"]


def test_a_hold_and_a_moved_deadline_are_told_each_time(store: Store) -> None:
    reference = launched(store)
    for day in (date(2021, 5, 4), date(2021, 6, 1)):
        with store.transaction() as session:
            by = find_person(session, MANAGER)
            act = Act(session, by, NOW, TODAY)
            steering.extend(act, reference, "criteria-screening", to=day, reason="It is late.", sure=True)
            steering.hold(act, reference, reason="A trial.", until=None)
            steering.resume(act, reference)

    told = ["criteria-screening: deadline moved", "review: held", "review: resumed"]
    assert events(store, reference) == ["referral: closed", "criteria-screening: opened", *told, *told]


@pytest.mark.parametrize("how", ["decided", "converted"])
def test_what_a_review_takes_over_from_another_is_told_and_its_documents_are_not_made_again(
    store: Store, how: str
) -> None:
    if how == "decided":
        walker, began = decided_for(store, "practice-learning-review")
        reference = walker.reference
    else:
        walker = in_the_middle(store)
        began, reference = walker.reference, converted(walker, "practice-learning-review")

    assert untold(store) == []
    assert "panel-recommendation: carried over" in events(store, reference)
    assert events(store, began)[-1] != "chair-decision: closed" or how == "decided"
    with store.reading() as session:
        new = session.exec(select(Review).where(Review.reference == reference)).one()
        assert documents_of(session, new) == []


def test_a_stage_that_opens_again_drafts_nothing_twice(store: Store) -> None:
    walker = in_the_middle(store)
    with store.reading() as session:
        review = session.exec(select(Review).where(Review.reference == walker.reference)).one()
        once = documents_of(session, review)

    change(walker, LEARNING_TOGETHER)
    change(walker, TRADITIONAL)

    told = events(store, walker.reference)
    assert sorted(name for name in told if name.startswith("agency-report")) == [
        f"agency-report: {what} ({number} of 2)" for what in ("ended", "opened", "opened again") for number in (1, 2)
    ]
    with store.reading() as session:
        assert documents_of(session, review) == once
    assert untold(store) == []


def test_the_events_of_a_move_are_written_together(store: Store) -> None:
    reference = launched(store)
    run: list[str] = []

    def listen(connection: Any, *_: object) -> None:
        connection.set_trace_callback(run.append)  # sees prepared statements too, and each row of a statement for many

    event.listen(store.engine, "checkout", listen)
    take(store, reference, SERIOUS_CASE_REVIEW[0])

    places = [place for place, statement in enumerate(run) if statement.startswith("INSERT INTO work")]
    assert places == [places[0], places[0] + 1]
