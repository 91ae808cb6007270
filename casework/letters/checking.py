"""Whether a board’s own words would make a letter: all that is wrong with them, line by line, with the remedy."""

import re
from collections.abc import Iterator
from datetime import date
from types import NoneType
from typing import get_args

import jinja2
from jinja2 import nodes
from pydantic import BaseModel

from casework.letters.form import SIGNS_OF_LINES, LetterMisshapen, Words, blocks, parse
from casework.letters.letter_variables import VARIABLES
from casework.letters.naming import examples, explained, lists_of, offered, types_of
from casework.letters.sandbox import (
    LONGEST_SOURCE,
    UnusablePart,
    filled_in,
    listed_names,
    sandbox_environment,
    unusable_parts,
)
from casework.letters.variables import Variables
from models.vocabulary import Template

GAP = (
    "‘{name}’ may be missing, which would leave a gap. Write {{% if {name} %}} … {{% endif %}} around the "
    "words with it."
)
LONGEST_SUBJECT = 200  # characters, filled in; the outbox keeps 300
EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
LINK = re.compile(r"\]\((?P<address>.*?)\)\s*(?:\||$)")
NAMED = re.compile(r"\{\{\s*(?P<name>[a-z_]+(?:\.[a-z_]+)?)\s*\}\}")
MARK_UP = re.compile(r"</?[a-zA-Z][^>]*>")


def check_links(words: Words, variables: Variables) -> None:
    """Raises LetterMisshapen where the letter asks for nothing, or a link leads out of the dashboard."""
    if variables.link not in words.linked:
        raise LetterMisshapen("The letter has lost its link. Write it on a line of its own: ‘[Open]({{ link }})’.")
    if not all(address.startswith(f"{variables.address}/") for address in words.addresses):
        raise LetterMisshapen(
            "A link in the letter leads outside the product. Use only the links that the letter is given."
        )


def dates_of(kind: type[BaseModel]) -> dict[str, str]:
    """The names of a letter that are dates, with what they mean."""
    types = types_of(kind)
    return {name: means for name, means in explained(kind).items() if date in (types[name], *get_args(types[name]))}


def no_dates(source: str, kind: type[BaseModel]) -> Iterator[UnusablePart]:
    """Every place where “| day” follows something that is no date; the sentence names it, and the dates there are."""
    known = dates_of(kind)
    for found in sandbox_environment().parse(source).find_all(nodes.Filter):
        named = found.node
        if not (isinstance(named, nodes.CondExpr) or (isinstance(named, nodes.Name) and named.name in known)):
            yield UnusablePart(
                found.lineno,
                f"{name_before_filter(named)} is not a date, so ‘| day’ cannot follow it. The dates here are: "
                f"{listed_names(known)}.",
            )


def name_before_filter(node: nodes.Expr | None) -> str:
    """What stands before a filter, as it is written where that is one word."""
    match node:
        case nodes.Name():
            return f"‘{node.name}’"
        case nodes.Const():
            return f"‘{node.value}’"
        case nodes.Getattr(node=nodes.Name() as item):
            return f"‘{item.name}.{node.attr}’"
    return "what stands before it"


def may_be_missing(kind: type[BaseModel]) -> set[str]:
    """The names that a letter of this kind may have no value for."""
    return {name for name, type_ in types_of(kind).items() if NoneType in get_args(type_)}


def unasked_gaps(source: str, kind: type[BaseModel]) -> list[UnusablePart]:
    """Every place where such a name stands in a sentence without being asked for; facts and links go without."""
    lines = source.split("\n")
    found = unasked_names(sandbox_environment().parse(source), may_be_missing(kind), frozenset())
    return [
        UnusablePart(line, GAP.format(name=name))
        for line, name in found
        if not lines[line - 1].startswith(SIGNS_OF_LINES)
    ]


def unasked_names(node: nodes.Node, missing: set[str], asked: frozenset[str]) -> Iterator[tuple[int, str]]:
    """The names that are written out and not asked for, with their lines."""
    if isinstance(node, nodes.Name) and node.name in missing - asked:
        yield node.lineno, node.name
        return
    if not isinstance(node, (nodes.If, nodes.CondExpr)):
        for child in node.iter_child_nodes():
            yield from unasked_names(child, missing, asked)
        return
    there = asked | {name.name for name in (node.test, *node.test.find_all(nodes.Name)) if isinstance(name, nodes.Name)}
    if isinstance(node, nodes.If):
        then, otherwise = node.body, [*node.elif_, *node.else_]
    else:
        then, otherwise = [node.expr1], [node.expr2] if node.expr2 else []
    for part, known in ((then, there), (otherwise, asked)):
        for child in part:
            yield from unasked_names(child, missing, known)


def problems_of(template: Template, source: str) -> list[str]:
    """Everything that is wrong with a board's own words for a letter, each a sentence; nothing where all is well."""
    if len(source) > LONGEST_SOURCE:
        return [f"The words are {len(source)} characters long. The limit is {LONGEST_SOURCE}: shorten them."]
    kind = VARIABLES[template]
    try:
        found = unusable_parts(source, explained(kind), lists_of(kind))
    except jinja2.TemplateSyntaxError as wrong:
        return [why_unreadable(wrong)]
    except RecursionError:
        return ["Too much is nested. Write it more simply."]
    found += of_lines(source)
    found = found or [*unasked_gaps(source, kind), *no_dates(source, kind)]
    if found:
        return [f"Line {each.line}: {each.sentence}" for each in sorted(set(found), key=lambda each: each.line)]
    return list(dict.fromkeys(said for variables in examples(template) for said in of_letter(source, variables)))


def why_unreadable(wrong: jinja2.TemplateSyntaxError) -> str:
    """What a source says that cannot be read at all."""
    said = (wrong.message or "something is missing").rstrip(".")
    return (
        f"Line {wrong.lineno}: it cannot be read ({said}). A name goes between {{{{ and }}}}, and every {{% if %}} "
        "and {% for %} needs its {% endif %} or {% endfor %}."
    )


def of_lines(source: str) -> Iterator[UnusablePart]:
    """What is wrong with the form of single lines."""
    lines = source.split("\n")
    if len(lines) > 1 and lines[1].strip():
        yield UnusablePart(
            2, "Leave this line blank. The subject is one line, and the letter begins after a blank one."
        )
    for number, line in enumerate(lines, 1):
        if mark_up := MARK_UP.search(EXPRESSION.sub("", line)):
            yield UnusablePart(number, f"‘{mark_up[0]}’ would be shown as it is typed. Take it out: use plain words.")
        if number > 1 and line.lstrip().startswith(SIGNS_OF_LINES):
            yield from of_signed_line(number, line)
        elif "](" in line:
            yield UnusablePart(number, "Put a link on a line of its own: ‘[Open the review]({{ link }})’.")


def of_signed_line(number: int, line: str) -> Iterator[UnusablePart]:
    """What is wrong with a fact, a link, a heading or an item of a list."""
    try:
        list(blocks(EXPRESSION.sub("…", line)))
    except LetterMisshapen as wrong:
        yield UnusablePart(number, str(wrong))
    link = LINK.search(line)
    if link and not NAMED.fullmatch(link["address"].strip()):
        yield UnusablePart(
            number, "A link can lead only to what the letter gives: write {{ link }} between the brackets."
        )


def of_letter(source: str, variables: Variables) -> Iterator[str]:
    """What is wrong with the letter that the words make with these variables."""
    try:
        words = parse(filled_in(source, offered(variables)))
        check_links(words, variables)
    except LetterMisshapen as wrong:
        yield str(wrong)
    except (jinja2.TemplateError, TypeError, AttributeError, ValueError) as wrong:
        yield f"The words cannot be filled in ({type(wrong).__name__}). Only a date can be followed by ‘| day’."
    else:
        yield from of_subject(words.subject, variables.address)


def of_subject(subject: str, address: str) -> Iterator[str]:
    """What is wrong with a subject; a link in it would stand in every list of e-mails."""
    if f"{address}/" in subject:
        yield "Line 1: there is an address in the subject. Take it out: the link has its own line below."
    if not subject:
        yield "Line 1: the subject is empty. Write what the letter is about in one line."
    if len(subject) > LONGEST_SUBJECT:
        yield (
            f"Line 1: once filled in, the subject has {len(subject)} characters. The limit is "
            f"{LONGEST_SUBJECT}: shorten it."
        )
