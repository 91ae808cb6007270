"""How long a stage has taken on this board before: a forecast has no other lengths than these."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from math import ceil
from statistics import median
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlmodel import Session

from casework.framework.pipelines import PIPELINES
from casework.framework.profiles import board
from casework.registers.held_days import HoldDays, days_on_hold
from models.review import Hold, Review, Stage
from models.tables import literally, table_of
from models.vocabulary import StageState

REVIEW, STAGE, HOLD = table_of(Review), table_of(Stage), table_of(Hold)
FEWEST = 3  # below this a median says nothing
LATEST = 40  # the last so many are read: the recent past is the better guide, and the reading stays short
SLOWEST_QUARTER = 0.75

CARRIED_OVER = (STAGE.c.closed_on == STAGE.c.opened_on) & REVIEW.c.converted_from.is_not(None)
TAKEN = (
    select(*STAGE.c["review_id", "opened_on", "closed_on"])
    .join(REVIEW, REVIEW.c.id == STAGE.c.review_id)
    .where(
        STAGE.c.board == bindparam("board"),
        STAGE.c.key == bindparam("key"),
        STAGE.c.type == bindparam("type"),
        literally(STAGE.c.state, StageState.CLOSED),
        ~CARRIED_OVER,  # it was done in another review, and only copied into this one
    )
    .order_by(STAGE.c.closed_on.desc(), STAGE.c.id.desc())
    .limit(LATEST)
)
HOLDS = (
    select(*HOLD.c["review_id", "held_on", "expected_until", "resumed_on"])
    .join(REVIEW, REVIEW.c.id == HOLD.c.review_id)
    .where(REVIEW.c.board == bindparam("board"))
    .order_by(HOLD.c.review_id)
)


@dataclass(frozen=True, slots=True)
class Past:
    """How many days a stage took before, without the days on hold.

    `every_type` says that there were too few in reviews of its own type, `of_type` of them, so that those in every
    type of the board are counted.
    """

    days: tuple[int, ...]
    every_type: bool = False
    of_type: int = 0

    @property
    def enough(self) -> bool:
        """Whether there are enough to go by."""
        return len(self.days) >= FEWEST

    def lasting(self, at_least: int) -> list[int]:
        """Those that took at least so many days, the shortest first."""
        return sorted(taken for taken in self.days if taken >= at_least)

    def usual(self, at_least: int = 0) -> int | None:
        """The median, half a day counting as a whole one, of those that took so long; None where none did."""
        found = self.lasting(at_least)
        return ceil(median(found)) if found else None

    def slow(self, at_least: int = 0) -> int | None:
        """What three quarters of those that took so long did not exceed; None where none did."""
        found = self.lasting(at_least)
        return found[ceil(len(found) * SLOWEST_QUARTER) - 1] if found else None


@dataclass
class History:
    """The past of one board, each stage read once and only when it is asked for."""

    session: Session
    board: str
    known: dict[tuple[str, str], Past] = field(default_factory=dict)
    read: dict[tuple[str, str], list[tuple[int, int]]] = field(default_factory=dict)

    def of(self, type_: str, key: str) -> Past:
        """How long a stage took in reviews of a type; in every type of the board, where those are too few."""
        if (type_, key) not in self.known:
            self.known[type_, key] = self.found(type_, key)
        return self.known[type_, key]

    def found(self, type_: str, key: str) -> Past:
        """The same, looked up."""
        own = self.taken(type_, key)
        if len(own) >= FEWEST:
            return Past(days_of(own), of_type=len(own))
        types = [each for each in board(self.board).reviews if key in PIPELINES[each].by_key]
        wide = sorted((one for each in types for one in self.taken(each, key)), reverse=True)[:LATEST]
        return Past(days_of(wide), every_type=len(wide) > len(own), of_type=len(own))

    def taken(self, type_: str, key: str) -> list[tuple[int, int]]:
        """The last stages of one key that were closed in reviews of one type: the day, as a number, and how long."""
        if (type_, key) not in self.read:
            rows = self.session.connection().execute(TAKEN, {"board": self.board, "type": type_, "key": key})
            self.read[type_, key] = [
                (row.closed_on.toordinal(), (row.closed_on - row.opened_on).days - self.held(row)) for row in rows
            ]
        return self.read[type_, key]

    def held(self, row: Row[Any]) -> int:
        """How many days a closed stage was on hold."""
        paused = self.pauses.get(row.review_id, ())
        return days_on_hold(paused, opened_on=row.opened_on, closed_on=row.closed_on, today=row.closed_on)

    @cached_property
    def pauses(self) -> dict[int, tuple[HoldDays, ...]]:
        """The pauses of the reviews of the board that were ever on hold, by the review's id."""
        return dict(holds_of_board(self.session, self.board))


def holds_of_board(session: Session, board_name: str) -> Iterator[tuple[int, tuple[HoldDays, ...]]]:
    """The reviews of a board that were ever on hold, each with its pauses."""
    rows = session.connection().execute(HOLDS, {"board": board_name})
    for review_id, holds in groupby(rows, key=lambda hold: int(hold.review_id)):
        yield (
            review_id,
            tuple(
                HoldDays(each.held_on, each.resumed_on or each.expected_until, bool(each.resumed_on)) for each in holds
            ),
        )


def days_of(taken: Iterable[tuple[int, int]]) -> tuple[int, ...]:
    """How long each took."""
    return tuple(days for _, days in taken)
