"""What has failed waits before it is tried again, longer each time."""

from deployments.backoff import Backoff


def test_a_failure_waits_twice_as_long_as_the_one_before_up_to_a_minute() -> None:
    backoff, clock, found = Backoff(), 0.0, []
    for _ in range(8):
        backoff.failed("it", clock)
        found.append(backoff.wait_until["it"] - clock)
        clock = backoff.wait_until["it"]
    assert found == [1, 2, 4, 8, 16, 32, 60, 60]


def test_it_may_be_tried_again_when_its_wait_is_over_and_others_at_any_time() -> None:
    backoff = Backoff()
    backoff.failed("it", 10.0)
    assert [backoff.must_wait("it", 10.9), backoff.must_wait("it", 11.0), backoff.must_wait("another", 10.9)] == [
        True,
        False,
        False,
    ]


def test_success_forgets_the_failures() -> None:
    backoff = Backoff()
    backoff.failed("it", 0.0)
    backoff.succeeded("it")
    backoff.failed("it", 20.0)
    assert backoff.wait_until["it"] == 21.0
