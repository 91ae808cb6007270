"""`make bench`: every workload, one JSON line each. `python -m benchmarks W4 W5` runs only those."""

import sys
import tempfile
from pathlib import Path

from benchmarks import click_to_mail, delivery, forecasting, morning, moves, sweeps
from tests.postgresql import running_postgresql

REVIEWS = 1_000
SIZES = (10_000, 100_000)
ROUNDS = 100
CLICKS = 50
MESSAGES = 10_000


def main() -> None:
    """Measure on the disk that holds this checkout, not on a folder that may live in memory."""
    asked = {name.upper() for name in sys.argv[1:]} or {"W1", "W2", "W3", "W4", "W5", "W6", "W7", "W8"}
    with tempfile.TemporaryDirectory(dir=Path(__file__).parent.parent, prefix=".bench-") as folder:
        home = Path(folder)
        if asked & {"W5"}:
            click_to_mail.run(home, clicks=CLICKS)
        if asked & {"W8"}:  # these two first: they know the boards that are shipped, the others bring one of their own
            forecasting.run(home, reviews=SIZES[0], rounds=ROUNDS)
        if asked & {"W7"}:
            delivery.run(home, messages=MESSAGES)
            with running_postgresql(home) as new_database:
                delivery.run(home / "on-postgresql", messages=MESSAGES, database_url=new_database())
        if asked & {"W1", "W2"}:
            for synchronous in ("NORMAL", "FULL"):
                moves.run(home, reviews=REVIEWS, synchronous=synchronous)
        if asked & {"W3", "W4"}:
            for reviews in SIZES:
                sweeps.run(home, reviews=reviews, rounds=ROUNDS)
        if asked & {"W6"}:
            morning.run(home)


if __name__ == "__main__":
    main()
