"""What every command needs: the store, the moment, and the day in London."""

import json
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import typer
from sqlmodel import Session

from casework.clock import london_day
from casework.record.act import Act
from casework.record.settings import Settings
from casework.record.store import Store, open_store
from casework.validation.toml import why_no_toml
from models.errors import InputError
from models.people import Person


@dataclass(frozen=True)
class Desk:
    """One command's view of the installation."""

    settings: Settings

    @cached_property
    def store(self) -> Store:
        """The database, opened when it is first needed."""
        return open_store(self.settings)

    @property
    def now(self) -> datetime:
        """This moment."""
        return datetime.now(UTC)

    @property
    def today(self) -> date:
        """Today in London."""
        return london_day(self.now)

    def act(self, session: Session, by: Person | None = None) -> Act:
        """What is done by a command now, in this transaction; `by` is in whose name."""
        return Act(session, by, self.now, self.today)


def desk() -> Desk:
    """The installation that the environment names."""
    return Desk(Settings())


def say(value: Mapping[str, Any] | list[Any], text: str, *, as_json: bool) -> None:
    """Print what a command found, for people or for programs."""
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False, default=str) if as_json else text)


def read_file(name: str) -> dict[str, Any]:
    """A JSON or TOML file, or "-" for standard input; raises InputError with what is wrong with it."""
    text = sys.stdin.read() if name == "-" else read_text(Path(name))
    readers = (tomllib.loads, json.loads) if name.endswith(".toml") else (json.loads, tomllib.loads)
    try:
        found = readers[0](text)
    except ValueError as first:
        try:
            found = readers[1](text)
        except ValueError as second:
            wrong = first if name.endswith((".toml", ".json")) or text.lstrip().startswith("{") else second
            said = why_no_toml(text, wrong) if isinstance(wrong, tomllib.TOMLDecodeError) else wrong
            raise InputError(f"{name}: is neither JSON nor TOML: {said}. Correct it there and try again.") from second
    if not isinstance(found, dict):
        raise InputError(f"{name}: contains a {type(found).__name__}. Give an object with named fields.")
    return found


def read_text(path: Path) -> str:
    """The text of a file; raises InputError when it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as wrong:
        raise InputError(f"{path}: cannot be read ({wrong}). Give the path of a text file.") from wrong
