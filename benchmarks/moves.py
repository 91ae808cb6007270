"""W1: launch reviews. W2: take each through its ten stages, one completion at a time, stage by stage."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.measure import report, timed
from benchmarks.ten_stages import BOARD, KEYS, NOW, OUTCOME, TODAY, TYPE, prepare, referral
from casework.moves.completing import complete_stage
from casework.moves.launching import launch
from casework.record.act import Act
from casework.record.store import Store
from models.people import Person


def run(home: Path, *, reviews: int, synchronous: str) -> None:
    """Measure both on an empty SQLite database in WAL with this setting of `synchronous`."""
    store, _, manager = prepare(home / synchronous, synchronous=synchronous)
    references: list[str] = []
    notes = f"SQLite WAL, synchronous {synchronous}, each its own commit"
    report("W1", timed(launches(store, manager, references, reviews)), notes=notes)
    report("W2", timed(completions(store, manager, references)), notes=notes)
    store.engine.dispose()


def launches(store: Store, manager: Person, references: list[str], reviews: int) -> list[Callable[[], None]]:
    """One launch an act."""
    asked = referral()

    def act() -> None:
        with store.transaction() as session:
            references.append(launch(Act(session, manager, NOW, TODAY), BOARD, TYPE, asked).reference)

    return [act] * reviews


def completions(store: Store, manager: Person, references: list[str]) -> list[Callable[[], None]]:
    """All reviews at stage 1, then all at stage 2, and so on, each loaded from the store."""

    def act(reference: str, key: str) -> None:
        with store.transaction() as session:
            complete_stage(Act(session, manager, NOW, TODAY), reference, key, OUTCOME)

    return [partial(act, reference, key) for key in KEYS for reference in references]
