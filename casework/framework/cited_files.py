"""Reading files in which every value cites its source: what is wrong with one, on which line, and how to correct it."""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from casework.validation.reading import is_of_a_date
from casework.validation.toml import why_no_toml
from models.errors import ProfileError
from models.forms.base import NO_DATE
from models.profile import BOARD

Read = TypeVar("Read", bound=BaseModel)
Place = tuple[str, ...]
CHOSEN_HERE = "Chosen by the board; the framework is silent"


@dataclass(frozen=True)
class CitedFile:
    """A file as it was read, in which the line of any place can be found."""

    path: Path
    text: str

    def where(self, place: Place) -> str:
        """The file and the line where a place stands, as closely as it can be found."""
        return f"{self.path}, line {line_of(self.text, place)}"


@dataclass(frozen=True)
class FileKind(Generic[Read]):
    """A kind of file. `called` is what a sentence calls one; `inconsistencies` finds what cannot be right in it."""

    model: type[Read]
    called: str
    inconsistencies: Callable[[CitedFile, Read], Iterable[str]]

    def read(self, path: Path) -> Read:
        """Read and check a file; raises ProfileError with every mistake on a line of its own."""
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as wrong:
            raise ProfileError(
                f"{path}: cannot be read as text ({wrong}). Give the path of {self.called}’s .toml file."
            ) from wrong
        try:
            found = self.model.model_validate(tomllib.loads(text))
        except tomllib.TOMLDecodeError as wrong:
            raise ProfileError(
                f"{path}: is not TOML: {why_no_toml(text, wrong)}. Correct that line and check again."
            ) from wrong
        except ValidationError as wrong:
            raise ProfileError("\n".join(self.mistakes(CitedFile(path, text), wrong))) from wrong
        if cannot_be := list(self.inconsistencies(CitedFile(path, text), found)):
            raise ProfileError("\n".join(cannot_be))
        return found

    def mistakes(self, file: CitedFile, wrong: ValidationError) -> Iterator[str]:
        """One sentence for each thing that pydantic refused."""
        remedies = {
            "missing": "is missing. Add it, with the paragraph that says it.",
            "extra_forbidden": f"is not a key that {self.called} knows. Take it out, or correct its spelling.",
        }
        for error in wrong.errors():
            place = tuple(str(part) for part in error["loc"])
            remedy = remedies.get(error["type"])
            if is_of_a_date(error):
                yield f"{file.where(place)}: {'.'.join(place)}: ‘{error['input']}’ {NO_DATE}."
                continue
            given = "" if remedy or isinstance(error["input"], dict) else f" (given: {error['input']!r})"
            said = error["msg"].removeprefix("Value error, ").rstrip(".")
            yield f"{file.where(place)}: {'.'.join(place) or self.called} {remedy or f'— {said}{given}.'}"


def foreign_citations(
    file: CitedFile, part: BaseModel, sources: Mapping[str, str], otherwise: str | None = None
) -> Iterator[str]:
    """One sentence for each citation that begins with none of the sources, and is not the word `otherwise`."""
    instead = f", or write ‘{otherwise}’ where the board itself chose the value" if otherwise else ""
    for place, cite in citations(part):
        if cite != otherwise and cite.split(" ")[0].rstrip(",;") not in sources:
            yield (
                f"{file.where(place)}: {'.'.join(place)} cites ‘{cite}’. Begin a citation with one of the "
                f"sources ({', '.join(sources)}){instead}."
            )


def citations(part: object, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Every citation in a file with its place: what is called `cite`, and what `suits` gives for each kind of case."""
    for name, value in parts_inside(part):
        if name == "cite":
            yield place, value
        elif name == "suits":
            yield from (((*place, name, str(case)), cite) for case, cite in value.items())
        else:
            yield from citations(value, (*place, name))


def parts_inside(part: object) -> Iterator[tuple[str, Any]]:
    """The named parts of a part; none of a plain value."""
    if isinstance(part, BaseModel):
        yield from ((name, getattr(part, name)) for name in type(part).model_fields)
    elif isinstance(part, Mapping):
        yield from ((str(name), value) for name, value in part.items())
    elif isinstance(part, tuple):
        yield from ((str(number), value) for number, value in enumerate(part))


def in_words(cite: str, sources: Mapping[str, str]) -> str:
    """A citation with the titles of its sources: "S000 paragraph 2.1" as "Portsmouth SCB, ..., paragraph 2.1"."""
    if cite == BOARD:
        return CHOSEN_HERE
    return "; ".join(one_in_words(one, sources) for one in cite.split("; "))


def one_in_words(cite: str, sources: Mapping[str, str]) -> str:
    """One citation with the title of its source, if that is known."""
    key, _, rest = cite.partition(" ")
    title = sources.get(key.rstrip(","))
    if title is None:
        return cite
    return f"{title}, {rest}" if rest else title


def line_of(text: str, place: Place) -> int:
    """The line of the longest table header, and then key, that leads to `place`; 1 where there is none."""
    lines = text.splitlines()
    for depth in range(len(place), -1, -1):
        start = header_line(lines, place[:depth])
        if start is not None:
            rest = place[depth:]
            return key_line(lines, start, rest[0]) if rest else start
    return 1


def header_line(lines: list[str], table: Place) -> int | None:
    """The line of a table's header, or of its first part's; the top of the file is the header of the file itself.

    The header of a table in a list is found by its number: the second of `[[relaxations]]` is relaxations.1.
    """
    if not table:
        return 1
    *names, last = table
    if names and last.isdigit():
        listed = [number for number, line in enumerate(lines, 1) if line.startswith(f"[[{'.'.join(names)}]]")]
        return listed[int(last)] if int(last) < len(listed) else None
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
