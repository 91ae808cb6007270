"""What leads to what: the stages that a board may need, and the arrows between them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from casework.framework.methodologies import STEP
from casework.framework.pipelines.table import Pipeline, StageSpec, possible
from models.forms.inquiry import MethodChoice

BOARDS_OWN = "profile."  # how the facts begin that a board's profile settles


@dataclass(frozen=True, slots=True)
class Arrow:
    """From a stage to one that waits for it; `otherwise` where it is the way past what a decision rules out."""

    before: str
    after: str
    otherwise: bool = False


@dataclass(frozen=True)
class Graph:
    """The stages in reading order, and the arrows between them."""

    stages: tuple[StageSpec, ...]
    arrows: tuple[Arrow, ...]

    def before(self, key: str) -> list[str]:
        """The stages from which an arrow leads to this one."""
        return [arrow.before for arrow in self.arrows if arrow.after == key and not arrow.otherwise]


def between(whole: Graph, first: str, last: str) -> Graph:
    """The part of a pipeline from one stage to another."""
    later, earlier = {first}, {last}
    for arrow in whole.arrows:  # in reading order of where they lead
        later |= {arrow.after} if arrow.before in later else set()
    for stage in reversed(whole.stages):
        earlier |= set(whole.before(stage.key)) if stage.key in earlier else set()
    stages = tuple(stage for stage in whole.stages if stage.key in later & earlier)
    keys = {stage.key for stage in stages}
    return Graph(stages, tuple(arrow for arrow in whole.arrows if {arrow.before, arrow.after} <= keys))


def graph(table: Pipeline, facts: Mapping[str, str]) -> Graph:
    """The pipeline with `facts` settled, such as those of a profile: stages that they rule out are passed over."""
    stages = tuple(stage for stage in table.stages if possible(stage, facts))
    keys = {stage.key for stage in stages}
    after = {stage.key: waits_for(stage, table, keys) for stage in stages}
    usual = without_detours(after)
    arrows = [Arrow(before, key) for key in after for before in after[key] if (before, key) in usual]
    ways_past = dict.fromkeys(way for fact in branchings(stages) for way in past(fact, stages, after) - usual)
    place = {stage.key: number for number, stage in enumerate(stages)}
    others = sorted(ways_past, key=lambda way: (place[way[0]], place[way[1]]))
    return Graph(stages, (*arrows, *(Arrow(*way, otherwise=True) for way in others)))


def waits_for(stage: StageSpec, table: Pipeline, keys: set[str]) -> list[str]:
    """The stages that one waits for; those that are passed over stand for what they would wait for themselves."""
    found: dict[str, None] = {}
    for key in stage.after:
        if key in keys:
            found[key] = None
        elif key in table.by_key:
            found |= dict.fromkeys(waits_for(table.by_key[key], table, keys))
    return list(found)


def without_detours(after: Mapping[str, Iterable[str]]) -> set[tuple[str, str]]:
    """The arrows without those that others imply: what comes before something already comes before what follows."""
    earlier: dict[str, set[str]] = {}
    for key, waits in after.items():  # in reading order
        earlier[key] = {each for before in waits for each in (before, *earlier[before])}
    return {
        (before, key)
        for key, waits in after.items()
        for before in waits
        if not any(before in earlier[other] for other in waits)
    }


def branchings(stages: Iterable[StageSpec]) -> list[str]:
    """The facts by which a review takes one way or the other; a methodology's steps are each marked instead."""
    asked = dict.fromkeys(condition.fact for stage in stages for condition in stage.when)
    return [fact for fact in asked if not fact.startswith((BOARDS_OWN, STEP)) and fact not in MethodChoice.facts]


def past(fact: str, stages: Iterable[StageSpec], after: Mapping[str, Iterable[str]]) -> set[tuple[str, str]]:
    """The arrows that are left where a fact rules out whatever depends on it."""
    left = {stage.key for stage in stages if fact not in {condition.fact for condition in stage.when}}
    return without_detours({key: [each for each in after[key] if each in left] for key in after if key in left})
