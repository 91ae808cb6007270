"""Letting rest what just failed, or was done again and again, for longer each time."""

from dataclasses import dataclass, field

LONGEST_REST = 60.0  # seconds
IN_A_ROW = 2.0  # seconds: begun again this soon, a thing is being done over and over
FREE_OF_CHARGE = 4  # times in a row without a rest: people do press several buttons one after another


@dataclass
class Rests:
    """What is not to be tried before when; `clock` readings are seconds that only grow."""

    until: dict[str, float] = field(default_factory=dict)
    failures: dict[str, int] = field(default_factory=dict)
    repeats: dict[str, int] = field(default_factory=dict)

    def failed(self, what: str, clock: float) -> None:
        """Rest a second, then two, then four, up to a minute."""
        self.failures[what] = self.failures.get(what, 0) + 1
        self.rest(what, clock, self.failures[what])

    def succeeded(self, what: str, clock: float) -> None:
        """Forget earlier failures; rest only what is asked for in an endless row, as if nothing had been done."""
        self.failures.pop(what, None)
        in_a_row = clock - self.until.get(what, float("-inf")) < IN_A_ROW
        self.repeats[what] = self.repeats.get(what, 0) + 1 if in_a_row else 0
        self.rest(what, clock, self.repeats[what] - FREE_OF_CHARGE)

    def rest(self, what: str, clock: float, times: int) -> None:
        """Set the time before which it is too early."""
        self.until[what] = clock + (min(2.0 ** (times - 1), LONGEST_REST) if times > 0 else 0.0)

    def resting(self, what: str, clock: float) -> bool:
        """Whether it is too early to try again."""
        return self.until.get(what, 0.0) > clock
