"""A review's state, open work and next deadline never contradict each other."""

import pytest
from sqlalchemy import update

from casework.record.store import Store
from casework.reviews.case import REVIEW
from casework.views.review import review_view
from casework.views.standing import actions_owed, open_work, state_in_words
from dashboard.presenters.next_deadline import next_deadline
from models.vocabulary import ActionMove, ReviewState
from tests.casework.actions.acting import EVIDENCE, SINGLE, do, planned


@pytest.mark.parametrize(
    ("state", "actions", "words"),
    [
        (ReviewState.OPEN, 0, "Open"),
        (ReviewState.OPEN, 3, "Open"),
        (ReviewState.HELD, 3, "On hold"),
        (ReviewState.CLOSED, 0, "Closed"),
        (ReviewState.CLOSED, 1, "Closed, 1 action open"),
        (ReviewState.CONVERTED, 2, "Converted, 2 actions open"),
        (ReviewState.WITHDRAWN, 0, "Withdrawn"),
    ],
)
def test_the_state_says_what_is_still_owed_after_the_end(state: ReviewState, actions: int, words: str) -> None:
    assert state_in_words(state, actions) == words


@pytest.mark.parametrize(
    ("stages", "actions", "words"),
    [
        (2, 1, ""),
        (0, 0, "Nothing is open."),
        (0, 1, "No stage is open. 1 action is still open."),
        (0, 2, "No stage is open. 2 actions are still open."),
    ],
)
def test_nothing_is_open_only_where_nothing_is(stages: int, actions: int, words: str) -> None:
    assert open_work(stages, actions) == words


@pytest.mark.parametrize("state", list(ReviewState))
@pytest.mark.parametrize("evidenced", [False, True])
def test_lists_page_and_deadline_agree_in_every_state(
    either_store: Store, state: ReviewState, *, evidenced: bool
) -> None:
    reference = planned(either_store, SINGLE)
    if evidenced:
        do(either_store, reference, ActionMove.EVIDENCE, EVIDENCE)
    with either_store.engine.begin() as connection:
        connection.execute(update(REVIEW).values(state=state))

    with either_store.reading() as session:
        view, listed = review_view(session, reference), actions_owed(session, [reference])
    due = next_deadline(view, person_id=0)

    owed = 0 if state is ReviewState.WITHDRAWN else 1
    assert view.actions_owed == listed.get(reference, 0) == owed
    assert due is None or due.action is None or view.actions_owed
