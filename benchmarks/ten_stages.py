"""A review of ten stages on a board of its own, moved by the product's own code."""

import os
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from casework.framework.pipelines import PIPELINES
from casework.framework.pipelines.table import Pipeline, StageSpec
from casework.people.directory import person_for
from casework.people.roles import appoint
from casework.record.settings import Settings
from casework.record.store import Store, open_store
from models.forms.learning import Closure
from models.forms.referral import Referral
from models.people import Person
from models.vocabulary import Role

TYPE = "ten-stage-review"
BOARD = "benchmark"
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
OUTCOME = {
    "review_closed_on": "2026-11-19",
    "for_the_annual_report": "What the board has learnt. " * 4,
    "principles_unanswered": "Later.",
}
KEYS = tuple(f"stage-{number}" for number in range(1, 11))


def ten_stages() -> Pipeline:
    """A referral and ten stages, one after the other, each with a deadline."""
    first = StageSpec(key="referral", title="Referral", owner=Role.BUSINESS_MANAGER, form=Referral, cites=("board",))
    rest = tuple(
        StageSpec(
            key=key,
            title=f"Stage {number}",
            owner=Role.BUSINESS_MANAGER,
            form=NotTheLast,
            cites=("board",),
            after=((KEYS[number - 2] if number > 1 else "referral"),),
            clock="ten-working-days",
        )
        for number, key in enumerate(KEYS, 1)
    )
    return Pipeline(type=TYPE, title="Ten stages", prefix="TEN", stages=(first, *rest))


class NotTheLast(Closure):
    """A form like the closing one, without its effect."""


def prepare(home: Path, *, synchronous: str, database_url: str | None = None) -> tuple[Store, Settings, Person]:
    """An empty store with the benchmark's board, its pipeline and its business manager."""
    PIPELINES[TYPE] = ten_stages()
    boards = home / "boards"
    boards.mkdir(parents=True)
    (boards / f"{BOARD}.toml").write_text(profile())
    os.environ["LEARNING_CYCLE_BOARDS"] = str(boards)
    settings = Settings(home=home, database_url=database_url)
    store = open_store(settings, synchronous=synchronous)
    with store.transaction() as session:
        manager = person_for(session, email="manager@board.example", name="Manager")
        appoint(session, board=BOARD, role=Role.BUSINESS_MANAGER, person=manager, since=TODAY)
    return store, settings, manager


def profile() -> str:
    """Northamptonshire's roles and reminders with the ten-stage review in place of its own."""
    text = (Path(__file__).parent.parent / "deployments" / "boards" / "northamptonshire.toml").read_text()
    kept = tomllib.loads(text)["reminders"]
    head, _, _ = text.partition("[reviews.serious-case-review]")
    seats = "\n".join(
        f'{seat} = {{ value = "independent-chair", cite = "board" }}'
        for seat in ("recommends", "decides", "approves", "monitors")
    )
    return f"""{head}
[reviews.{TYPE}]
name = "Ten stages"
cite = "board"
{seats}

[reviews.{TYPE}.clocks.ten-working-days]
rule = "10 working days"
trigger = "notified_on"
basis = "local"
cite = "board"
explains = "Ten working days."

[publishing]
report = {{ value = "Nowhere", cite = "board" }}
keep = {{ value = "12 months", cite = "board" }}

[reminders]
before = {list(kept["before"])}
after = {list(kept["after"])}
ladder = [{", ".join(step(**each) for each in kept["ladder"])}]
cite = "board"
"""


def step(rung: str, after: str) -> str:
    """A rung of the ladder, written out."""
    return f'{{ rung = "{rung}", after = "{after}" }}'


def referral() -> Referral:
    """One referral."""
    given: dict[str, Any] = {
        "notified_on": "2026-11-16",
        "referred_by": "duty@agency.example",
        "abuse_or_neglect": "yes",
        "child_died": "no",
        "seriously_harmed": "yes",
        "concern_about_working_together": "yes",
        "died_in_custody": "no",
        "circumstances": "What is known today. " * 10,
        "reasons": "Why it should be reviewed. " * 5,
    }
    return Referral.model_validate(given)
