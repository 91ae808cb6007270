"""The two frames in which every letter stands, plain text and HTML, and the letterhead of whoever writes it."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import jinja2

from casework.mail.letter_words import Words

LETTERS = Path(__file__).resolve().parents[2] / "templates" / "emails"
PRODUCT = "Learning cycle"
COLOUR = "#1c5a52"  # white on it has a contrast of 7.9:1


@dataclass(frozen=True)
class Letterhead:
    """Who writes: what stands at the head of a letter, and the lines it is signed off with."""

    name: str
    lines: tuple[str, ...] = ()
    colour: str = COLOUR
    sign_off: tuple[str, ...] = ()


NEUTRAL = Letterhead(PRODUCT)  # of letters that are of no board


@dataclass(frozen=True)
class CalendarPart:
    """The calendar entry that goes with a letter, and what it asks of whoever receives it: its method."""

    content: str
    method: str


@dataclass(frozen=True)
class Letter:
    """An e-mail as it is handed over: one line of subject, the same words twice, and a calendar entry if it has one.

    `fell_back_from` is the version of the board's own words that could not be used, where that happened.
    """

    subject: str
    text: str
    html: str
    fell_back_from: int | None = None
    calendar: CalendarPart | None = None


def framed(words: Words, letterhead: Letterhead) -> Letter:
    """A letter in both frames; they say the same, in the same order."""
    given = {"words": words, "letterhead": letterhead}
    text = environment().get_template("_letter.txt.jinja").render(given)
    html = environment().get_template("_letter.html.jinja").render(given)
    return Letter(words.subject, text.strip() + "\n", html)


@cache
def environment() -> jinja2.Environment:
    """The environment of the frames: HTML is escaped, and a name that is not there is an error."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(LETTERS),
        autoescape=jinja2.select_autoescape(enabled_extensions=("html.jinja",)),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
