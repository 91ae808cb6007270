"""Walking a review's table from what is open now: when each stage to come begins, and when it is likely to end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row

from casework.framework.pipelines.table import StageSpec, needed
from casework.registers.held_days import days_on_hold
from casework.views.forecast.frame import Frame
from casework.views.forecast.past import History, Past
from casework.views.forecast.said import EndKnownFrom, KnownEnd
from casework.views.forecast.standing import Standing
from models.vocabulary import Basis


@dataclass(frozen=True, slots=True)
class Supposition:
    """What is supposed otherwise, to see what would follow: one stage takes no time, or as long as slow ones did."""

    swift: str = ""
    slow: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of the projection.

    `begins` is the day from which time is counted: for an open stage that from which the review goes on. `opened_on`
    is None for a stage to come. `gone` are the days that an open one has taken, without those on hold, `held`.
    `waits_for` is the stage before it that ends last; `of` is how many agencies do it side by side.
    """

    spec: StageSpec
    name: str
    begins: date
    ends: date
    how: EndKnownFrom
    past: Past
    due_on: date | None
    waits_for: "Step | None" = None
    opened_on: date | None = None
    gone: int = 0
    held: int = 0
    of: int = 1

    @property
    def expected_on(self) -> date:
        """When it is done at the earliest or likely; its own deadline says nothing about how long it takes."""
        return self.begins if self.how is EndKnownFrom.PLANNED else self.ends

    @property
    def late_days(self) -> int:
        """How many days after its own date it is expected; 0 or less where that is in time."""
        return (self.expected_on - self.due_on).days if self.due_on else 0

    @property
    def is_a_guess(self) -> bool:
        """Whether it may well end later than is counted, as nothing says how long it takes."""
        return self.how in (EndKnownFrom.LONGER, EndKnownFrom.UNKNOWN)

    def path(self) -> list["Step"]:
        """The stages of which each waits for the one before it, this one last."""
        before = self.waits_for.path() if self.waits_for else []
        return [*before, self]


NOTHING = Supposition()


@dataclass(frozen=True)
class Projecting:
    """One review to be walked, from a day on."""

    review: Standing
    frame: Frame
    history: History
    day: date

    def steps(self, changed: Supposition = NOTHING) -> dict[str, Step]:
        """Every stage that is open, or is needed as far as is known, in the order of the table."""
        facts = self.review.facts | self.frame.supplied
        last: dict[str, Step | None] = {}
        found: dict[str, Step] = {}
        for spec in self.frame.table.stages:
            before = latest(last[key] for key in spec.after)
            last[spec.key] = before  # so it stays for what ends of itself, and for what is not needed
            if spec.key in self.review.done or spec is self.frame.table.first:
                last[spec.key] = None
            elif not spec.of_itself and (spec.key in self.review.open or needed(spec, facts)):
                last[spec.key] = found[spec.key] = self.step(spec, before, changed)
                for name, said in self.frame.supposes[spec.key].items():
                    facts.setdefault(name, said)
        return found

    def step(self, spec: StageSpec, before: Step | None, changed: Supposition) -> Step:
        """One stage: the last of those that are open, or when it comes."""
        past = self.history.of(self.review.type, spec.key)
        rows = self.review.open.get(spec.key)
        if not rows:
            return self.ahead(spec, before, past, changed)
        return max((self.opened(spec, row, past, changed, len(rows)) for row in rows), key=lambda each: each.ends)

    def opened(self, spec: StageSpec, row: Row[Any], past: Past, changed: Supposition, of: int) -> Step:
        """An open stage: on the date agreed, or after as long as those took that lasted as long as it has by now."""
        held = days_on_hold(self.review.pauses, opened_on=row.opened_on, closed_on=None, today=self.day)
        gone = max(0, (self.day - row.opened_on).days - held)
        due_on = row.due_on if has_own_date(spec, row, self.frame) else None
        said = self.review.said.get(row.name) or self.review.said.get(spec.key)
        how, ends = self.length(spec, self.day, past, changed, gone, said, due_on)
        return Step(
            spec, row.name, self.day, ends, how, past, due_on, opened_on=row.opened_on, gone=gone, held=held, of=of
        )

    def ahead(self, spec: StageSpec, before: Step | None, past: Past, changed: Supposition) -> Step:
        """A stage to come: it begins when the last of those before it is done."""
        begins = max(before.ends, self.day) if before else self.day
        own = self.frame.own_date(spec, self.review.facts)
        due_on = own or (self.review.sources_due if spec.per_agency else None)
        how, ends = self.length(spec, begins, past, changed, 0, self.review.said.get(spec.key), due_on)
        of = self.review.agencies if spec.per_agency else 1
        return Step(spec, spec.key, begins, ends, how, past, due_on, before, of=of)

    def length(
        self,
        spec: StageSpec,
        begins: date,
        past: Past,
        changed: Supposition,
        gone: int,
        said: KnownEnd | None,
        due_on: date | None,
    ) -> tuple[EndKnownFrom, date]:
        """When a stage ends that goes on from a day after so many days, and where that comes from."""
        if changed.swift == spec.key:
            return EndKnownFrom.USUAL, begins
        if said and said.on >= begins:
            return said.how, said.on
        still_to_come = due_on if due_on and due_on >= begins else None
        if still_to_come and spec.clock is None:  # agreed in the review, and no deadline that it has to meet
            return EndKnownFrom.AGREED, still_to_come
        if past.enough:
            taken = past.slow(gone) if changed.slow == spec.key else past.usual(gone)
            return (
                (EndKnownFrom.LONGER, begins)
                if taken is None
                else (EndKnownFrom.USUAL, begins + timedelta(days=taken - gone))
            )
        return (EndKnownFrom.PLANNED, still_to_come) if still_to_come else (EndKnownFrom.UNKNOWN, begins)


def latest(steps: Iterable[Step | None]) -> Step | None:
    """The stage that ends last; the first in the table of those that end together."""
    return max((step for step in steps if step), key=lambda step: step.ends, default=None)


def has_own_date(spec: StageSpec, row: Row[Any], frame: Frame) -> bool:
    """Whether an open stage's date is its own: of its own deadline, agreed or moved, and not that of a later stage."""
    return spec.clock in frame.kind.clocks or row.basis is Basis.AGREED or row.original_due_on is not None
