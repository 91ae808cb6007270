"""When the rounds of the calendar are due, and which silence is trouble."""

from datetime import UTC, datetime, time, timedelta

import pytest

from casework.outbox.rounds import ROUNDS, WORKER, Round, last_time, missed_rounds, silent_rounds, worker_is_silent

MONDAY = datetime(2026, 1, 12, 9, 0, tzinfo=UTC)


def beats(at: datetime, **others: datetime) -> dict[str, datetime]:
    """Every round made at one moment, but some at others."""
    return {one.name: at for one in ROUNDS} | {name.replace("_", "-"): moment for name, moment in others.items()}


def names(rounds: list[Round]) -> list[str]:
    return [one.name for one in rounds]


@pytest.mark.parametrize(
    ("instant", "last"),
    [
        (datetime(2026, 1, 12, 7, 0, tzinfo=UTC), datetime(2026, 1, 12, 7, 0, tzinfo=UTC)),
        (datetime(2026, 1, 12, 6, 59, tzinfo=UTC), datetime(2026, 1, 11, 7, 0, tzinfo=UTC)),
        (datetime(2026, 7, 13, 6, 0, tzinfo=UTC), datetime(2026, 7, 13, 6, 0, tzinfo=UTC)),
        (datetime(2026, 3, 29, 5, 0, tzinfo=UTC), datetime(2026, 3, 28, 7, 0, tzinfo=UTC)),
        (datetime(2027, 3, 28, 6, 0, tzinfo=UTC), datetime(2027, 3, 28, 6, 0, tzinfo=UTC)),
        (datetime(2027, 10, 31, 6, 59, tzinfo=UTC), datetime(2027, 10, 30, 6, 0, tzinfo=UTC)),
        (datetime(2027, 10, 31, 7, 0, tzinfo=UTC), datetime(2027, 10, 31, 7, 0, tzinfo=UTC)),
    ],
    ids=[
        "Monday at seven",
        "a minute before",
        "in summer it is six in UTC",
        "the Sunday the clocks go forward",
        "that Sunday at seven",
        "the Sunday the clocks go back",
        "that Sunday at seven, which is later in UTC",
    ],
)
def test_seven_o_clock_is_seven_in_london(instant: datetime, last: datetime) -> None:
    assert last_time(time(7, 0), instant) == last


def test_a_round_that_was_never_made_is_missed() -> None:
    assert names(missed_rounds({}, MONDAY)) == ["end-publication", "remind", "escalate", "digest", "deliver"]


def test_a_round_is_missed_from_the_moment_it_is_due_until_it_is_made() -> None:
    at_half_past_six = MONDAY.replace(hour=6, minute=30)
    done = beats(at_half_past_six, remind=at_half_past_six - timedelta(days=1))

    found = [
        names(missed_rounds(done, at_half_past_six - timedelta(seconds=1))),
        names(missed_rounds(done, at_half_past_six)),
        names(missed_rounds(done | {"remind": at_half_past_six}, at_half_past_six)),
    ]

    assert found == [[], ["remind"], []]


@pytest.mark.parametrize(
    ("made", "now", "expected"),
    [
        (MONDAY.replace(hour=6, minute=31), MONDAY, []),
        (MONDAY - timedelta(days=1), MONDAY.replace(hour=6, minute=59), []),
        (MONDAY - timedelta(days=1), MONDAY.replace(hour=7, minute=0), ["remind"]),
        (MONDAY - timedelta(days=4), MONDAY.replace(hour=3), ["remind"]),
        (datetime(2026, 7, 13, 5, 29, tzinfo=UTC), datetime(2026, 7, 13, 6, 0, tzinfo=UTC), ["remind"]),
        (datetime(2026, 7, 13, 5, 30, tzinfo=UTC), datetime(2026, 7, 13, 6, 0, tzinfo=UTC), []),
    ],
    ids=[
        "made this morning",
        "due, and time is left",
        "half an hour late",
        "silent over the weekend",
        "late in summer",
        "made in summer",
    ],
)
def test_a_daily_round_is_silent_half_an_hour_after_it_was_due(
    made: datetime, now: datetime, expected: list[str]
) -> None:
    assert names(silent_rounds(beats(now, remind=made), now)) == expected


def test_delivery_is_silent_after_ten_minutes_and_the_worker_after_five() -> None:
    waits = [timedelta(minutes=4), timedelta(minutes=6), timedelta(minutes=12)]
    found = [
        (
            names(silent_rounds(beats(MONDAY, deliver=MONDAY - wait), MONDAY)),
            worker_is_silent({WORKER: MONDAY - wait}, MONDAY),
        )
        for wait in waits
    ]

    assert found == [([], False), ([], True), (["deliver"], True)]
    assert worker_is_silent({}, MONDAY)
