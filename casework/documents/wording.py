"""Recorded values as a document shows them: dates in words, terms by their label, typed text exactly as typed."""

import re
from collections.abc import Iterable
from datetime import date

from markupsafe import Markup, escape

from casework.clock.wording import day
from models.vocabulary import Term

FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 cannot hold
PARAGRAPH, LINE = "\a", "\n"  # what docxtpl turns into a new paragraph and a new line
# docxtpl turns these into Jinja's own marks after rendering; as character references they stay as they were typed
REWRITTEN = {"{_{": "{&#95;{", "}_}": "}&#95;}", "{_%": "{&#95;%", "%_}": "%&#95;}"}


def plain(text: str) -> str:
    """Text without the characters that no document can hold, its ends of lines all alike."""
    return FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n").replace("\f", "\n"))


def paragraphs(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in plain(text).split("\n") if line.strip()]


def shown(value: object) -> object:
    """A value as it stands in a Word document: escaped once, its blank lines as new paragraphs."""
    if value is None:
        return ""
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Term):
        return value.label
    return marked(value) if isinstance(value, str) else value


def marked(text: str) -> Markup:
    """Text as the mark-up that docxtpl puts into a run."""
    broken = re.sub(r"\n\s*\n", PARAGRAPH, plain(text).strip())
    safe = str(escape(broken))
    for written, kept in REWRITTEN.items():
        safe = safe.replace(written, kept)
    return Markup(safe)  # noqa: S704 # escaped on the line above but one


def listed(words: Iterable[str]) -> str:
    """Words as a sentence lists them: "a, b and c"."""
    *most, last = list(words) or [""]
    return f"{', '.join(most)} and {last}" if most else last


def joined(*parts: str | None) -> str | None:
    """The parts that there are, each a paragraph; None where there is none."""
    return "\n\n".join(part for part in parts if part) or None
