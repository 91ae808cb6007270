"""What fails rests, longer each time."""

from deployments.rests import Rests


def test_a_failure_rests_twice_as_long_as_the_one_before_up_to_a_minute() -> None:
    rests, clock, found = Rests(), 0.0, []
    for _ in range(8):
        rests.failed("it", clock)
        found.append(rests.until["it"] - clock)
        clock = rests.until["it"]
    assert found == [1, 2, 4, 8, 16, 32, 60, 60]


def test_it_may_be_tried_again_when_its_rest_is_over_and_others_at_any_time() -> None:
    rests = Rests()
    rests.failed("it", 10.0)
    assert [rests.resting("it", 10.9), rests.resting("it", 11.0), rests.resting("another", 10.9)] == [
        True,
        False,
        False,
    ]


def test_success_forgets_the_failures() -> None:
    rests = Rests()
    rests.failed("it", 0.0)
    rests.succeeded("it")
    rests.failed("it", 20.0)
    assert rests.until["it"] == 21.0
