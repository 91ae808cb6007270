"""Parallel processes of a review, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from casework.clock.wording import day
from casework.registers.parallel import is_silent
from models.parallel import ParallelProcess
from models.review import Hold


@dataclass(frozen=True)
class Process:
    """A parallel process: what is known of it, what may not be disclosed now, and whether the review waits for it."""

    number: int
    title: str
    is_over: bool
    facts: tuple[tuple[str, str], ...]
    warning: str
    holds_up: bool

    @property
    def suggests_resuming(self) -> bool:
        """Whether the review is still on hold for something that is over."""
        return self.is_over and self.holds_up


def processes_in_words(found: Sequence[ParallelProcess], holds: Sequence[Hold], today: date) -> tuple[Process, ...]:
    """All of them, in the order in which they were linked."""
    waits_for = {hold.process_id for hold in holds if hold.resumed_on is None}
    return tuple(
        Process(
            each.number,
            each.kind.label,
            each.ended_on is not None,
            facts(each),
            warning(each, today),
            each.id in waits_for,
        )
        for each in found
    )


def facts(found: ParallelProcess) -> tuple[tuple[str, str], ...]:
    """What is known of a process, without what is not."""
    lines = (
        ("Its reference", found.their_reference or ""),
        ("Who to contact", found.contact or ""),
        ("Began on", day(found.began_on)),
        ("Expected to end on", day(found.expected_end)),
        ("Ended on", day(found.ended_on)),
        ("Not to be disclosed", found.not_to_disclose or ""),
        ("It may be disclosed from", day(found.not_disclosed_until)),
    )
    return tuple((label, text) for label, text in lines if text)


def warning(found: ParallelProcess, today: date) -> str:
    """What may not be disclosed now, because of which process and until when; nothing where all of it may be."""
    if not found.not_to_disclose or not is_silent(found, today):
        return ""
    until = f"until {day(found.not_disclosed_until)}" if found.not_disclosed_until else "until it has ended"
    return f"Because of the {found.kind.label.lower()} this may not be disclosed {until}:\n{found.not_to_disclose}"
