"""A board's profile as its business manager would read it: each value, and the paragraph that says it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from casework.case import profile_facts, seat
from casework.pipelines import PIPELINES
from casework.pipelines.table import Condition, Pipeline, StageSpec, own_cites
from casework.timetable import in_time_for, left_open
from dashboard.mistakes import lower_first
from dashboard.presenters.local import cited, decisions, where
from models.people import Person
from models.profile import BoardProfile, Cited, Clock, Kind
from models.vocabulary import TRIGGERS, Role


@dataclass(frozen=True)
class Said:
    """A value and where it comes from."""

    label: str
    value: str
    cite: str


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


@dataclass(frozen=True)
class KindPage:
    """One review type: who does what, its stages, and what the framework leaves open."""

    key: str
    name: str
    cite: str
    who: tuple[Said, ...]
    stages: tuple[StageRow, ...]
    left_open: tuple[str, ...]


def framework(profile: BoardProfile) -> list[Said]:
    """What holds for the whole board."""
    edition = Cited[str](
        value=profile.sources.get(profile.edition.value, profile.edition.value), cite=profile.edition.cite
    )
    publishing = profile.publishing
    values: list[tuple[str, Cited[str] | None]] = [
        ("Framework", profile.framework),
        ("Edition in force", edition),
        ("Publication", publishing.report),
        ("Stays on the website", publishing.keep),
        ("Afterwards", publishing.afterwards),
        *(("Learning is brought to the front line by", way) for way in profile.dissemination),
    ]
    said = [Said(label, value.value, cited(value.cite)) for label, value in values if value]
    return [*said, *reminders(profile)]


def reminders(profile: BoardProfile) -> list[Said]:
    """When owners of stages hear of a deadline."""
    plan = profile.reminders
    when = f"{listed(plan.before)} before, on the day, {listed(plan.after)} after"
    return [Said("Reminders of a deadline", when, cited(plan.cite))]


def listed(parts: Iterable[str]) -> str:
    """'10 working days and 3 working days'; nothing for none."""
    *most, last = [*parts] or [""]
    return f"{', '.join(most)} and {last}" if most else last


def roles(profile: BoardProfile, holders: Iterable[tuple[Role, Person]]) -> list[tuple[Said, list[str]]]:
    """The roles under their local titles, with who holds them now."""
    held: dict[Role, list[str]] = {}
    for role, person in holders:
        held.setdefault(role, []).append(person.name)
    return [
        (Said(role.label, body.title, cited(body.cite)), held.get(role, [])) for role, body in profile.roles.items()
    ]


def kinds(profile: BoardProfile) -> list[KindPage]:
    """The review types that this board runs."""
    return [
        KindPage(
            key, kind.name, cited(kind.cite), tuple(who(profile, kind)), tuple(stages(key, profile, kind)),
            tuple(kind.left_open.values()),
        )
        for key, kind in profile.reviews.items()
    ]  # fmt: skip


def who(profile: BoardProfile, kind: Kind) -> list[Said]:
    """Who recommends, decides, agrees, approves and monitors."""
    asked = (
        ("Recommends", kind.recommends), ("Decides", kind.decides), ("Agrees", kind.agrees),
        ("Approves", kind.approves), ("Monitors", kind.monitors),
    )  # fmt: skip
    said = [Said(label, profile.title(Role(given.value)), cited(given.cite)) for label, given in asked if given]
    told = kind.national_panel
    return said + ([Said("National Panel is told", told.value.label, cited(told.cite))] if told else [])


def stages(type_: str, profile: BoardProfile, kind: Kind) -> list[StageRow]:
    """The pipeline as a table that can be read, without the stages that the profile rules out."""
    table, names = PIPELINES[type_], decisions(profile)
    return [
        StageRow(
            title=spec.title + (" (one for each agency)" if spec.per_agency else ""),
            owner=who_owes(spec, profile, kind),
            after=listed(each.title for each in before(spec, table, kind)) or "The start",
            only_if=only_if(spec, names),
            deadline=counted(spec.clock_in(kind.clocks)),
            explains=why(spec, table, kind),
            cites=where(own_cites(spec, profile)),
        )
        for spec in table.stages
        if not ruled_out(spec, kind)
    ]


def ruled_out(spec: StageSpec, kind: Kind) -> bool:
    """Whether a stage is never needed on this board, whatever a review records."""
    facts = profile_facts(kind)
    return any(each.fact in facts and facts[each.fact] not in each.one_of for each in spec.when)


def before(spec: StageSpec, table: Pipeline, kind: Kind) -> list[StageSpec]:
    """The stages after which one opens; one ruled out is passed over, to those before it if nothing else is left."""
    named = [table.by_key[key] for key in spec.after]
    kept = [each for each in named if not ruled_out(each, kind)]
    return kept or [earlier for each in named for earlier in before(each, table, kind)]


def who_owes(spec: StageSpec, profile: BoardProfile, kind: Kind) -> str:
    """The owner of a stage, with those who take part in it."""
    others = [profile.title(role) for role in spec.involves]
    return profile.title(seat(kind, spec)) + (f", with {listed(others)}" if others else "")


def counted(clock: Clock | None) -> str:
    """'1 month from the notification'; nothing where the framework sets no date."""
    return f"{clock.rule} from {TRIGGERS.get(clock.trigger, clock.trigger)}" if clock else ""


def why(spec: StageSpec, table: Pipeline, kind: Kind) -> str:
    """What the framework says of a deadline, what binds people to it, and where; or why there is none."""
    clock = spec.clock_in(kind.clocks)
    if spec is table.first:
        return "It is the notification itself."
    if clock is None:
        return left_open(spec, kind)
    return f"{in_time_for(spec, table)}{clock.explains} {clock.basis.label}: {cited(clock.cite)}."


def only_if(spec: StageSpec, names: Mapping[str, str]) -> str:
    """When a stage is needed, as far as that depends on the review."""
    return listed(condition(each, names) for each in spec.when if not each.fact.startswith("profile."))


def condition(needed: Condition, names: Mapping[str, str]) -> str:
    """What has to be recorded, in words."""
    if needed.fact == "decision":
        return f"the decision is {' or '.join(lower_first(names.get(value, value)) for value in needed.one_of)}"
    return needed.fact.replace("_", " ")
