"""Letting rest what just failed, for longer each time."""

from dataclasses import dataclass, field

LONGEST_REST = 60.0  # seconds


@dataclass
class Rests:
    """What is not to be tried before when; `clock` readings are seconds that only grow."""

    until: dict[str, float] = field(default_factory=dict)
    failures: dict[str, int] = field(default_factory=dict)

    def failed(self, what: str, clock: float) -> None:
        """Rest a second, then two, then four, up to a minute."""
        times = self.failures[what] = self.failures.get(what, 0) + 1
        self.until[what] = clock + min(2.0 ** (times - 1), LONGEST_REST)

    def succeeded(self, what: str) -> None:
        """Forget earlier failures."""
        self.until.pop(what, None)
        self.failures.pop(what, None)

    def resting(self, what: str, clock: float) -> bool:
        """Whether it is too early to try again."""
        return self.until.get(what, 0.0) > clock
