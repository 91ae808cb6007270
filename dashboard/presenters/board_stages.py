"""A pipeline as a board runs it, as a table to read: each stage, its owner, its deadline, and where it is said."""

from collections.abc import Iterable
from dataclasses import dataclass

from casework.framework.cited_files import in_words
from casework.framework.editions import edition
from casework.framework.pipelines import PIPELINES
from casework.framework.pipelines.table import Pipeline, StageSpec, own_cites
from casework.reviews.case import owner_title, profile_facts
from casework.views.diagram.graph import BOARDS_OWN
from casework.views.diagram.words import condition, each_one
from casework.views.timetable import in_time_for, left_open
from dashboard.presenters.local import cited, where
from models.profile import BOARD, BoardProfile, Clock, Kind
from models.vocabulary import TRIGGERS


@dataclass(frozen=True)
class StageRow:
    """One stage of a pipeline."""

    title: str
    owner: str
    after: str
    only_if: str
    deadline: str
    explains: str
    cites: str


def stages(type_: str, profile: BoardProfile, kind: Kind) -> list[StageRow]:
    """The pipeline as a table that can be read, without the stages that the profile rules out."""
    table = PIPELINES[type_]
    return [
        StageRow(
            title=spec.title + (f" (one for each {each_one(spec)})" if spec.per_agency else ""),
            owner=who_owes(spec, profile, kind),
            after=listed(each.title for each in before(spec, table, profile, kind)) or "The start",
            only_if=only_if(spec, table, profile),
            deadline=counted(spec.clock_in(kind.clocks)),
            explains=why(spec, table, profile, kind),
            cites=where(own_cites(spec, profile)),
        )
        for spec in table.stages
        if not ruled_out(spec, profile, kind)
    ]


def ruled_out(spec: StageSpec, profile: BoardProfile, kind: Kind) -> bool:
    """Whether a stage is never needed on this board, whatever a review records."""
    facts = profile_facts(profile, kind)
    return any(each.fact in facts and facts[each.fact] not in each.one_of for each in spec.when)


def before(spec: StageSpec, table: Pipeline, profile: BoardProfile, kind: Kind) -> list[StageSpec]:
    """The stages after which one opens; one ruled out is passed over, to those before it if nothing else is left."""
    named = [table.by_key[key] for key in spec.after if key in table.by_key]
    kept = [each for each in named if not ruled_out(each, profile, kind)]
    return kept or [earlier for each in named for earlier in before(each, table, profile, kind)]


def who_owes(spec: StageSpec, profile: BoardProfile, kind: Kind) -> str:
    """The owner of a stage, with those who take part in it."""
    others = [profile.title(role) for role in spec.involves]
    return owner_title(profile, kind, spec) + (f", with {listed(others)}" if others else "")


def counted(clock: Clock | None) -> str:
    """'1 month from the notification'; nothing where the framework sets no date."""
    return f"{clock.rule} from {TRIGGERS.get(clock.trigger, clock.trigger)}" if clock else ""


def why(spec: StageSpec, table: Pipeline, profile: BoardProfile, kind: Kind) -> str:
    """What the framework says of a deadline, what binds people to it, and where; or why there is none."""
    clock = spec.clock_in(kind.clocks)
    if spec is table.first:
        return f"It is {first_of(table)} itself."
    if clock is None:
        return left_open(spec, kind)
    return f"{in_time_for(spec, table)}{clock.explains} {clock.basis.label}: {cited_clock(profile, clock)}."


def first_of(table: Pipeline) -> str:
    """What a review of this type begins with: "the notification", or "the proposal" of a theme."""
    return TRIGGERS["proposed_on" if "proposed_on" in table.first.form.facts else "notified_on"]


def cited_clock(profile: BoardProfile, clock: Clock) -> str:
    """Where a deadline is said: in the framework, or in the sources of the edition."""
    if clock.cite == BOARD or clock.cite.split(" ")[0] in profile.sources:
        return cited(clock.cite)
    return in_words(clock.cite, edition(profile.editions[-1].value).sources)


def only_if(spec: StageSpec, table: Pipeline, profile: BoardProfile) -> str:
    """When a stage is needed, as far as that depends on the review."""
    asked = (each for each in spec.when if not each.fact.startswith(BOARDS_OWN))
    return listed(condition(each, table, profile) for each in asked)


def listed(parts: Iterable[str]) -> str:
    """'10 working days and 3 working days'; nothing for none."""
    *most, last = [*parts] or [""]
    return f"{', '.join(most)} and {last}" if most else last
