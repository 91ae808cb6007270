"""What can be named in the source of a letter, what each name means, and what it is filled in with."""

from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from casework.mail.variables import Variables


def named(variables: Variables) -> dict[str, Any]:
    """The names that a source may use, with their values."""
    names = (*type(variables).model_fields, *type(variables).model_computed_fields)
    return {name: getattr(variables, name) for name in names}


def offered(variables: Variables) -> dict[str, Any]:
    """The names that own words may use, with their values."""
    kind = type(variables)
    return {name: getattr(variables, name) for name in (*explained(kind), *lists_of(kind))}


@cache
def explained(kind: type[BaseModel]) -> dict[str, str]:
    """The names that own words may use, each with what it means: fields that are described, and computed ones."""
    described = {name: info.description for name, info in kind.model_fields.items() if name not in lists_of(kind)}
    described |= {name: info.description for name, info in kind.model_computed_fields.items()}
    return {name: words for name, words in described.items() if words}


@cache
def types_of(kind: type[BaseModel]) -> dict[str, Any]:
    """The names of a letter, or of an item of a list, each with the type of what it is filled in with."""
    types: dict[str, Any] = {name: info.annotation for name, info in kind.model_fields.items()}
    return types | {name: info.return_type for name, info in kind.model_computed_fields.items()}


@cache
def lists_of(kind: type[BaseModel]) -> dict[str, dict[str, str]]:
    """The lists of a letter, each with what its items have."""
    items = {name: item_of(info.annotation) for name, info in kind.model_fields.items() if info.description}
    return {name: explained(item) for name, item in items.items() if item}


def item_of(annotation: Any) -> type[BaseModel] | None:
    """The model of a list's items; None for what is no list of models."""
    inner = get_args(annotation)[:1]
    return inner[0] if inner and isinstance(inner[0], type) and issubclass(inner[0], BaseModel) else None
