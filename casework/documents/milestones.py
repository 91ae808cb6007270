"""The stages still ahead of a review, each with its date or with what its date will be counted from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from casework.clock.wording import day
from casework.framework.pipelines.table import Pipeline, StageSpec, needed
from casework.reviews.case import owner_title, profile_facts
from casework.reviews.opening_stages import AGREED, due
from casework.views.timetable import supposed_outcome
from models.forms.inquiry import MethodChoice
from models.profile import BoardProfile, Clock, Kind
from models.review import Stage
from models.vocabulary import StageState


@dataclass(frozen=True, slots=True)
class Milestone:
    """One stage of the timetable. `due_on` is None while no date is known; `why` says where the date comes from.

    A stage without a date of its own has the date of the stage in time for which it must be done: `in_time_for` is the
    title of that one.
    """

    key: str
    title: str
    owner: str
    done: bool
    due_on: date | None
    why: str
    in_time_for: str | None = None

    @property
    def by_when(self) -> str:
        """The date in words: "3 December 2014", or "In time for Report, due 3 December 2014"."""
        if self.in_time_for is None:
            return day(self.due_on) if self.due_on else "Not dated"
        known = f"due {day(self.due_on)}" if self.due_on else "which has no date yet"
        return f"In time for {self.in_time_for}, {known}"


@dataclass(frozen=True)
class Timetable:
    """What a timetable is read from: `facts` are those of the review, `rows` its opened stages by stage key."""

    table: Pipeline
    profile: BoardProfile
    kind: Kind
    facts: dict[str, str]
    rows: Mapping[str, list[Stage]]

    def milestone(self, spec: StageSpec) -> Milestone:
        """One stage: by its own date, else by that of the stage it must be in time for."""
        rows = self.rows.get(spec.key, [])
        clock = self.kind.clocks.get(spec.clock or "")
        latest = max((row.due_on for row in rows if row.due_on), default=None)
        counted = None if rows else due(spec, self.profile, clock, self.facts)
        own = counted.due_on if counted else latest
        binding = None if dated_itself(spec, self.facts, rows) else self.binding(spec)
        return Milestone(
            key=spec.key,
            title=spec.title,
            owner=owner_title(self.profile, self.kind, spec),
            done=bool(rows) and all(row.state is not StageState.OPEN for row in rows),
            due_on=binding.due_on if binding else own,
            why=binding.why if binding else why(spec, clock, self.facts, rows),
            in_time_for=binding.title if binding else None,
        )

    def binding(self, spec: StageSpec) -> Milestone | None:
        """The stage whose deadline binds one without its own, unless this review does not need it."""
        known = self.facts | profile_facts(self.profile, self.kind)
        theirs = (other for other in self.table.stages if spec.within and other.clock == spec.within)
        return next((self.milestone(other) for other in theirs if needed(other, known)), None)


def milestones(
    table: Pipeline, profile: BoardProfile, kind: Kind, facts: dict[str, str], stages: Iterable[Stage]
) -> tuple[Milestone, ...]:
    """The stages that this review needs, in the order of its table; agencies' own stages as one."""
    known = supposed_of(table) | facts | profile_facts(profile, kind)
    rows: dict[str, list[Stage]] = {}
    for stage in stages:
        rows.setdefault(stage.key, []).append(stage)
    timetable = Timetable(table, profile, kind, facts, rows)
    return tuple(timetable.milestone(spec) for spec in table.stages if needed(spec, known))


def supposed_of(table: Pipeline) -> dict[str, str]:
    """What the table supposes of the methodology, until the terms of reference have chosen one."""
    chosen = (spec for spec in table.stages if issubclass(spec.form, MethodChoice))
    return next((supposed_outcome(spec, None) for spec in chosen), {})


def dated_itself(spec: StageSpec, facts: Mapping[str, str], rows: list[Stage]) -> bool:
    """Whether people gave the stage a date of its own."""
    return extended(rows) or agreed(spec, facts, rows)


def extended(rows: list[Stage]) -> bool:
    """Whether the deadline of a stage has been moved."""
    return any(row.original_due_on and row.original_due_on != row.due_on for row in rows)


def agreed(spec: StageSpec, facts: Mapping[str, str], rows: list[Stage]) -> bool:
    """Whether the date of a stage was agreed in the review."""
    return bool(spec.agreed and spec.agreed in facts) or any(row.rule == AGREED for row in rows)


def why(spec: StageSpec, clock: Clock | None, facts: Mapping[str, str], rows: list[Stage]) -> str:
    """Where the date of a stage comes from, or will come from."""
    if extended(rows):
        return "Extended; the reason is in the review’s history."
    if agreed(spec, facts, rows):
        return "Agreed in the review."
    return clock.explains if clock else "To be agreed."
