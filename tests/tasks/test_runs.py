"""One worker at a time carries a review, and a dead one does not keep it."""

import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta

from sqlmodel import select

from casework.record.store import Store
from casework.record.workers import this_worker
from models.record import Run
from models.review import Review, Stage
from models.tables import id_of
from models.vocabulary import ReviewState, StageState
from tasks.runs import (
    CLAIM_HOLDS_FOR,
    ReviewToRun,
    claim_run,
    ended_but_waiting,
    left_by_dead_workers,
    record_run,
    release_claim,
    renew_claims,
)
from tests.walking import launched

NOW = datetime(2026, 1, 12, 9, 0, tzinfo=UTC)
ELSEWHERE, THIRD = "another-machine:1:a", "a-third-machine:1:b"


def review_in(store: Store) -> ReviewToRun:
    reference = launched(store)
    with store.reading() as session:
        review = session.exec(select(Review).where(Review.reference == reference)).one()
        return ReviewToRun(id_of(review), review.reference, review.type)


def try_claim(store: Store, worker: str, now: datetime = NOW) -> str | None:
    with store.transaction() as session:
        return claim_run(session, 1, worker=worker, now=now)


def test_a_run_that_one_worker_executes_is_not_given_to_another(either_store: Store) -> None:
    review_in(either_store)
    assert [try_claim(either_store, ELSEWHERE), try_claim(either_store, THIRD)] == ["", None]


def test_a_run_given_back_is_given_to_the_next_who_asks_and_is_the_same_run(either_store: Store) -> None:
    review_in(either_store)
    try_claim(either_store, ELSEWHERE)
    with either_store.transaction() as session:
        record_run(session, 1, "the-run")
        release_claim(session, 1, worker=ELSEWHERE, ended=False)

    assert try_claim(either_store, THIRD) == "the-run"


def test_a_run_that_has_ended_leaves_nothing(either_store: Store) -> None:
    review_in(either_store)
    try_claim(either_store, ELSEWHERE)
    with either_store.transaction() as session:
        release_claim(session, 1, worker=ELSEWHERE, ended=True)

    with either_store.reading() as session:
        assert session.exec(select(Run)).all() == []


def test_whoever_stops_vouching_loses_the_run(store: Store) -> None:
    review = review_in(store)
    try_claim(store, ELSEWHERE)
    later = NOW + CLAIM_HOLDS_FOR

    with store.reading() as session:
        before, after = (
            left_by_dead_workers(session, later - timedelta(seconds=1)),
            left_by_dead_workers(session, later),
        )
    assert (before, after) == ([], [review])
    assert try_claim(store, THIRD, later) == ""


def test_vouching_keeps_the_run(store: Store) -> None:
    review_in(store)
    try_claim(store, ELSEWHERE)
    with store.transaction() as session:
        renew_claims(session, [1], worker=ELSEWHERE, now=NOW + CLAIM_HOLDS_FOR / 2)

    assert try_claim(store, THIRD, NOW + CLAIM_HOLDS_FOR) is None


def test_a_worker_that_died_on_this_machine_loses_the_run_at_once(store: Store) -> None:
    review = review_in(store)
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    try_claim(store, f"{socket.gethostname()[:40]}:{dead.pid}:abc123")

    with store.reading() as session:
        assert left_by_dead_workers(session, NOW) == [review]


def test_a_living_worker_of_this_machine_keeps_it(store: Store) -> None:
    review_in(store)
    try_claim(store, this_worker())
    with store.reading() as session:
        assert left_by_dead_workers(session, NOW) == []


def test_a_run_outlives_its_review_only_until_nothing_is_owed(store: Store) -> None:
    review = review_in(store)
    try_claim(store, ELSEWHERE)
    found = []
    for state, stages in ((ReviewState.OPEN, None), (ReviewState.CONVERTED, None), (ReviewState.CONVERTED, "ended")):
        with store.transaction() as session:
            session.exec(select(Review)).one().state = state
            for stage in session.exec(select(Stage)).all() if stages else []:
                stage.state = StageState.ENDED
        with store.reading() as session:
            found.append(ended_but_waiting(session))
    assert found == [[], [], [review]]
