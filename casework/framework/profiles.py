"""Reading a board's profile, and saying what is wrong with one, where, and how to correct it."""

import os
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from casework.framework.board_answers import answers_path, read_answers, with_answers
from casework.framework.cited_files import CitedFile, FileKind, foreign_citations
from casework.framework.editions import IdentityKey, edition, edition_names, unknown_clocks
from casework.framework.pipelines import PIPELINES
from casework.record.settings import Settings
from models.errors import NotFound
from models.forms.referral import Referral
from models.profile import BOARD, BoardProfile, Clock, Kind
from models.vocabulary import Basis, TaskKind


def board(name: str) -> BoardProfile:
    """The profile with this file name, such as "northamptonshire", and the board's own answers in their places.

    Raises NotFound or ProfileError.
    """
    profile, path = profile_as_shipped(name), answers_path(name)
    if not os.access(path, os.F_OK):  # every move asks, and most boards have no answers: stat would raise
        return profile
    return answered_cached(IdentityKey(profile), path, path.stat().st_mtime_ns)


def profile_as_shipped(name: str) -> BoardProfile:
    """The profile with this file name as it was written, without answers; raises NotFound or ProfileError."""
    path = profile_path(os.environ.get("LEARNING_CYCLE_BOARDS"), name)
    try:
        return read_cached(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        raise unknown_board(name) from None


def unknown_board(name: str) -> NotFound:
    """The refusal of a name that no profile has."""
    return NotFound(f"There is no board profile named ‘{name}’. The profiles are: {', '.join(board_names())}.")


def board_names() -> list[str]:
    """The names of all profiles, in alphabetical order."""
    return sorted(path.stem for path in boards_folder().glob("*.toml"))


def boards_folder() -> Path:
    """Where the profiles are: the variable LEARNING_CYCLE_BOARDS, or the product's own."""
    return named_folder(os.environ.get("LEARNING_CYCLE_BOARDS"))


@lru_cache(maxsize=8)
def named_folder(variable: str | None) -> Path:  # noqa: ARG001 -- the key of the cache
    """The folder that the settings give while the variable has this value: reading all settings takes long."""
    return Settings().boards


@lru_cache(maxsize=64)
def profile_path(variable: str | None, name: str) -> Path:
    """Where a board's profile is while the variable has this value: every move asks, and joining paths takes long."""
    if not re.fullmatch(r"[a-z][a-z0-9-]*", name):
        raise unknown_board(name)
    return named_folder(variable) / f"{name}.toml"


@lru_cache(maxsize=64)
def read_cached(path: Path, modified: int) -> BoardProfile:  # noqa: ARG001 -- the key of the cache
    """A profile as its file stood when it was last modified."""
    return read_profile(path)


@lru_cache(maxsize=64)
def answered_cached(profile: IdentityKey, path: Path, modified: int) -> BoardProfile:  # noqa: ARG001 -- the key of the cache
    """A profile with the answers as their file stood when it was last modified."""
    assert isinstance(profile.part, BoardProfile)
    return with_answers(profile.part, read_answers(path), path)


def read_profile(path: Path) -> BoardProfile:
    """Read and check a profile; raises ProfileError with every mistake on a line of its own."""
    return PROFILE_FILE.read(path)


def inconsistencies(file: CitedFile, profile: BoardProfile) -> Iterator[str]:
    """One sentence for each thing that is well formed but cannot be right."""
    yield from foreign_citations(file, profile, profile.sources, otherwise=BOARD)
    unknown = list(unknown_editions(file, profile))
    yield from unknown
    yield from unknown_schedules(file, profile)
    for type_, kind in profile.reviews.items():
        yield from unknown_names(file, type_, kind)
        if not unknown:
            yield from against_statute(file, profile, type_, kind)


ACTIONS = "actions"  # the key under which a profile may give actions a schedule of their own
ANSWERS = (TaskKind.INVITATION.value, TaskKind.TERMS.value, TaskKind.CONTRIBUTION.value)  # and those of answers by link
PROFILE_FILE = FileKind(BoardProfile, "a profile", inconsistencies)


def unknown_editions(file: CitedFile, profile: BoardProfile) -> Iterator[str]:
    """Editions that are not there, and editions of two countries in one profile."""
    keys, there = [each.value for each in profile.editions], edition_names()
    place = file.where(("editions",))
    missing = [key for key in keys if key not in there]
    for key in missing:
        yield f"{place}: ‘{key}’ is not an edition of the national guidance. The editions are: {', '.join(there)}."
    if not missing and len({edition(key).country for key in keys}) > 1:
        yield (
            f"{place}: {', '.join(keys)} are guidance for two countries. A board works in one: keep only its own "
            "country’s."
        )


def unknown_schedules(file: CitedFile, profile: BoardProfile) -> Iterator[str]:
    """Schedules of reminders for stages that no review type has."""
    known = {key for each in PIPELINES.values() for key in each.by_key} | {ACTIONS, *ANSWERS}
    for key in profile.reminders.stages.keys() - known:
        place = file.where(("reminders", "stages", key))
        yield f"{place}: ‘{key}’ is not the key of a stage. Take it out, or correct its spelling."


def unknown_names(file: CitedFile, type_: str, kind: Kind) -> Iterator[str]:
    """Review types and clocks that no pipeline knows, and what suits a referral though none begins it."""
    yield from unknown_clocks(file, ("reviews", type_, "clocks"), type_, kind.clocks)
    if kind.suits and type_ in PIPELINES and PIPELINES[type_].first.form is not Referral:
        place = file.where(("reviews", type_, "suits"))
        yield f"{place}: a {type_} begins with a theme, so it suits no referral. Take suits out."


def against_statute(file: CitedFile, profile: BoardProfile, type_: str, kind: Kind) -> Iterator[str]:
    """Deadlines of the profile that contradict what an edition sets by statute."""
    for name, clock in kind.clocks.items():
        for key in (each.value for each in profile.editions):
            national = edition(key).clocks.get(type_, {}).get(name)
            if national and national.basis is Basis.STATUTE and counted_from(clock) != counted_from(national):
                yield (
                    f"{file.where(('reviews', type_, 'clocks', name))}: reviews.{type_}.clocks.{name} is "
                    f"‘{clock.rule}’ from {clock.trigger}, but {key} sets ‘{national.rule}’ from {national.trigger} by "
                    "statute, which no framework can change. Take the deadline out; the edition supplies it."
                )


def counted_from(clock: Clock) -> tuple[str, str]:
    """What a deadline counts and from when, however it is written."""
    return str(clock.period), clock.trigger
