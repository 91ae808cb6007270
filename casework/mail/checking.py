"""Whether a board's own words would make a letter: all that is wrong with them, line by line, with the remedy."""

import re
from collections.abc import Iterator

import jinja2

from casework.mail.examples import examples
from casework.mail.gaps import gaps
from casework.mail.letter_form import SIGNS_OF_LINES, LetterMisshapen, blocks, parse
from casework.mail.letter_variables import VARIABLES
from casework.mail.links import check_links
from casework.mail.naming import explained, lists_of, offered
from casework.mail.sandbox import LONGEST_SOURCE, Outside, filled_in, outside
from casework.mail.spelling_days import no_dates
from casework.mail.variables import Variables
from models.vocabulary import Template

LONGEST_SUBJECT = 200  # characters, filled in; the outbox keeps 300
EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
LINK = re.compile(r"\]\((?P<address>.*?)\)\s*(?:\||$)")
NAMED = re.compile(r"\{\{\s*(?P<name>[a-z_]+(?:\.[a-z_]+)?)\s*\}\}")
MARK_UP = re.compile(r"</?[a-zA-Z][^>]*>")


def problems_of(template: Template, source: str) -> list[str]:
    """Everything that is wrong with a board's own words for a letter, each a sentence; nothing where all is well."""
    if len(source) > LONGEST_SOURCE:
        return [f"The words are {len(source)} characters long. {LONGEST_SOURCE} is the most: shorten them."]
    kind = VARIABLES[template]
    try:
        found = outside(source, explained(kind), lists_of(kind))
    except jinja2.TemplateSyntaxError as wrong:
        return [unreadable(wrong)]
    except RecursionError:
        return ["Too much stands within each other. Write it more simply."]
    found += of_lines(source)
    found = found or [*gaps(source, kind), *no_dates(source, kind)]
    if found:
        return [f"Line {each.line}: {each.sentence}" for each in sorted(set(found), key=lambda each: each.line)]
    return list(dict.fromkeys(said for variables in examples(template) for said in of_letter(source, variables)))


def unreadable(wrong: jinja2.TemplateSyntaxError) -> str:
    """What a source says that cannot be read at all."""
    said = (wrong.message or "something is missing").rstrip(".")
    return (
        f"Line {wrong.lineno}: it cannot be read ({said}). A name stands between {{{{ and }}}}, and every {{% if %}} "
        "and {% for %} has its {% endif %} or {% endfor %}."
    )


def of_lines(source: str) -> Iterator[Outside]:
    """What is wrong with the form of single lines."""
    lines = source.split("\n")
    if len(lines) > 1 and lines[1].strip():
        yield Outside(2, "Leave this line blank. The subject is one line, and the letter begins after a blank one.")
    for number, line in enumerate(lines, 1):
        if mark_up := MARK_UP.search(EXPRESSION.sub("", line)):
            yield Outside(number, f"‘{mark_up[0]}’ would be shown as it is typed. Take it out: use plain words.")
        if number > 1 and line.lstrip().startswith(SIGNS_OF_LINES):
            yield from of_signed_line(number, line)
        elif "](" in line:
            yield Outside(number, "A link stands on a line of its own: ‘[Open the review]({{ link }})’.")


def of_signed_line(number: int, line: str) -> Iterator[Outside]:
    """What is wrong with a fact, a link, a heading or an item of a list."""
    try:
        list(blocks(EXPRESSION.sub("…", line)))
    except LetterMisshapen as wrong:
        yield Outside(number, str(wrong))
    link = LINK.search(line)
    if link and not NAMED.fullmatch(link["address"].strip()):
        yield Outside(number, "A link leads only to what the letter gives: write {{ link }} between the brackets.")


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
        yield "Line 1: an address stands in the subject. Take it out: the link has its own line below."
    if not subject:
        yield "Line 1: the subject is empty. Write what the letter is about in one line."
    if len(subject) > LONGEST_SUBJECT:
        yield (
            f"Line 1: filled in, the subject has {len(subject)} characters. {LONGEST_SUBJECT} is the most: shorten it."
        )
