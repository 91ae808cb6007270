"""A pipeline is a table: one row a stage, in the order in which a person would read them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from models.forms.base import Form
from models.profile import BoardProfile, Clock
from models.vocabulary import Role

Seat = Literal["recommends", "decides", "agrees", "approves", "monitors"]


@dataclass(frozen=True, slots=True)
class Condition:
    """A stage is needed only while the recorded fact is one of these values; "" stands for not recorded at all."""

    fact: str
    one_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StageSpec:
    """One stage.

    owner: a role, or the seat that the profile gives to a role ("decides"). after: the stages that must be finished.
    when: conditions on recorded facts, all of which must hold; otherwise the stage is not needed and is passed over.
    clock: the name of the profile's deadline; within: the deadline of a later stage, in time for which this one, having
    none of its own, must be done; agreed: the fact that holds a date agreed in the review, which wins over both.
    decides: only the owner can complete it, nobody on their behalf. per_agency: once for each agency under review.
    called: what the owner is in this stage, where the local title of their role does not say it.
    supposes: what the timetable assumes will be recorded. of_itself: the calendar ends it on its deadline, and
    closing the review does not wait for it. recurs_until: the stage that it serves again and again: what is
    recorded before that one is finished leaves it open. involves: roles that take part beside the owner. What
    follows when a stage opens or closes is said in the flow of the type.
    """

    key: str
    title: str
    owner: Role | Seat
    form: type[Form]
    cites: tuple[str, ...]
    after: tuple[str, ...] = ()
    when: tuple[Condition, ...] = ()
    clock: str | None = None
    within: str | None = None
    called: str | None = None
    agreed: str | None = None
    decides: bool = False
    per_agency: bool = False
    of_itself: bool = False
    recurs_until: str | None = None
    involves: tuple[Role, ...] = ()
    supposes: Mapping[str, str] = field(default_factory=dict)

    def clock_in(self, clocks: Mapping[str, Clock]) -> Clock | None:
        """The deadline of the profile that binds this stage: its own, or that of the stage it must be in time for."""
        return clocks.get(self.clock or self.within or "")


@dataclass(frozen=True)
class Pipeline:
    """A review type: its stages from referral to closure."""

    type: str
    title: str
    prefix: str
    stages: tuple[StageSpec, ...]
    by_key: Mapping[str, StageSpec] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_key", {stage.key: stage for stage in self.stages})

    @property
    def first(self) -> StageSpec:
        """The stage that the launch itself completes."""
        return self.stages[0]

    @property
    def last(self) -> StageSpec:
        """The stage that closes the review."""
        return next(stage for stage in reversed(self.stages) if not stage.of_itself)

    def stages_to_open(
        self, finished: Iterable[str], opened: Iterable[str], facts: Mapping[str, str]
    ) -> list[StageSpec]:
        """The stages that open now: needed, not opened before, and everything before them finished or not needed.

        `finished` and `opened` are stage keys; `facts` the recorded facts together with the profile's.
        """
        done, known = set(finished), set(opened)
        ready: list[StageSpec] = []
        for stage in self.stages[1:]:  # the table is in reading order, so one pass settles what is passed over
            if stage.key in known or not done.issuperset(stage.after):
                continue
            if needed(stage, facts):
                ready.append(stage)
            else:
                done.add(stage.key)
        return ready


def where(conditions: tuple[Condition, ...], *stages: StageSpec) -> tuple[StageSpec, ...]:
    """These stages, needed only while the conditions hold too."""
    return tuple(replace(stage, when=(*conditions, *stage.when)) for stage in stages)


def needed(stage: StageSpec, facts: Mapping[str, str]) -> bool:
    """Whether all the conditions of a stage hold."""
    return all(facts.get(condition.fact, "") in condition.one_of for condition in stage.when)


def possible(stage: StageSpec, facts: Mapping[str, str]) -> bool:
    """Whether a stage may still be needed: none of its conditions is known to fail."""
    return all(facts[condition.fact] in condition.one_of for condition in stage.when if condition.fact in facts)


def own_cites(spec: StageSpec, profile: BoardProfile) -> list[str]:
    """What the table cites for a stage from this board's own framework; empty where that does not speak of it."""
    return [cite for cite in spec.cites if cite.split(" ")[0] in profile.sources]
