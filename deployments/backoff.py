"""How long to wait before what has just failed is tried again: longer each time."""

from dataclasses import dataclass, field

LONGEST_WAIT = 60.0  # seconds


@dataclass
class Backoff:
    """When each job may be tried again; `clock` readings are seconds that only grow."""

    wait_until: dict[str, float] = field(default_factory=dict)
    failures: dict[str, int] = field(default_factory=dict)

    def failed(self, job: str, clock: float) -> None:
        """Wait a second, then two, then four, up to a minute."""
        times = self.failures[job] = self.failures.get(job, 0) + 1
        self.wait_until[job] = clock + min(2.0 ** (times - 1), LONGEST_WAIT)

    def succeeded(self, job: str) -> None:
        """Forget earlier failures."""
        self.wait_until.pop(job, None)
        self.failures.pop(job, None)

    def must_wait(self, job: str, clock: float) -> bool:
        """Whether it is too early to try again."""
        return self.wait_until.get(job, 0.0) > clock
