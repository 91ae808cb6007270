"""What a Word template names between its curly brackets, and whether the product offers it."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from docxtpl import DocxTemplate
from jinja2 import Environment, nodes

from casework.documents.contents import CONTENTS
from casework.documents.dossier import Dossier
from casework.documents.preparing import TEMPLATES
from models.vocabulary import Preparation

README = TEMPLATES / "README.md"
COMMON = "every template"  # the heading of README.md under which `review` stands


def body(template: Path) -> nodes.Template:
    """The body of a template as Jinja reads it; raises TemplateSyntaxError where a loop or condition has no end."""
    opened = DocxTemplate(template)
    opened.init_docx()
    return Environment().parse(opened.patch_xml(opened.get_xml()))  # noqa: S701 # nothing is rendered


def edges(template: Path) -> list[nodes.Template]:
    """Its header and its footer, read in the same way."""
    opened = DocxTemplate(template)
    opened.init_docx()
    parts = (part for uri in (opened.HEADER_URI, opened.FOOTER_URI) for _, part in opened.get_headers_footers(uri))
    return [Environment().parse(opened.patch_xml(opened.get_part_xml(part))) for part in parts]  # noqa: S701


def fields(*trees: nodes.Template) -> set[str]:
    """The fields that are named: "review.agencies.name" for the name of each of the review's agencies."""
    return {path for tree in trees for path in named(tree, {"loop": ""}) if path}


def named(node: nodes.Node, scope: Mapping[str, str]) -> Iterator[str]:
    """The fields below a node; `scope` has the variables of the loops around it with what they stand for."""
    path = dotted(node, scope)
    if path is not None:
        yield path
        return
    if isinstance(node, nodes.For):
        yield from named(node.iter, scope)
        scope = dict(scope) | dict.fromkeys(variables_of(node.target), dotted(node.iter, scope) or "")
    inside = node.body + node.else_ if isinstance(node, nodes.For) else node.iter_child_nodes()
    for child in inside:
        yield from named(child, scope)


def variables_of(target: nodes.Node) -> list[str]:
    """The names that a loop gives to each of its items, or to the parts of each."""
    return [name.name for name in ([target] if isinstance(target, nodes.Name) else target.find_all(nodes.Name))]


def dotted(node: nodes.Node, scope: Mapping[str, str]) -> str | None:
    """A name with its attributes; None for anything else."""
    if isinstance(node, nodes.Name):
        return scope.get(node.name, node.name)
    if isinstance(node, nodes.Getattr):
        owner = dotted(node.node, scope)
        return owner and f"{owner}.{node.attr}"
    return None


def variables(kind: Preparation) -> dict[str, Any]:
    """The variables of a template with their types."""
    returned = get_type_hints(CONTENTS[kind])["return"]
    return {"review": Dossier} | get_type_hints(returned, include_extras=True)


def is_offered(path: str, kind: Preparation) -> bool:
    """Whether the template of this kind can name this field."""
    first, *rest = path.split(".")
    offered = variables(kind)
    return first in offered and has(offered[first], rest)


def has(hint: Any, path: list[str]) -> bool:
    """Whether a value of this type, or each item of it, has an attribute of an attribute of this name."""
    if not path:
        return True
    found = (attribute(one, path[0]) for one in kinds_of(hint))
    return any(has(one, path[1:]) for one in found if one is not None)


def kinds_of(hint: Any) -> list[Any]:
    """The types that a value may have, or its items where it is a list; None left out."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        as_form = [said for said in arguments[1:] if isinstance(said, type | UnionType)]
        return kinds_of(as_form[0] if as_form else arguments[0])
    if origin in (Union, UnionType, list, tuple):
        return [kind for one in arguments if one not in (NoneType, ...) for kind in kinds_of(one)]
    return [hint]


def attribute(owner: Any, name: str) -> Any:
    """The type of an attribute or property; None where there is none of this name."""
    found = getattr(owner, name, None)
    if isinstance(found, property):
        return get_type_hints(found.fget)["return"]
    return get_type_hints(owner, include_extras=True).get(name)


def documented() -> dict[str, set[str]]:
    """The fields that README.md lists, by the heading under which they stand.

    A row is a field, what it holds, and the parts that it, or each of its items, has.
    """
    found: dict[str, set[str]] = {}
    for line in README.read_text(encoding="utf-8").splitlines():
        if line.startswith("### "):
            heading = line.removeprefix("### ").strip("`")
        elif line.startswith("| `"):
            first, _, parts = (cell.strip() for cell in line.strip("|").split("|"))
            field = first.strip("`")
            listed = re.findall("`([a-z_.]+)`", parts)
            found.setdefault(heading, set()).update({field}, (f"{field}.{part}" for part in listed))
    return found
