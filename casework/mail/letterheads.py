"""Under which letterhead a board writes: its own where it has one, else its name alone."""

from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlmodel import Session

from casework.boards import board
from casework.mail.letter_frames import COLOUR, Letterhead
from casework.permissions import check_manages
from casework.store import remembered
from models.forms.letters import LetterheadForm
from models.letters import BoardLetterhead
from models.people import Person
from models.tables import table_of

HEAD, PERSON = table_of(BoardLetterhead).c, table_of(Person).c
# built once: this is asked for every letter
NEWEST = (
    select(HEAD.name, HEAD.lines, HEAD.colour, HEAD.sign_off)
    .where(HEAD.board == bindparam("board"))
    .order_by(HEAD.number.desc())
    .limit(1)
)


def save_letterhead(session: Session, board_name: str, form: LetterheadForm, *, by: Person, now: datetime) -> None:
    """Write under this letterhead from now on; raises NotAllowed for anybody but the board's business manager."""
    check_manages(session, board_name, by)
    assert by.id is not None
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
            changed_by=by.id,
        )
    )
    session.flush()


def letterhead_of(session: Session, board_name: str) -> Letterhead:
    """The letterhead of a board."""
    kept = remembered(
        session, (letterhead_of, board_name), lambda: session.execute(NEWEST, {"board": board_name}).one_or_none()
    )
    if kept is None:
        return plain(board_name)
    return Letterhead(kept.name, lines_of(kept.lines), kept.colour, lines_of(kept.sign_off) or (kept.name,))


def last_change(session: Session, board_name: str) -> tuple[datetime, str] | None:
    """When the letterhead was last changed, and by whom; None where it never was."""
    asked = select(HEAD.changed_at, PERSON.name).join(Person, PERSON.id == HEAD.changed_by)
    found = session.execute(asked.where(HEAD.board == board_name).order_by(HEAD.number.desc()).limit(1)).one_or_none()
    return (found.changed_at, found.name) if found else None


def plain(board_name: str) -> Letterhead:
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
