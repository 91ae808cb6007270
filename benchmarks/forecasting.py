"""W8: which of a board's many open reviews will miss a date, worked out from its past; and the page of one of them."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

from sqlalchemy import insert

from benchmarks.measure import report, timed
from benchmarks.ten_stages import NOW
from casework.framework.methodologies import method_facts
from casework.framework.pipelines import pipeline
from casework.people.directory import person_for
from casework.record.settings import Settings
from casework.record.store import Store, open_store
from casework.views.forecast.forecasting import forecasts, review_forecast
from casework.views.review import find_review
from models.forms.inquiry import MethodChoice
from models.review import Review, Stage
from models.tables import table_of
from models.vocabulary import Methodology, ReviewState, StageState

BOARD, TYPE = "northamptonshire", "serious-case-review"
TODAY = NOW.date()
DECIDED_WITHIN = 150  # days before today
LONGEST = 60
CHOSEN = MethodChoice(methodology=Methodology.TRADITIONAL, why_methodology="It fits.")
FACTS = {"decision": TYPE, **method_facts(CHOSEN)}
WAY = (
    "referral",
    "criteria-screening",
    "panel-recommendation",
    "chair-decision",
    "lead-reviewer",
    "national-panel",
    "terms-of-reference",
    "family-invitation",
    "agency-report",
    "combined-chronology",
    "practitioner-events",
    "report",
)


def run(home: Path, *, reviews: int, rounds: int) -> None:
    """Fill an empty database with as many open reviews as closed ones, and forecast."""
    store = open_store(Settings(home=home / f"forecasts-{reviews}"))
    fill(store, reviews)
    where = f"SQLite WAL, a board of {reviews} open reviews and {reviews} closed ones"
    start = perf_counter()
    with store.reading() as session:
        found = len(forecasts(session, BOARD, today=TODAY))
    report(
        "W8", [perf_counter() - start], n=reviews, notes=f"{where}: the whole board, the {found} most late explained"
    )
    report("W8 one", timed([partial(of_one, store)] * rounds), notes=f"{where}: the forecast of one review")
    store.engine.dispose()


def of_one(store: Store) -> None:
    """What the page of a review asks for."""
    with store.reading() as session:
        review_forecast(session, find_review(session, reference(1)), today=TODAY)


def fill(store: Store, reviews: int) -> None:
    """Open reviews at random stages on the way to the report, then closed ones of random lengths."""
    dice = random.Random(20)  # noqa: S311 -- the same reviews every time
    with store.transaction() as session:
        owner = person_for(session, email="manager@board.example", name="Manager").id
    decided = [TODAY - timedelta(days=dice.randrange(DECIDED_WITHIN)) for _ in range(2 * reviews)]
    with store.engine.begin() as connection:
        connection.execute(
            insert(table_of(Review)),
            [
                review(number, day, ReviewState.OPEN if number <= reviews else ReviewState.CLOSED)
                for number, day in enumerate(decided, 1)
            ],
        )
        for number, day in enumerate(decided, 1):
            at = dice.randrange(7, len(WAY)) if number <= reviews else len(WAY)
            rows = [row | {"owner_id": owner} for row in stages(number, day, at, dice)]
            connection.execute(insert(table_of(Stage)), rows)


def reference(number: int) -> str:
    """The reference of a review."""
    return f"LSCBN-SCR-2026-{number:06d}"


def review(number: int, decided: date, state: ReviewState) -> dict[str, Any]:
    """A review's row."""
    return {
        "id": number,
        "reference": reference(number),
        "board": BOARD,
        "type": TYPE,
        "edition": "WT2013",
        "state": state,
        "launched_on": decided - timedelta(days=30),
        "journal_length": 1,
        "journal_head": "0" * 64,
        "facts": FACTS | {"decided_on": decided.isoformat()},
        "referral": {},
    }


def stages(number: int, decided: date, at: int, dice: random.Random) -> Iterator[dict[str, Any]]:
    """The stages before one of them, done, and that one, open; a closed review has no open one."""
    opened = decided
    for place, key in enumerate(WAY[: at + 1]):
        closed = opened + timedelta(days=dice.randrange(LONGEST))
        done = place < at
        yield {
            "review_id": number,
            "board": BOARD,
            "type": TYPE,
            "name": key,
            "key": key,
            "state": StageState.CLOSED if done else StageState.OPEN,
            "opened_on": opened if done else TODAY,
            "closed_on": closed if done else None,
        }
        opened = closed


assert set(WAY) <= set(pipeline(TYPE).by_key)
