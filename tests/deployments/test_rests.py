"""What fails rests, longer each time; what is asked for over and over does too."""

from deployments.rests import Rests


def rests_after_failures(times: int) -> list[float]:
    rests, clock, found = Rests(), 0.0, []
    for _ in range(times):
        rests.failed("it", clock)
        found.append(rests.until["it"] - clock)
        clock = rests.until["it"]
    return found


def test_a_failure_rests_twice_as_long_as_the_one_before_up_to_a_minute() -> None:
    assert rests_after_failures(8) == [1, 2, 4, 8, 16, 32, 60, 60]


def test_success_forgets_the_failures() -> None:
    rests = Rests()
    rests.failed("it", 0.0)
    rests.succeeded("it", 10.0)
    rests.failed("it", 20.0)
    assert rests.until["it"] == 21.0


def test_a_few_wakes_in_a_row_cost_no_rest() -> None:
    rests = Rests()
    for clock in (0.0, 0.5, 1.0, 1.5, 2.0):
        rests.succeeded("it", clock)
        assert not rests.resting("it", clock)


def test_what_is_woken_in_an_endless_row_rests_longer_and_longer() -> None:
    rests, clock, found = Rests(), 0.0, []
    for _ in range(9):
        rests.succeeded("it", clock)
        found.append(rests.until["it"] - clock)
        clock = rests.until["it"] + 0.5
    assert found == [0, 0, 0, 0, 0, 1, 2, 4, 8]


def test_a_quiet_while_ends_the_row() -> None:
    rests = Rests()
    for clock in (0.0, 0.5, 1.0, 1.5, 2.0, 10.0):
        rests.succeeded("it", clock)
    assert not rests.resting("it", 10.0)
