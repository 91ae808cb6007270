"""What is unusual about the time of a meeting: said to the person who arranges it, never refused."""

from collections.abc import Iterator
from datetime import date, time

from casework.clock import england_and_wales
from casework.clock.wording import clock_time

EARLIEST, LATEST = time(8), time(18)  # outside these, a slip of the pen is likelier than a meeting


def unusual_times(on_day: date, begins: time, ends: time) -> Iterator[str]:
    """One sentence for each thing that may be a slip."""
    if closed := england_and_wales().why_closed(on_day):
        yield f"It is on {with_article(closed)}: not a working day."
    if begins < EARLIEST:
        yield f"It begins at {clock_time(begins)}, before the working day begins."
    if ends > LATEST:
        yield f"It ends at {clock_time(ends)}, after the working day ends."


def with_article(closed: str) -> str:
    """ "a Saturday", "Good Friday"."""
    return f"a {closed}" if closed in ("Saturday", "Sunday") else closed
