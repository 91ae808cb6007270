"""The sources of the letters in templates/emails/: what may stand in them, beside the names of their variables."""

import re
from datetime import date
from functools import cache

import jinja2
from jinja2.ext import Extension

from casework.mail.letter_form import as_text
from casework.mail.letter_frames import LETTERS
from casework.mail.words import day


@cache
def sources() -> jinja2.Environment:
    """The environment of all sources: what is filled in is text and never form, and an unknown name is an error."""
    environment = jinja2.Environment(  # noqa: S701 -- these make words, not HTML; the frames escape them
        loader=jinja2.FileSystemLoader(LETTERS),
        undefined=jinja2.StrictUndefined,
        finalize=as_text,
        extensions=[WholeLines],
        lstrip_blocks=True,
    )
    environment.filters.update(day=day_or_nothing)
    return environment


def day_or_nothing(value: date | None) -> str:
    """The day with its weekday; nothing for no day, so that a fact without one is left out."""
    return day(value) if value is not None else ""


class WholeLines(Extension):
    """A line that holds nothing but `{% … %}` leaves none behind; where other words stand beside it, its end stays."""

    ALONE = re.compile(r"(?m)^([ \t]*(?:\{%(?:(?!%\}).)*%\}[ \t]*)*\{%(?:(?!%\}).)*)%\}[ \t]*\n")

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Take the end of such a line into the last tag, where it means nothing; lines keep their numbers."""
        return self.ALONE.sub("\\1\n%}", source)
