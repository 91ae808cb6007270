"""When a message that a mail server did not take is tried again, and how often at most."""

from datetime import timedelta

MINUTES_TO_WAIT = (1, 2, 5, 15, 30, 60, 120, 240, 480)  # after the first try, the second ...; then 480 again
TRIES = 17  # which takes three days


def wait_after(tries: int) -> timedelta:
    """How long a message waits after its first, second ... try."""
    return timedelta(minutes=MINUTES_TO_WAIT[min(tries, len(MINUTES_TO_WAIT)) - 1])
