"""The two frames in which every letter stands, plain text and HTML, and the letterhead of its sender."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

import jinja2
from jinja2.ext import Extension
from sqlalchemy import bindparam, func, select
from sqlmodel import Session

from casework.clock import spoken
from casework.framework.profiles import board
from casework.letters.form import Words, as_text
from casework.record.store import remembered
from casework.reviews.permissions import check_manages
from models.forms.letters import LetterheadForm
from models.letters import BoardLetterhead
from models.people import Person
from models.tables import id_of, table_of

HEAD, PERSON = table_of(BoardLetterhead).c, table_of(Person).c
# built once: this is asked for every letter
NEWEST = (
    select(HEAD.name, HEAD.lines, HEAD.colour, HEAD.sign_off)
    .where(HEAD.board == bindparam("board"))
    .order_by(HEAD.number.desc())
    .limit(1)
)
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
    """The calendar entry that goes with a letter, and what it asks of the recipient: its method."""

    content: str
    method: str


@dataclass(frozen=True)
class Letter:
    """An e-mail as it is handed over: one line of subject, the same words twice, and a calendar entry if it has one.

    `fell_back_from` is the version of the board's own words that could not be used, where that happened. A reply
    goes to the addresses `reply_to`; where there are none, nobody reads it.
    """

    subject: str
    text: str
    html: str
    fell_back_from: int | None = None
    calendar: CalendarPart | None = None
    reply_to: tuple[str, ...] = ()


def in_frames(words: Words, letterhead: Letterhead) -> Letter:
    """A letter in both frames; they say the same, in the same order."""
    given = {"words": words, "letterhead": letterhead}
    text = frame_environment().get_template("_letter.txt.jinja").render(given)
    html = frame_environment().get_template("_letter.html.jinja").render(given)
    return Letter(words.subject, text.strip() + "\n", html)


@cache
def frame_environment() -> jinja2.Environment:
    """The environment of the frames: HTML is escaped, and a name that is not there is an error."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(LETTERS),
        autoescape=jinja2.select_autoescape(enabled_extensions=("html.jinja",)),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def save_letterhead(session: Session, board_name: str, form: LetterheadForm, *, by: Person, now: datetime) -> None:
    """Write under this letterhead from now on; raises NotAllowed for anybody but the board's business manager."""
    check_manages(session, board_name, by)
    highest = session.execute(select(func.max(HEAD.number)).where(HEAD.board == board_name)).scalar() or 0
    session.add(
        BoardLetterhead(
            board=board_name,
            number=highest + 1,
            name=form.name,
            lines=form.lines or None,
            colour=form.colour,
            sign_off=form.sign_off or None,
            changed_at=now,
            changed_by=id_of(by),
        )
    )
    session.flush()


def letterhead_of(session: Session, board_name: str) -> Letterhead:
    """The letterhead of a board."""
    kept = remembered(
        session, (letterhead_of, board_name), lambda: session.execute(NEWEST, {"board": board_name}).one_or_none()
    )
    if kept is None:
        return plain_letterhead(board_name)
    return Letterhead(kept.name, lines_of(kept.lines), kept.colour, lines_of(kept.sign_off) or (kept.name,))


def last_change(session: Session, board_name: str) -> tuple[datetime, str] | None:
    """When the letterhead was last changed, and by whom; None where it never was."""
    asked = select(HEAD.changed_at, PERSON.name).join(Person, PERSON.id == HEAD.changed_by)
    found = session.execute(asked.where(HEAD.board == board_name).order_by(HEAD.number.desc()).limit(1)).one_or_none()
    return (found.changed_at, found.name) if found else None


def plain_letterhead(board_name: str) -> Letterhead:
    """The letterhead of a board that has chosen none: its name above and below."""
    name = board(board_name).name.value
    return Letterhead(name, (), COLOUR, (name,))


def lines_of(text: str | None) -> tuple[str, ...]:
    """The lines of a text, without empty ones."""
    return tuple(line.strip() for line in (text or "").split("\n") if line.strip())


def as_form(letterhead: Letterhead) -> dict[str, str]:
    """A letterhead as its form shows it."""
    lines, sign_off = "\n".join(letterhead.lines), "\n".join(letterhead.sign_off)
    return {"name": letterhead.name, "lines": lines, "colour": letterhead.colour, "sign_off": sign_off}


@cache
def source_environment() -> jinja2.Environment:
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
    return spoken(value) if value is not None else ""


class WholeLines(Extension):
    """A line that holds nothing but `{% … %}` leaves none behind; where other words stand beside it, its end stays."""

    ALONE = re.compile(r"(?m)^([ \t]*(?:\{%(?:(?!%\}).)*%\}[ \t]*)*\{%(?:(?!%\}).)*)%\}[ \t]*\n")

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Take the end of such a line into the last tag, where it means nothing; lines keep their numbers."""
        return self.ALONE.sub("\\1\n%}", source)
