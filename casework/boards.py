"""Reading a board's profile, and saying what is wrong with one, where, and how to mend it."""

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from casework.pipelines import PIPELINES
from casework.settings import Settings
from models.errors import NotFound, ProfileError
from models.profile import BOARD, BoardProfile, Kind

REMEDIES = {
    "missing": "is missing. Add it, with the paragraph of the framework that says it.",
    "extra_forbidden": "is not a key that a profile knows. Take it out, or mend its spelling.",
}


def board(name: str) -> BoardProfile:
    """The profile with this file name, such as "northamptonshire"; raises NotFound or ProfileError."""
    path = boards_folder() / f"{name}.toml"
    if not re.fullmatch(r"[a-z][a-z0-9-]*", name) or not path.exists():
        raise NotFound(f"There is no profile of a board named ‘{name}’. There are: {', '.join(board_names())}.")
    return read_cached(path, path.stat().st_mtime_ns)


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
def read_cached(path: Path, modified: int) -> BoardProfile:  # noqa: ARG001 -- the key of the cache
    """A profile as its file stood when it was last modified."""
    return read_profile(path)


def read_profile(path: Path) -> BoardProfile:
    """Read and check a profile; raises ProfileError with every mistake on a line of its own."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as wrong:
        raise ProfileError(
            f"{path}: cannot be read as text ({wrong}). Give the path of a board’s .toml file."
        ) from wrong
    try:
        profile = BoardProfile.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as wrong:
        raise ProfileError(f"{path}: is not TOML: {wrong}. Mend that line and check again.") from wrong
    except ValidationError as wrong:
        raise ProfileError("\n".join(mistakes(path, text, wrong))) from wrong
    if found := list(inconsistencies(path, text, profile)):
        raise ProfileError("\n".join(found))
    return profile


def mistakes(path: Path, text: str, wrong: ValidationError) -> Iterator[str]:
    """One sentence for each thing that pydantic refused."""
    for error in wrong.errors():
        place = tuple(str(part) for part in error["loc"])
        remedy = REMEDIES.get(error["type"])
        given = "" if remedy or isinstance(error["input"], dict) else f" (given: {error['input']!r})"
        said = error["msg"].removeprefix("Value error, ").rstrip(".")
        yield f"{where(path, text, place)}: {'.'.join(place) or 'the profile'} {remedy or f'— {said}{given}.'}"


def inconsistencies(path: Path, text: str, profile: BoardProfile) -> Iterator[str]:
    """One sentence for each thing that is well formed but cannot be right."""
    for place, cite in citations(profile):
        if cite != BOARD and cite.split(" ")[0] not in profile.sources:
            yield (
                f"{where(path, text, place)}: {'.'.join(place)} cites ‘{cite}’. Begin a citation with one of the "
                f"sources ({', '.join(profile.sources)}), or write ‘{BOARD}’ where the board itself chose the value."
            )
    for type_, kind in profile.reviews.items():
        yield from unknown_names(path, text, type_, kind)


def unknown_names(path: Path, text: str, type_: str, kind: Kind) -> Iterator[str]:
    """Review types and clocks that no pipeline knows."""
    if type_ not in PIPELINES:
        place = where(path, text, ("reviews", type_))
        yield f"{place}: ‘{type_}’ is not a review type. There are: {', '.join(PIPELINES)}."
        return
    stages = PIPELINES[type_].stages
    known = [stage.clock for stage in stages if stage.clock]
    dates = [name for stage in stages for name in stage.form.facts]
    for name, clock in kind.clocks.items():
        place = where(path, text, ("reviews", type_, "clocks", name))
        if name not in known:
            yield f"{place}: ‘{name}’ is not a deadline of a {type_}. There are: {', '.join(known)}."
        if clock.trigger not in dates:
            yield f"{place}: ‘{clock.trigger}’ is not a date that a {type_} records. There are: {', '.join(dates)}."


def citations(part: object, place: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every citation in a profile with its place."""
    items: Iterator[tuple[str, Any]] = iter(())
    if isinstance(part, BaseModel):
        items = ((name, getattr(part, name)) for name in type(part).model_fields)
    elif isinstance(part, Mapping):
        items = ((str(name), value) for name, value in part.items())
    elif isinstance(part, tuple):
        items = ((str(number), value) for number, value in enumerate(part))
    for name, value in items:
        if name == "cite":
            yield place, value
        else:
            yield from citations(value, (*place, name))


def where(path: Path, text: str, place: tuple[str, ...]) -> str:
    """The file and the line where a place of the profile stands, as closely as it can be found."""
    return f"{path}, line {line_of(text, place)}"


def line_of(text: str, place: tuple[str, ...]) -> int:
    """The line of the longest table header, and then key, that leads to `place`; 1 where there is none."""
    lines = text.splitlines()
    for depth in range(len(place), -1, -1):
        start = header_line(lines, place[:depth])
        if start is not None:
            rest = place[depth:]
            return key_line(lines, start, rest[0]) if rest else start
    return 1


def header_line(lines: list[str], table: tuple[str, ...]) -> int | None:
    """The line of a table's header, or of its first part's; the top of the file is the header of the profile itself."""
    if not table:
        return 1
    header = f"[{'.'.join(table)}"
    found = (number for number, line in enumerate(lines, 1) if line.startswith((f"{header}]", f"{header}.")))
    return next(found, None)


def key_line(lines: list[str], start: int, key: str) -> int:
    """The line of a key below a header, or the header's own where the key is missing."""
    for number in range(start, len(lines) + 1):
        line = lines[number - 1]
        if number > start and line.startswith("["):
            break
        if re.match(rf"\s*{re.escape(key)}\s*[.=]", line):
            return number
    return start
