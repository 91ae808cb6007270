"""The whole projected timetable of a review before anything is launched."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from casework.framework.editions import edition_for, kind_under
from casework.framework.methodologies import method_facts
from casework.framework.pipelines import pipeline
from casework.framework.pipelines.table import Pipeline, StageSpec, own_cites
from casework.moves.launching import profile_with
from casework.reviews.case import owner_title, profile_facts
from casework.reviews.opening_stages import Due, due
from models.forms.inquiry import MethodChoice
from models.forms.theme import EvidenceGathered
from models.profile import BoardProfile, Clock, Kind
from models.vocabulary import Methodology

WHETHER_AT_ALL = "national-panel"  # what is left open under this name is whether the Panel is told, not by when


@dataclass(frozen=True)
class Row:
    """One stage as projected: when it opens, when it is due and why, when it is supposed to end.

    `due` and what explains it are None where the framework leaves the date open; `left_open` then says so.
    """

    stage: str
    title: str
    owner: str
    opens: date
    due: date | None
    last_safe_working_day: date | None
    ends: date
    rule: str | None
    trigger: str | None
    trigger_on: date | None
    basis: str | None
    cites: tuple[str, ...]
    explanation: str

    def as_dict(self) -> dict[str, Any]:
        """The row as JSON takes it: dates in ISO form."""
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(self).items()}


def timetable(
    board_name: str, type_: str, start: date, *, methodology: Methodology | None = None, edition: str | None = None
) -> list[Row]:
    """Every stage that the review would pass through, supposing that each ends on its deadline.

    A stage without a deadline is supposed to end on the day it opens, so that what follows shows the earliest date.
    Without a `methodology` the one that the table supposes; without an `edition` the one that holds on `start`.
    Raises NotFound for an unknown board or type, InputError for a type that the board does not run.
    """
    table = pipeline(type_)
    profile = profile_with(board_name, type_)
    kind = kind_under(profile, type_, edition or edition_for(profile, start).key)
    facts: dict[str, str] = supposed_facts(table.first, start, methodology) | supposed_triggers(
        table.first, kind, start
    )
    ends = {table.first.key: start}
    rows = [row_of(table.first, table, profile, kind, start, None)]
    while ready := table.stages_to_open(ends, ends, facts | profile_facts(profile, kind)):
        spec = min(ready, key=lambda stage: (opens_on(stage, ends, start), table.stages.index(stage)))
        opens = opens_on(spec, ends, start)
        row = row_of(spec, table, profile, kind, opens, due(spec, profile, spec.clock_in(kind.clocks), facts))
        rows.append(row)
        ends[spec.key] = row.ends
        facts |= supposed_facts(spec, row.ends, methodology)
    order = {stage.key: place for place, stage in enumerate(table.stages)}
    return sorted(rows, key=lambda row: order[row.stage])


def supposed_triggers(first: StageSpec, kind: Kind, start: date) -> dict[str, str]:
    """The days from which deadlines count that the referral gives: all of them are supposed to be the same."""
    counted = {clock.trigger for clock in kind.clocks.values()}
    return {fact: start.isoformat() for fact in first.form.facts if fact in counted}


def opens_on(spec: StageSpec, ends: Mapping[str, date], start: date) -> date:
    """The day on which the last of the stages before this one ends; those not needed do not count."""
    return max((ends[key] for key in spec.after if key in ends), default=start)


def supposed_facts(spec: StageSpec, on: date, methodology: Methodology | None) -> dict[str, str]:
    """The facts that the stage is supposed to record when it ends on a day."""
    happened = {spec.form.done_on: on.isoformat()} if spec.form.done_on in spec.form.facts else {}
    return {name: value for name, value in happened.items() if name} | supposed_outcome(spec, methodology)


def supposed_outcome(spec: StageSpec, methodology: Methodology | None) -> dict[str, str]:
    """What the table supposes of a stage; where it chooses the methodology, with the steps that this one takes."""
    if not issubclass(spec.form, MethodChoice):
        return dict(spec.supposes)
    chosen = {"methodology": methodology.value} if methodology else dict(spec.supposes)
    return method_facts(MethodChoice.model_validate({"why_methodology": "supposed", **chosen}))


def row_of(spec: StageSpec, table: Pipeline, profile: BoardProfile, kind: Kind, opens: date, found: Due | None) -> Row:
    """A stage as a row of the timetable."""
    clock = spec.clock_in(kind.clocks)
    return Row(
        stage=spec.key,
        title=spec.title,
        owner=owner_title(profile, kind, spec),
        opens=opens,
        due=found.due_on if found else None,
        last_safe_working_day=found.last_safe_on if found else None,
        ends=max(opens, found.due_on) if found else opens,
        rule=found.rule if found else None,
        trigger=found.trigger if found else None,
        trigger_on=found.trigger_on if found else None,
        basis=found.basis.value if found else None,
        cites=tuple(dict.fromkeys(([clock.cite] if clock else []) + own_cites(spec, profile))),
        explanation=explanation(spec, table, kind, clock if found else None),
    )


def explanation(spec: StageSpec, table: Pipeline, kind: Kind, clock: Clock | None) -> str:
    """What the framework says of a deadline that is counted, or why there is none."""
    if clock:
        return f"{in_time_for(spec, table)}{clock.explains}"
    return "It begins the review." if spec is table.first else left_open(spec, kind)


def in_time_for(spec: StageSpec, table: Pipeline) -> str:
    """What is said of a stage that has no deadline of its own: which later stage it has to be in time for."""
    if not spec.within:
        return ""
    later = next(stage.title for stage in table.stages if stage.clock == spec.within)
    return f"It has no date of its own; it must be done in time for ‘{later}’. "


def left_open(spec: StageSpec, kind: Kind) -> str:
    """Why a stage has no deadline yet."""
    in_time_for_it = spec.within if spec.within != WHETHER_AT_ALL else None
    said = kind.left_open.get(spec.key) or kind.left_open.get(spec.clock or in_time_for_it or "")
    if said:
        return said
    if spec.agreed or spec.form is EvidenceGathered:  # each source of evidence has its own date
        return "The framework leaves the date open; it is agreed in the review."
    return "The framework leaves the date open; the business manager may set one when the stage is open."
