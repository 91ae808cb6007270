"""The stages still ahead of a review, each with its date or with what its date will be counted from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from casework.case import profile_facts, seat
from casework.opening import AGREED, due
from casework.pipelines.table import Pipeline, StageSpec, needed
from models.profile import BoardProfile, Clock, Kind
from models.review import Stage
from models.vocabulary import StageState


@dataclass(frozen=True, slots=True)
class Milestone:
    """One stage of the timetable. `due_on` is None while no date is known; `why` says where the date comes from."""

    key: str
    title: str
    owner: str
    done: bool
    due_on: date | None
    why: str


def milestones(
    table: Pipeline, profile: BoardProfile, kind: Kind, facts: dict[str, str], stages: Iterable[Stage]
) -> tuple[Milestone, ...]:
    """The stages that this review needs, in the order of its table; agencies' own stages as one."""
    known = facts | profile_facts(kind)
    rows: dict[str, list[Stage]] = {}
    for stage in stages:
        rows.setdefault(stage.key, []).append(stage)
    return tuple(
        milestone(spec, profile, kind, facts, rows.get(spec.key, [])) for spec in table.stages if needed(spec, known)
    )


def milestone(
    spec: StageSpec, profile: BoardProfile, kind: Kind, facts: dict[str, str], rows: list[Stage]
) -> Milestone:
    """One stage: as its rows have it once it is open, else as the profile's clock has it so far."""
    clock = kind.clocks.get(spec.clock or "")
    latest = max((row.due_on for row in rows if row.due_on), default=None)
    counted = None if rows else due(spec, clock, facts)
    return Milestone(
        key=spec.key,
        title=spec.title,
        owner=profile.title(seat(kind, spec)),
        done=bool(rows) and all(row.state is not StageState.OPEN for row in rows),
        due_on=counted.due_on if counted else latest,
        why=why(spec, clock, facts, rows),
    )


def why(spec: StageSpec, clock: Clock | None, facts: Mapping[str, str], rows: list[Stage]) -> str:
    """Where the date of a stage comes from, or will come from."""
    extended = any(row.original_due_on and row.original_due_on != row.due_on for row in rows)
    if extended:
        return "Extended; the reason is in the review’s history."
    if (spec.agreed and spec.agreed in facts) or any(row.rule == AGREED for row in rows):
        return "Agreed in the review."
    return clock.explains if clock else "To be agreed."
