"""Which kind of question a field of a pydantic model makes: its type decides, with the marks put on it.

The marks are keys of `json_schema_extra`: "long" for prose, "email" for an address, "file" for an upload, "time" for a
time of day, "people" for a choice of people, whom the page puts in; "only", which names another question and the
answers to it under which alone this one matters; and "sometimes" for what a rule asks for in some reviews or under some
answers, as its description says.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

Kind = Literal["text", "email", "long_text", "date", "time", "yes_no", "choice", "many", "rows", "file"]
# the answers of an enum that a board offers, by value, under its own names
Local = Mapping[type[StrEnum], Mapping[str, str]]
MARKS: tuple[tuple[str, Kind], ...] = (
    ("file", "file"),
    ("email", "email"),
    ("long", "long_text"),
    ("time", "time"),
    ("people", "many"),
)
KINDS: tuple[tuple[tuple[type, ...], Kind], ...] = (
    ((date,), "date"),
    ((bool,), "yes_no"),  # before int, of which bool is one
    ((str, int, float), "text"),
)


@dataclass(frozen=True)
class Option:
    """One answer to choose."""

    value: str
    label: str


@dataclass(frozen=True)
class Shape:
    """What kind of field a type makes: with the enum it chooses from, or the form of each of its rows."""

    kind: Kind
    choices: type[StrEnum] | None = None
    row: type[BaseModel] | None = None


def shape_of(info: FieldInfo) -> Shape:
    """The shape of a pydantic field; `X | None` as X. Raises TypeError for a type no field can ask for."""
    bare, marks = unwrapped(info.annotation)
    marks |= info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    for mark, kind in MARKS:
        if marks.get(mark):
            return Shape(kind)
    if get_origin(bare) in (list, tuple):
        return shape_of_list(get_args(bare)[0])
    return shape_of_one(bare)


def unwrapped(annotation: Any) -> tuple[Any, dict[str, Any]]:
    """A type without `| None` and `Annotated`, and the marks (json_schema_extra) found on the way."""
    marks: dict[str, Any] = {}
    while get_origin(annotation) in (Annotated, Union, UnionType):
        if get_origin(annotation) is Annotated:
            for extra in annotation.__metadata__:
                if isinstance(extra, FieldInfo) and isinstance(extra.json_schema_extra, dict):
                    marks |= extra.json_schema_extra
            annotation = get_args(annotation)[0]
            continue
        inner = [part for part in get_args(annotation) if part is not type(None)]
        if len(inner) != 1:
            break
        annotation = inner[0]
    return annotation, marks


def shape_of_list(item: Any) -> Shape:
    """Several answers of an enum, or several rows of a form."""
    if isinstance(item, type) and issubclass(item, StrEnum):
        return Shape("many", choices=item)
    if isinstance(item, type) and issubclass(item, BaseModel):
        return Shape("rows", row=item)
    raise TypeError(f"A list of {item} cannot be a field: list a StrEnum or a pydantic model.")


def shape_of_one(bare: Any) -> Shape:
    """One answer."""
    if isinstance(bare, type):
        if issubclass(bare, StrEnum):
            return Shape("choice", choices=bare)
        for types, kind in KINDS:
            if issubclass(bare, types):
                return Shape(kind)
    raise TypeError(f"{bare} cannot be a field: use str, int, float, bool, date, a StrEnum or a list.")


def only_under(info: FieldInfo) -> tuple[str, tuple[str, ...]]:
    """The question on which a field depends, and the answers under which it matters; nothing for one asked always."""
    return next(((name, tuple(answers)) for name, answers in marks_of(info).get("only", {}).items()), ("", ()))


def is_needed_sometimes(info: FieldInfo) -> bool:
    """Whether a rule may refuse a field that is left empty, though the form alone does not."""
    return bool(marks_of(info).get("sometimes"))


def marks_of(info: FieldInfo) -> dict[str, Any]:
    """The marks on a field and on its type."""
    _, marks = unwrapped(info.annotation)
    return marks | (info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {})


def field_at(form: type[BaseModel], place: Iterable[str | int]) -> tuple[str, str, FieldInfo | None]:
    """The name in the page, the label and the pydantic field at a place; both names are empty for none of the form."""
    path: list[str] = []
    label, info = "", None
    row: type[BaseModel] | None = form
    for part in place:
        if isinstance(part, str):
            if row is None or part not in row.model_fields:
                break  # inside a value, such as one branch of a union: its field is known already
            info = row.model_fields[part]
            label, row = label_of(part, info), shape_of(info).row
        elif row is None:
            break  # one of several answers: they are asked for as one field
        path.append(str(part))
    return "-".join(path), label, info


def label_of(name: str, info: FieldInfo) -> str:
    """The field's title, else its name with spaces."""
    return info.title or sentence_case(name)


def sentence_case(name: str) -> str:
    """'lead_reviewer' as 'Lead reviewer'."""
    words = name.replace("_", " ").replace("-", " ")
    return words[:1].upper() + words[1:]


def options_of(choices: type[StrEnum] | None, local: Local | None = None) -> tuple[Option, ...]:
    """The members of an enum as answers: those that `local` gives it, or all, by their own `label` if they have one."""
    if choices is None:
        return ()
    if local and choices in local:
        return tuple(Option(value, label) for value, label in local[choices].items())
    return tuple(Option(each.value, str(getattr(each, "label", sentence_case(each.value)))) for each in choices)
