"""A board's own words for a letter: kept version by version, checked before they are, and left again at will."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from casework.letters.checking import problems_of
from casework.letters.frames import LETTERS
from casework.letters.letter_variables import VARIABLES
from casework.record.store import remembered
from casework.reviews.permissions import check_manages
from models.errors import InputError, MoveRefused
from models.letters import BoardWords
from models.people import Person
from models.tables import id_of, table_of
from models.vocabulary import Template

WORDS, PERSON = table_of(BoardWords).c, table_of(Person).c
# every version of a board's words for a letter, the newest first; built once, for this is asked for every letter
ALL = (
    select(WORDS.number, WORDS.source)
    .where(WORDS.board == bindparam("board"), WORDS.template == bindparam("template"))
    .order_by(WORDS.number.desc())
)
NEWEST = ALL.limit(1)


@dataclass(frozen=True)
class OwnWords:
    """A board's own source of a letter, and which version it is."""

    source: str
    number: int


@dataclass(frozen=True)
class WordsVersion:
    """One version of a board's words; without a source it went back to the product's."""

    number: int
    source: str | None
    changed_at: datetime
    by: str


def own_words(session: Session, board_name: str, template: Template) -> OwnWords | None:
    """The board's own words for a letter; None where it uses the product's."""
    asked = with_template(board_name, template)
    newest = remembered(session, (own_words, *asked.values()), lambda: session.execute(NEWEST, asked).one_or_none())
    return OwnWords(newest.source, newest.number) if newest and newest.source is not None else None


def versions_of_words(session: Session, board_name: str, template: Template) -> Sequence[WordsVersion]:
    """Every version with who made it and when, the newest first."""
    asked = ALL.add_columns(WORDS.changed_at, PERSON.name).join(Person, PERSON.id == WORDS.changed_by)
    return [WordsVersion(*row) for row in session.execute(asked, with_template(board_name, template))]


def with_template(board_name: str, template: Template) -> dict[str, str]:
    """What the questions above ask for."""
    return {"board": board_name, "template": template.value}


def words_of_board(session: Session, board_name: str) -> dict[str, OwnWords]:
    """The own words of a board for every letter that it words itself, by template."""
    found: dict[str, OwnWords] = {}
    asked = select(WORDS.template, WORDS.number, WORDS.source).where(WORDS.board == board_name)
    for row in session.execute(asked.order_by(WORDS.number)):
        found.pop(row.template, None)
        if row.source is not None:
            found[row.template] = OwnWords(row.source, row.number)
    return found


def is_of_a_board(template: Template) -> bool:
    """Whether a letter is about a board's matters; the one that signs people in is not."""
    return "board" in VARIABLES[template].model_fields


def product_source(template: Template) -> str:
    """The product's own words for a letter."""
    return (LETTERS / f"{template.value}.jinja").read_text(encoding="utf-8")


def save_words(
    session: Session,
    board_name: str,
    template: Template,
    source: str,
    *,
    based_on: int,
    by: Person,
    now: datetime,
) -> None:
    """Word a letter this way from now on. `based_on` is the version that was edited, 0 where there was none.

    Raises NotAllowed for anybody but the board's business manager, InputError with a line for everything that is
    wrong, MoveRefused where somebody has saved other words meanwhile.
    """
    check_manages(session, board_name, by)
    if not is_of_a_board(template):
        raise MoveRefused("This letter belongs to no board, so its words are the same for everybody.")
    source = tidy_source(source)
    if wrong := problems_of(template, source):
        raise InputError(*wrong)
    as_before = source == tidy_source(product_source(template))
    keep_words(session, board_name, template, None if as_before else source, based_on, by, now)


def leave_own_words(
    session: Session, board_name: str, template: Template, *, based_on: int, by: Person, now: datetime
) -> None:
    """Go back to the product's words; the board's own stay on record. Raises NotAllowed and MoveRefused."""
    check_manages(session, board_name, by)
    keep_words(session, board_name, template, None, based_on, by, now)


def keep_words(
    session: Session, board_name: str, template: Template, source: str | None, based_on: int, by: Person, now: datetime
) -> None:
    """Add a version, unless it says what the newest says."""
    newest = session.execute(NEWEST, with_template(board_name, template)).one_or_none()
    number, before = (newest.number, newest.source) if newest else (0, None)
    if number != based_on:
        raise changed_meanwhile()
    if source == before:
        return
    session.add(
        BoardWords(
            board=board_name,
            template=template.value,
            number=number + 1,
            source=source,
            changed_at=now,
            changed_by=id_of(by),
        )
    )
    try:
        session.flush()
    except IntegrityError as somebody_was_quicker:
        raise changed_meanwhile() from somebody_was_quicker


def changed_meanwhile() -> MoveRefused:
    """The refusal of words that would overwrite what nobody has read."""
    return MoveRefused(
        "Somebody has changed the words of this letter since you opened it. Copy your words, open the letter again, "
        "and combine the two."
    )


def tidy_source(source: str) -> str:
    """A source as it is kept: plain line ends, no spaces at the ends of lines, one line end at its own."""
    lines = [line.rstrip() for line in source.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return "\n".join(lines).strip() + "\n"
