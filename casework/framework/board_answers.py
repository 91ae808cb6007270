"""A board's answers to what its framework leaves open: kept in the installation's home, merged over the profile.

The home's `boards/<board>.toml` holds one table for each question: the answer as it was typed, and the day. The
profile itself is never written. Which answers there may be is said by the profile's `left_open`; the key of an
entry names the place that its answer fills.
"""

import json
import os
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from secrets import token_hex
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints, TypeAdapter, ValidationError

from casework.framework.answer_places import place_of
from casework.record.settings import Settings
from casework.validation.reading import is_of_a_date
from casework.validation.toml import why_no_toml
from models.errors import InputError, ProfileError
from models.forms.base import NO_DATE
from models.profile import BoardProfile

HEADER = (
    "# What the board answered to the questions that its framework leaves open; `learning-cycle set-up` writes it.\n"
)


class BoardAnswer(BaseModel):
    """What was answered, as it was typed, and on which day."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    answer: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
    on: date


ANSWERS = TypeAdapter(dict[str, BoardAnswer])


def answers_path(board_name: str) -> Path:
    """Where a board's answers are kept, whether or not there are any."""
    return path_in_home(os.environ.get("LEARNING_CYCLE_HOME"), board_name)


@lru_cache(maxsize=64)
def path_in_home(variable: str | None, board_name: str) -> Path:  # noqa: ARG001 -- the key of the cache
    """The path while the variable has this value: this is asked at every move, and reading all settings takes long."""
    return Settings().home / "boards" / f"{board_name}.toml"


def read_answers(path: Path) -> dict[str, BoardAnswer]:
    """The answers in a file, none where there is no file; raises ProfileError where it is not as set-up writes it."""
    try:
        return ANSWERS.validate_python(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as wrong:
        raise ProfileError(
            f"{path}: the answers in it cannot be read ({why_unreadable(wrong, path)}). Correct the file, or move it "
            "away and answer again."
        ) from wrong


def why_unreadable(wrong: OSError | ValueError, path: Path) -> str:
    """What is the matter with the file of answers."""
    if isinstance(wrong, tomllib.TOMLDecodeError):
        return why_no_toml(path.read_text(encoding="utf-8"), wrong)
    if not isinstance(wrong, ValidationError):
        return str(wrong)
    first = wrong.errors()[0]
    return f"‘{first['input']}’ {NO_DATE}" if is_of_a_date(first) else first["msg"]


def write_answers(path: Path, answers: Mapping[str, BoardAnswer]) -> None:
    """Keep these answers, the whole file at once."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_suffix(f".{token_hex(4)}")
    draft.write_text(HEADER + "".join(as_toml(key, given) for key, given in sorted(answers.items())), encoding="utf-8")
    draft.replace(path)


def as_toml(key: str, given: BoardAnswer) -> str:
    """One answer as TOML, whose basic strings are written as those of JSON."""
    return f"\n[{json.dumps(key)}]\nanswer = {json.dumps(given.answer, ensure_ascii=False)}\non = {given.on}\n"


def with_answers(profile: BoardProfile, answers: Mapping[str, BoardAnswer], path: Path) -> BoardProfile:
    """The profile with the answers in their places, and those questions no longer open.

    An answer to what the profile no longer leaves open is passed over: the framework has settled it since.
    """
    data = profile.model_dump(mode="json")
    asked = {key for key, _ in questions_of(profile)}
    for key, given in answers.items():
        if key in asked:
            try:
                put_answer(data, profile, key, given.answer)
            except InputError as wrong:
                raise ProfileError(f"{path}: the answer to {key}: {wrong} Answer it again with set-up.") from wrong
    return BoardProfile.model_validate(data)


def questions_of(profile: BoardProfile) -> Iterator[tuple[str, str]]:
    """Every question that a profile leaves open, by its key: those of the board, then those of each review type."""
    yield from profile.left_open.items()
    for type_, kind in profile.reviews.items():
        yield from ((f"{type_}.{name}", asks) for name, asks in kind.left_open.items())


def put_answer(data: dict[str, Any], profile: BoardProfile, key: str, text: str) -> None:
    """Put an answer into its place in a profile's data, and take its question away; raises InputError."""
    place = place_of(profile, key)
    value = place.read(text)
    if place.path:
        part = data
        for name in place.path[:-1]:
            part = part[name]
        part[place.path[-1]] = value
    type_, _, name = key.rpartition(".")
    part = data["reviews"][type_] if type_ else data
    del part["left_open"][name]
