"""Why a stage is due when it is: its rule, its trigger, how the days were counted, and what was relaxed."""

from datetime import date

from casework.clock import deadline, explain, spoken
from casework.framework.editions import edition, relaxation_of
from casework.framework.pipelines import pipeline
from casework.framework.pipelines.table import StageSpec
from casework.views.timetable import in_time_for, left_open
from models.profile import Kind
from models.review import Stage


def why_due(stage: Stage, spec: StageSpec, kind: Kind, edition_key: str) -> str:
    """How the deadline was counted and what it was extended to, or why there is none."""
    clock = spec.clock_in(kind.clocks)
    if stage.due_on is None:
        return left_open(spec, kind)
    if clock is None or stage.rule is None or stage.trigger_on is None or stage.trigger != clock.trigger:
        said = "This date was agreed in the review; the framework leaves it open."
    else:
        counted = explain(deadline(stage.rule, stage.trigger_on))
        said = f"{in_time_for(spec, pipeline(stage.type))}{clock.explains} {counted}"
        said += relaxation_in_words(spec, stage.type, edition_key, stage.trigger_on)
    if stage.original_due_on:
        how = "extended" if stage.due_on >= stage.original_due_on else "brought forward"
        said += f" It was {how}; at first it was due on {spoken(stage.original_due_on)}."
    return said


def relaxation_in_words(spec: StageSpec, type_: str, edition_key: str, trigger_on: date) -> str:
    """What was relaxed for a deadline whose time ran then; the date itself never moves."""
    found = relaxation_of(edition(edition_key), type_, spec.clock or spec.within or "", trigger_on)
    return f" {found.explains}" if found else ""
