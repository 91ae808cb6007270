"""What “| day” spells: a date that the letter has, and nothing else."""

from collections.abc import Iterator
from datetime import date
from typing import get_args

from jinja2 import nodes
from pydantic import BaseModel

from casework.mail.naming import explained, types_of
from casework.mail.sandbox import Outside, listed, sandbox


def dates_of(kind: type[BaseModel]) -> dict[str, str]:
    """The names of a letter that are dates, with what they mean."""
    types = types_of(kind)
    return {name: means for name, means in explained(kind).items() if date in (types[name], *get_args(types[name]))}


def no_dates(source: str, kind: type[BaseModel]) -> Iterator[Outside]:
    """Every place where “| day” follows something that is no date; the sentence names it, and the dates there are."""
    known = dates_of(kind)
    for found in sandbox().parse(source).find_all(nodes.Filter):
        named = found.node
        if not (isinstance(named, nodes.CondExpr) or (isinstance(named, nodes.Name) and named.name in known)):
            yield Outside(
                found.lineno,
                f"{called(named)} is no date, so ‘| day’ cannot follow it. Dates here: {listed(known)}.",
            )


def called(node: nodes.Expr | None) -> str:
    """What stands before a filter, as it is written where that is one word."""
    match node:
        case nodes.Name():
            return f"‘{node.name}’"
        case nodes.Const():
            return f"‘{node.value}’"
        case nodes.Getattr(node=nodes.Name() as item):
            return f"‘{item.name}.{node.attr}’"
    return "what stands before it"
