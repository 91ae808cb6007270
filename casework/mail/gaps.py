"""Names that a letter may have no value for: where they stand in a sentence, the words must ask for them first."""

from collections.abc import Iterator
from types import NoneType
from typing import get_args

from jinja2 import nodes
from pydantic import BaseModel

from casework.mail.letter_form import SIGNS_OF_LINES
from casework.mail.naming import types_of
from casework.mail.sandbox import Outside, sandbox

GAP = (
    "‘{name}’ may be missing, and leaves a gap then. Write {{% if {name} %}} … {{% endif %}} around the words with it."
)


def may_be_missing(kind: type[BaseModel]) -> set[str]:
    """The names that a letter of this kind may have no value for."""
    return {name for name, type_ in types_of(kind).items() if NoneType in get_args(type_)}


def gaps(source: str, kind: type[BaseModel]) -> list[Outside]:
    """Every place where such a name stands in a sentence without being asked for; facts and links go without."""
    lines = source.split("\n")
    found = unasked(sandbox().parse(source), may_be_missing(kind), frozenset())
    return [
        Outside(line, GAP.format(name=name)) for line, name in found if not lines[line - 1].startswith(SIGNS_OF_LINES)
    ]


def unasked(node: nodes.Node, missing: set[str], asked: frozenset[str]) -> Iterator[tuple[int, str]]:
    """The names that are written out and not asked for, with their lines."""
    if isinstance(node, nodes.Name) and node.name in missing - asked:
        yield node.lineno, node.name
        return
    if not isinstance(node, (nodes.If, nodes.CondExpr)):
        for child in node.iter_child_nodes():
            yield from unasked(child, missing, asked)
        return
    there = asked | {name.name for name in (node.test, *node.test.find_all(nodes.Name)) if isinstance(name, nodes.Name)}
    if isinstance(node, nodes.If):
        then, otherwise = node.body, [*node.elif_, *node.else_]
    else:
        then, otherwise = [node.expr1], [node.expr2] if node.expr2 else []
    for part, known in ((then, there), (otherwise, asked)):
        for child in part:
            yield from unasked(child, missing, known)
