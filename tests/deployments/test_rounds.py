"""Rounds that were missed are made up for, once."""

from datetime import UTC, datetime, time

import pytest

from casework.notices import beat
from casework.store import Store
from deployments.rounds import last_time, missed

DAILY = {"remind": time(7, 0)}


@pytest.mark.parametrize(
    ("instant", "last"),
    [
        (datetime(2026, 1, 12, 7, 0, tzinfo=UTC), datetime(2026, 1, 12, 7, 0, tzinfo=UTC)),
        (datetime(2026, 1, 12, 6, 59, tzinfo=UTC), datetime(2026, 1, 11, 7, 0, tzinfo=UTC)),
        (datetime(2026, 7, 13, 6, 0, tzinfo=UTC), datetime(2026, 7, 13, 6, 0, tzinfo=UTC)),
        (datetime(2026, 3, 29, 5, 0, tzinfo=UTC), datetime(2026, 3, 28, 7, 0, tzinfo=UTC)),
    ],
    ids=["Monday at seven", "a minute before", "in summer it is six in UTC", "the Sunday the clocks go forward"],
)
def test_seven_o_clock_is_seven_in_london(instant: datetime, last: datetime) -> None:
    assert last_time(time(7, 0), instant) == last


@pytest.mark.parametrize(
    ("done_at", "instant", "expected"),
    [
        (None, datetime(2026, 1, 12, 3, 0, tzinfo=UTC), ["remind"]),
        (datetime(2026, 1, 11, 7, 0, 2, tzinfo=UTC), datetime(2026, 1, 12, 6, 59, tzinfo=UTC), []),
        (datetime(2026, 1, 11, 7, 0, 2, tzinfo=UTC), datetime(2026, 1, 12, 7, 5, tzinfo=UTC), []),
        (datetime(2026, 1, 11, 7, 0, 2, tzinfo=UTC), datetime(2026, 1, 12, 7, 15, tzinfo=UTC), ["remind"]),
        (datetime(2026, 1, 12, 7, 0, 2, tzinfo=UTC), datetime(2026, 1, 12, 7, 15, tzinfo=UTC), []),
        (datetime(2026, 1, 9, 7, 0, 2, tzinfo=UTC), datetime(2026, 1, 12, 6, 0, tzinfo=UTC), ["remind"]),
    ],
    ids=[
        "never done", "not due yet", "just due: left to the schedule", "overdue", "done", "not running for days",
    ],
)  # fmt: skip
def test_a_daily_round_is_missed_when_it_was_not_done_the_last_time_it_was_due(
    store: Store, done_at: datetime | None, instant: datetime, expected: list[str]
) -> None:
    if done_at is not None:
        with store.transaction() as session:
            beat(session, "remind", done_at, "")

    with store.reading() as session:
        assert missed(session, DAILY, instant) == expected
