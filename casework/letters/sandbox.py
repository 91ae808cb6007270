"""Where a board's own words are filled in: they can name what the letter has, ask whether it is there, and no more.

Two walls stand one behind the other. `unusable_parts` finds all in a source that is not on a short list: no calls, no
arithmetic, no loops but over the letter's own lists, so that nothing can run for long or grow large. What passes is
rendered in Jinja's own sandbox, without any function to call, and stops at a largest size.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache

import jinja2
from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from casework.letters.form import LetterMisshapen, as_text
from casework.letters.frames import WholeLines, day_or_nothing

LONGEST_SOURCE = 6_000  # characters; the product's own longest has a sixth of that
LARGEST_LETTER = 200_000  # characters
DEEPEST = 30  # of one thing within another, far below what Python's own parser bears
INNERMOST = 3  # of {% if %} and {% for %} within each other
ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Const,
    nodes.Filter,
    nodes.If,
    nodes.For,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Concat,
)
ASKED_ONLY = (nodes.If, nodes.And, nodes.Or, nodes.Not)  # they ask of a list whether it has anything in it
TOO_MUCH = "Only names, {% if %}, {% for %} over a list of the letter, and | day can be used. Take out the rest."
FILTERS = {"day": day_or_nothing}
ADDRESSES = ("link", "answer")  # what an answer to a question about one would give away opens somebody's task

Lists = Mapping[str, Mapping[str, str]]  # what each list of a letter has in its items


@dataclass
class Scope:
    """What can be named at one place: names with what they mean, lists, and the items that loops have at hand."""

    names: Mapping[str, str]
    lists: Lists
    items: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class UnusablePart:
    """Something that own words cannot use: on which line, and what is wrong with it."""

    line: int
    sentence: str


@lru_cache(maxsize=256)
def compiled_source(source: str) -> jinja2.Template:
    """A source ready to be filled in."""
    return sandbox_environment().from_string(source)


@lru_cache(maxsize=1)
def sandbox_environment() -> jinja2.Environment:
    """The environment of own words: nothing to call, one filter, no other file."""
    environment = ImmutableSandboxedEnvironment(
        undefined=jinja2.StrictUndefined, finalize=as_text, extensions=[WholeLines], lstrip_blocks=True
    )
    environment.globals.clear()
    environment.tests.clear()
    environment.filters.clear()
    environment.filters.update(FILTERS)
    return environment


def filled_in(source: str, names: Mapping[str, object]) -> str:
    """Own words with their names filled in; raises jinja2.TemplateError or LetterMisshapen."""
    said, length = [], 0
    for part in compiled_source(source).generate(names):
        length += len(part)
        if length > LARGEST_LETTER:
            raise LetterMisshapen("The letter would be too long. Take a list out of it.")
        said.append(part)
    return "".join(said)


def unusable_parts(source: str, names: Mapping[str, str], lists: Lists) -> list[UnusablePart]:
    """Every part of a source that own words cannot use; raises jinja2.TemplateSyntaxError where it cannot be read."""
    tree = sandbox_environment().parse(source)
    if too_deep(tree):
        return [UnusablePart(1, "Too much is nested. Write it more simply.")]
    return list(of_node(tree, Scope(names, lists), 0))


def too_deep(tree: nodes.Node) -> bool:
    """Whether things stand within each other deeper than Python could follow."""
    level: list[nodes.Node] = [tree]
    for _ in range(DEEPEST):
        level = [child for node in level for child in node.iter_child_nodes()]
        if not level:
            return False
    return True


def of_node(node: nodes.Node, scope: Scope, depth: int) -> Iterator[UnusablePart]:
    """What is wrong with a part of a source and with what stands in it."""
    if not isinstance(node, ALLOWED):
        yield UnusablePart(node.lineno, TOO_MUCH)
        return
    if isinstance(node, nodes.For):
        yield from of_loop(node, scope, depth)
        return
    deeper = depth + isinstance(node, nodes.If)
    if deeper > INNERMOST:
        yield UnusablePart(node.lineno, f"No more than {INNERMOST} of {{% if %}} and {{% for %}} can be nested.")
        return
    yield from faults_of_node(node, scope)
    if not isinstance(node, ASKED_ONLY):
        yield from whole_lists(node, scope)
    inside = () if isinstance(node, nodes.Getattr) else node.iter_child_nodes()
    for child in inside:
        yield from of_node(child, scope, deeper)


def faults_of_node(node: nodes.Node, scope: Scope) -> Iterator[UnusablePart]:
    """What is wrong with a name, with what is asked of an item, with a filter, or with a comparison."""
    if isinstance(node, nodes.Name) and node.name in scope.items:
        yield UnusablePart(
            node.lineno,
            f"‘{node.name}’ is a whole item. Choose one of its parts: {listed_names(scope.items[node.name])}.",
        )
    elif isinstance(node, nodes.Name) and node.name not in (*scope.names, *scope.lists):
        yield UnusablePart(node.lineno, f"This letter has no ‘{node.name}’. {suggestion_for(node.name, scope)}")
    elif isinstance(node, nodes.Getattr):
        yield from of_item(node, scope)
    elif isinstance(node, nodes.Filter) and (node.name not in FILTERS or node.args or node.kwargs):
        yield UnusablePart(
            node.lineno, f"‘| {node.name}’ cannot be used. Only ‘| day’ can follow a name, to spell a date."
        )
    elif isinstance(node, nodes.Compare) and compares_an_address(node):
        yield UnusablePart(node.lineno, "An address cannot be compared with anything. Ask only whether there is one.")


def compares_an_address(node: nodes.Compare) -> bool:
    """Whether one side of a comparison is a link of the letter."""
    named = [each.name for each in node.find_all(nodes.Name)] + [each.attr for each in node.find_all(nodes.Getattr)]
    return any(name in ADDRESSES for name in named)


def whole_lists(node: nodes.Node, scope: Scope) -> Iterator[UnusablePart]:
    """A list that is to be written out as a whole."""
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Name) and child.name in scope.lists:
            yield UnusablePart(
                child.lineno,
                f"‘{child.name}’ is a list: write {{% for item in {child.name} %}}, a line for "
                "each item, and {% endfor %}.",
            )


def of_item(node: nodes.Getattr, scope: Scope) -> Iterator[UnusablePart]:
    """What is wrong with something that is asked of an item of a list."""
    known = scope.items.get(node.node.name) if isinstance(node.node, nodes.Name) else None
    if known is None:
        yield UnusablePart(node.lineno, f"‘.{node.attr}’ can only follow an item of a {{% for %}}. Take it out.")
    elif node.attr not in known:
        yield UnusablePart(node.lineno, f"An item here has no ‘{node.attr}’. It has {listed_names(known)}.")


def of_loop(node: nodes.For, scope: Scope, depth: int) -> Iterator[UnusablePart]:
    """What is wrong with a loop: it goes over a list of the letter, and stands in no other loop."""
    name = node.iter.name if isinstance(node.iter, nodes.Name) else ""
    if name not in scope.lists or not isinstance(node.target, nodes.Name) or node.recursive or scope.items:
        lists = listed_names(scope.lists) if scope.lists else "none"
        yield UnusablePart(
            node.lineno, f"{{% for %}} goes through a list of the letter, outside any other. The lists are: {lists}."
        )
        return
    inner = Scope(scope.names, scope.lists, {node.target.name: scope.lists[name]})
    if depth >= INNERMOST:
        yield UnusablePart(node.lineno, f"No more than {INNERMOST} of {{% if %}} and {{% for %}} can be nested.")
        return
    for child in (*node.body, *node.else_, *([node.test] if node.test else [])):
        yield from of_node(child, inner, depth + 1)


def suggestion_for(name: str, scope: Scope) -> str:
    """What may have been meant by a name that there is not."""
    known = {**scope.names, **scope.lists}
    near = get_close_matches(name, known, n=1)
    return f"Did you mean ‘{near[0]}’?" if near else f"It has {listed_names(known)}."


def listed_names(names: Mapping[str, object]) -> str:
    """Names as a sentence has them."""
    return ", ".join(f"‘{name}’" for name in names)
