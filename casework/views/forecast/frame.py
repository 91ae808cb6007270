"""What reviews of one type and edition have in common: worked out once for all of a board's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from casework.clock import deadline
from casework.framework.editions import kind_under
from casework.framework.pipelines import pipeline
from casework.framework.pipelines.table import Pipeline, StageSpec
from casework.reviews.case import profile_facts
from casework.views.timetable import supposed_outcome
from models.profile import BoardProfile, Kind
from models.rule import Period


@dataclass(frozen=True)
class Frame:
    """A review type as a board runs it: its table, its deadlines, what the profile supplies and the table supposes."""

    table: Pipeline
    kind: Kind
    supplied: dict[str, str]
    supposes: Mapping[str, Mapping[str, str]]
    waits_for: Mapping[str, frozenset[str]]

    def own_date(self, spec: StageSpec, facts: Mapping[str, str]) -> date | None:
        """The date of a stage's own by what is recorded: agreed in the review, or counted by its deadline."""
        if spec.agreed and spec.agreed in facts:
            return date.fromisoformat(facts[spec.agreed])
        clock = self.kind.clocks.get(spec.clock or "")
        if clock is None or clock.trigger not in facts:
            return None
        return counted(clock.period, facts[clock.trigger])


def frame(profile: BoardProfile, type_: str, edition: str) -> Frame:
    """What is common to the reviews of a type under an edition."""
    table, kind = pipeline(type_), kind_under(profile, type_, edition)
    return Frame(
        table=table,
        kind=kind,
        supplied=profile_facts(profile, kind),
        supposes={spec.key: supposed_outcome(spec, None) for spec in table.stages},
        waits_for=everything_before(table),
    )


def everything_before(table: Pipeline) -> dict[str, frozenset[str]]:
    """For each stage all those that come before it, near and far."""
    found: dict[str, frozenset[str]] = {}
    for spec in table.stages:  # in reading order, so that what comes before a stage has been seen
        found[spec.key] = frozenset(spec.after).union(*(found[key] for key in spec.after))
    return found


@lru_cache(maxsize=4096)
def counted(period: Period, trigger_on: str) -> date:
    """The last day of a deadline; many reviews share their days."""
    return max(deadline(period, date.fromisoformat(trigger_on)).dates)
