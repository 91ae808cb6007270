"""W3: find what falls today among many open reviews and actions, and remind of each. W4: what the dashboard asks."""

import random
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from time import perf_counter

from sqlalchemy import insert

from benchmarks.measure import report, timed
from benchmarks.ten_stages import BOARD, KEYS, NOW, TODAY, TYPE, prepare
from casework.framework.profiles import board
from casework.framework.reminder_schedule import notice_days
from casework.record.store import Store
from casework.reminders.rounds import remind
from casework.views.overview import Filter, most_overdue, stage_counts
from models.notice import Notice
from models.people import Person
from models.review import Action, Review, Stage
from models.tables import id_of, table_of
from models.vocabulary import ActionState, Basis, ReviewState, StageState

REMINDED_TODAY = 100  # one review in a hundred, and one action in a hundred
WITH_ACTION = 10  # one review in ten
LATEST = timedelta(days=400)


def run(home: Path, *, reviews: int, rounds: int) -> None:
    """Fill an empty database with open reviews and measure both workloads on it."""
    store, _, manager = prepare(home / f"sweeps-{reviews}", synchronous="FULL")
    fill(store, manager, reviews)
    where = f"SQLite WAL, synchronous FULL, {reviews} open reviews"
    first, queued = sweep(store)
    report("W3", [first], n=reviews, notes=f"{where}: first sweep queued {queued}, transaction and commit included")
    second, again = sweep(store)
    report("W3 again", [second], n=reviews, notes=f"{where}: second sweep queued {again}")
    report(
        "W4", timed([partial(board_of_reviews, store)] * rounds), notes=f"{where}: counts per stage, 50 most overdue"
    )
    store.engine.dispose()


def sweep(store: Store) -> tuple[float, int]:
    """One sweep of the day: how long it took, and how many reminders it queued."""
    start = perf_counter()
    done = remind(store, on=TODAY, now=NOW)
    return perf_counter() - start, done.queued


def board_of_reviews(store: Store) -> None:
    """What the first page of the dashboard asks for."""
    wanted = Filter(boards=(BOARD,))
    with store.reading() as session:
        stage_counts(session, wanted, TODAY)
        most_overdue(session, wanted, limit=50)


def fill(store: Store, manager: Person, reviews: int) -> None:
    """Open reviews at random stages and actions, with random deadlines, of which one in a hundred rings today."""
    dice = random.Random(20)  # noqa: S311 -- the same reviews every time
    reminders = board(BOARD).reminders
    due_today = [
        TODAY + timedelta(days=n) for n in range(-30, 30) if TODAY in notice_days(reminders, TODAY + timedelta(days=n))
    ]
    never_today = [on for on in days_around() if TODAY not in notice_days(reminders, on)]
    dues = [dice.choice(due_today if number % REMINDED_TODAY == 0 else never_today) for number in range(reviews)]
    planned = dues[: reviews // WITH_ACTION]
    acting = [action(number, id_of(manager), due) for number, due in enumerate(planned)]
    with store.engine.begin() as connection:
        connection.execute(insert(table_of(Review)), [review(number) for number in range(reviews)])
        stages = [stage(number, id_of(manager), due, dice.choice(KEYS)) for number, due in enumerate(dues)]
        connection.execute(insert(table_of(Stage)), stages)
        connection.execute(
            insert(table_of(Notice)),
            [
                {"stage_id": number + 1, "on_day": on}
                for number, due in enumerate(dues)
                for on in notice_days(reminders, due)
                if on >= TODAY
            ],
        )
        connection.execute(insert(table_of(Action)), acting)
        connection.execute(
            insert(table_of(Notice)),
            [
                {"action_id": number + 1, "on_day": on}
                for number, due in enumerate(planned)
                for on in notice_days(reminders, due)
                if on >= TODAY
            ],
        )


def days_around() -> list[date]:
    """Deadlines from long ago to far ahead."""
    return [TODAY - LATEST + timedelta(days=number) for number in range(2 * LATEST.days)]


def review(number: int) -> dict[str, object]:
    """An open review's row."""
    return {
        "id": number + 1,
        "reference": f"LSCBN-TEN-2026-{number + 1:06d}",
        "board": BOARD,
        "type": TYPE,
        "edition": "WT2013",
        "state": ReviewState.OPEN,
        "launched_on": TODAY,
        "facts": {"notified_on": "2026-11-16"},
        "referral": {},
        "journal_length": 1,
        "journal_head": "0" * 64,
    }


def stage(number: int, owner_id: int, due: date, key: str) -> dict[str, object]:
    """Its open stage's row."""
    return {
        "id": number + 1,
        "review_id": number + 1,
        "board": BOARD,
        "type": TYPE,
        "name": key,
        "key": key,
        "state": StageState.OPEN,
        "owner_id": owner_id,
        "opened_on": TODAY,
        "due_on": due,
        "last_safe_on": due,
        "trigger": "notified_on",
        "trigger_on": TODAY,
        "rule": "10 working days",
        "basis": Basis.LOCAL,
        "cites": "board",
    }


def action(number: int, owner_id: int, due: date) -> dict[str, object]:
    """The row of an open action of one of the reviews."""
    return {
        "id": number + 1,
        "review_id": number * WITH_ACTION + 1,
        "number": 1,
        "wording": "Keep one chronology.",
        "organisation": "Example Police",
        "owner_id": owner_id,
        "due_on": due,
        "measure": "An audit",
        "state": ActionState.OPEN,
    }
