"""W6: a morning's rounds over many open reviews and actions of thousands of people, to one e-mail a person."""

import multiprocessing
import random
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from sqlalchemy import func, insert, select

from benchmarks.measure import report
from benchmarks.sweeps import action, days_around, review, stage
from benchmarks.ten_stages import BOARD, KEYS, NOW, TODAY, TYPE, prepare, ten_stages
from casework.framework.pipelines import PIPELINES
from casework.framework.profiles import board
from casework.framework.reminder_schedule import planned_days
from casework.record.settings import Settings
from casework.record.store import Store, open_store
from casework.reminders.rounds import escalate, remind
from models.notice import Notice, Occasion
from models.people import Person
from models.record import OutboxMessage
from models.review import Action, Review, Stage
from models.tables import id_of, table_of

REVIEWS, ACTIONS, PEOPLE = 10_000, 100_000, 5_000
DUE_TODAY = 50  # one in fifty


def run(home: Path) -> None:
    """Fill an empty database, and make both rounds of the morning in a process of its own: so is its memory."""
    store, settings, manager = prepare(home / "morning", synchronous="FULL")
    fill(store, manager)
    store.engine.dispose()
    apart = multiprocessing.get_context("spawn").Process(target=measure, args=(settings,))
    apart.start()
    apart.join()
    if apart.exitcode:
        raise RuntimeError(f"The rounds of the morning ended with {apart.exitcode}.")


def measure(settings: Settings) -> None:
    """The rounds of one morning; the memory is the most that the process ever held."""
    PIPELINES[TYPE] = ten_stages()
    store = open_store(settings)
    start = perf_counter()
    told = remind(store, on=TODAY, now=NOW).queued + escalate(store, on=TODAY, now=NOW).queued
    taken = perf_counter() - start
    with store.reading() as session:
        letters = session.scalar(select(func.count()).select_from(table_of(OutboxMessage)))
        assert told == session.scalar(select(func.count()).select_from(table_of(Occasion)))
    again = remind(store, on=TODAY, now=NOW).queued + escalate(store, on=TODAY, now=NOW).queued
    memory = most_memory()
    report(
        "W6",
        [taken],
        n=told,
        notes=(
            f"SQLite WAL, synchronous FULL, {REVIEWS} open reviews, {ACTIONS} open actions, {PEOPLE} people: {told} "
            f"occasions in {letters} e-mails, at most {memory} MiB; the same rounds again: {again}"
        ),
    )


def most_memory() -> int:
    """The most memory that this process ever held, in MiB, as Linux counts it; `getrusage` would count its parent's."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


def fill(store: Store, manager: Person) -> None:
    """Open stages and actions of many people, of which one in fifty rings today."""
    dice = random.Random(6)  # noqa: S311 -- the same morning every time
    plan = board(BOARD).reminders
    set_on = min(days_around())
    by_day = {due: planned_days(plan, due, set_on) for due in days_around()}
    today = [due for due, days in by_day.items() if any(on == TODAY for _, on in days)]
    other = [due for due, days in by_day.items() if not any(on == TODAY for _, on in days)]
    dues = [dice.choice(today if number % DUE_TODAY == 0 else other) for number in range(REVIEWS + ACTIONS)]
    first = id_of(manager) + 1
    with store.engine.begin() as connection:
        connection.execute(insert(table_of(Person)), list(people(first)))
        connection.execute(insert(table_of(Review)), [review(number) for number in range(REVIEWS)])
        owners = [first + dice.randrange(PEOPLE) for _ in dues]
        connection.execute(
            insert(table_of(Stage)),
            [stage(number, owners[number], dues[number], dice.choice(KEYS)) for number in range(REVIEWS)],
        )
        connection.execute(
            insert(table_of(Action)),
            [
                action(number, owners[REVIEWS + number], dues[REVIEWS + number])
                | {"review_id": number % REVIEWS + 1, "number": number // REVIEWS + 1}
                for number in range(ACTIONS)
            ],
        )
        for column, of in (("stage_id", dues[:REVIEWS]), ("action_id", dues[REVIEWS:])):
            rows = list(notices(column, of, by_day))
            for begin in range(0, len(rows), 50_000):
                connection.execute(insert(table_of(Notice)), rows[begin : begin + 50_000])


def people(first: int) -> Iterator[dict[str, Any]]:
    """The owners."""
    for number in range(PEOPLE):
        yield {"id": first + number, "email": f"owner{number}@agency.example", "name": "Owner", "organisation": ""}


def notices(column: str, dues: Sequence[date], by_day: Any) -> Iterator[dict[str, Any]]:
    """What is planned from today on for stages or actions with these deadlines, numbered from 1."""
    for number, due in enumerate(dues, 1):
        for rung, on in by_day[due]:
            if on >= TODAY:
                yield {column: number, "rung": rung, "on_day": on}
