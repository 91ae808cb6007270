"""The editions of the national guidance: which one holds on a day, and what it adds to a board's framework."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from casework.clock import deadline
from casework.framework.cited_files import CitedFile, FileKind, Place, foreign_citations
from casework.framework.pipelines import PIPELINES
from models.edition import Country, Edition, Relaxation
from models.errors import NotFound
from models.profile import BoardProfile, Clock, Kind
from models.vocabulary import Basis
from models.wording import Sentence

FOLDER = Path(__file__).resolve().parents[2] / "deployments" / "editions"


def edition(key: str) -> Edition:
    """The edition with this key, such as "WT2018"; raises NotFound, or ProfileError where its file is wrong."""
    path = edition_path(key)
    try:
        return read_cached(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        raise unknown_edition(key) from None


def unknown_edition(key: str) -> NotFound:
    """The refusal of a key that no edition has."""
    return NotFound(f"There is no edition ‘{key}’. The editions are: {', '.join(edition_names())}.")


@lru_cache(maxsize=64)
def edition_path(key: str) -> Path:
    """Where an edition is: every move asks, and joining paths takes long."""
    if not re.fullmatch(r"[A-Z]+[0-9]{4}", key):
        raise unknown_edition(key)
    return FOLDER / f"{key.lower()}.toml"


def edition_names() -> list[str]:
    """The keys of all editions, in alphabetical order."""
    return sorted(path.stem.upper() for path in FOLDER.glob("*.toml"))


@lru_cache(maxsize=64)
def read_cached(path: Path, modified: int) -> Edition:  # noqa: ARG001 -- the key of the cache
    """An edition as its file stood when it was last modified."""
    return read_edition(path)


def read_edition(path: Path) -> Edition:
    """Read and check an edition; raises ProfileError with every mistake on a line of its own."""
    return EDITION_FILE.read(path)


def inconsistencies(file: CitedFile, found: Edition) -> Iterator[str]:
    """One sentence for each thing that is well formed but cannot be right."""
    yield from foreign_citations(file, found, found.sources)
    if found.key != file.path.stem.upper():
        yield (
            f"{file.where(('key',))}: key is ‘{found.key}’, but the file is called {file.path.name}. Call it "
            f"{found.key.lower()}.toml, or correct the key."
        )
    for type_, clocks in found.clocks.items():
        yield from unknown_clocks(file, ("clocks", type_), type_, clocks)
    for number, each in enumerate(found.relaxations):
        for type_ in each.types:
            if each.clock not in found.clocks.get(type_, {}):
                place = file.where(("relaxations", str(number), "clock"))
                yield (
                    f"{place}: ‘{each.clock}’ is not a deadline that this edition sets for a {type_}. Correct the name."
                )


def unknown_clocks(file: CitedFile, place: Place, type_: str, clocks: Mapping[str, Clock]) -> Iterator[str]:
    """Deadlines that the pipeline of a review type does not know, and those that count from what it never records."""
    if type_ not in PIPELINES:
        yield f"{file.where(place)}: ‘{type_}’ is not a review type. The types are: {', '.join(PIPELINES)}."
        return
    stages = PIPELINES[type_].stages
    known = list(dict.fromkeys(stage.clock for stage in stages if stage.clock))
    dates = list(dict.fromkeys(name for stage in stages for name in stage.form.facts))
    for name, clock in clocks.items():
        at = file.where((*place, name))
        if name not in known:
            yield f"{at}: ‘{name}’ is not a deadline of a {type_}. Its deadlines are: {', '.join(known)}."
        if clock.trigger not in dates:
            yield f"{at}: ‘{clock.trigger}’ is not a date that a {type_} records. Its dates are: {', '.join(dates)}."


EDITION_FILE = FileKind(Edition, "an edition", inconsistencies)


def edition_for(profile: BoardProfile, day: date) -> Edition:
    """The edition under which a board works on a day.

    Among those that its framework names it is the one in force, else the last that had begun by then: a board goes on
    under the guidance it was written for. On a day before all of them it is the first.
    """
    named = [edition(each.value) for each in profile.editions]
    begun = [each for each in named if each.in_force_from.value <= day]
    return max(begun, key=first_day_of) if begun else min(named, key=first_day_of)


def national_edition_on(country: Country, day: date) -> Edition:
    """The edition in force in a country on a day; raises NotFound for a day before the first."""
    known = [each for key in edition_names() if (each := edition(key)).country is country]
    begun = [each for each in known if each.in_force_from.value <= day]
    if not begun:
        first = min(known, key=first_day_of)
        raise NotFound(
            Sentence(
                "No known edition for {country} was in force on {day}. The first is {first}, from {began}: give "
                "that day or a later one.",
                country=country.label,
                day=day,
                first=first.key,
                began=first_day_of(first),
            )
        )
    return max(begun, key=first_day_of)


def first_day_of(found: Edition) -> date:
    """The first day of an edition."""
    return found.in_force_from.value


def clocks_under(kind: Kind, type_: str, found: Edition) -> dict[str, Clock]:
    """The deadlines of a review type: the profile's, and the edition's where that has none.

    What an edition sets by statute holds in any case: a local rule never overrides it.
    """
    national = found.clocks.get(type_, {})
    statutory = {name: clock for name, clock in national.items() if clock.basis is Basis.STATUTE}
    return {**national, **kind.clocks, **statutory}


def kind_under(profile: BoardProfile, type_: str, edition_key: str) -> Kind:
    """A review type as a board runs it under an edition, with the deadlines of both.

    Raises NotFound for an unknown edition, and for a type that the board does not run.
    """
    return merged_kind(IdentityKey(profile), type_, IdentityKey(edition(edition_key)))


@dataclass(frozen=True, eq=False)
class IdentityKey:
    """A part of a file as the key of a cache: itself, read once, rather than all it holds."""

    part: BoardProfile | Edition

    def __eq__(self, other: object) -> bool:
        return isinstance(other, IdentityKey) and other.part is self.part

    def __hash__(self) -> int:
        return id(self.part)


@lru_cache(maxsize=512)  # the hot path of every move; what it holds on to keeps its identity
def merged_kind(profile: IdentityKey, type_: str, under: IdentityKey) -> Kind:
    """The review type with its merged deadlines, made once for a profile and an edition as they were read."""
    assert isinstance(profile.part, BoardProfile)
    assert isinstance(under.part, Edition)
    kind = profile.part.kind(type_)
    if kind is None:
        there = ", ".join(profile.part.reviews)
        raise NotFound(f"{profile.part.name.value} runs no {type_}. It runs: {there}.")
    return kind.model_copy(update={"clocks": clocks_under(kind, type_, under.part)})


def relaxation_of(found: Edition, type_: str, clock_name: str, trigger_on: date) -> Relaxation | None:
    """The relaxation of an edition's deadline, if the time from its trigger to its date touches the window.

    The date stays what it is; what is said of it changes.
    """
    clock = found.clocks.get(type_, {}).get(clock_name)
    if clock is None:
        return None
    last = max(deadline(clock.period, trigger_on).dates)
    return next(
        (
            each
            for each in found.relaxations
            if type_ in each.types and each.clock == clock_name
            if each.since <= last and (each.until is None or trigger_on <= each.until)
        ),
        None,
    )
