"""The tally of open stages: read where it is as of today, rolled on each morning, checked against the stages.

Triggers keep it, in the transaction that changes a stage (migration 0011).
"""

from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ScalarSelect,
    Select,
    and_,
    case,
    delete,
    func,
    insert,
    literal_column,
    select,
    true,
    union_all,
    update,
)
from sqlalchemy import text as sql
from sqlmodel import Session

from models.errors import TallyDiffers
from models.remedies import CountAgain
from models.review import Stage
from models.stage_tally import StageTally, StageTallyDay
from models.tables import literally, table_of
from models.vocabulary import StageState

STAGE, TALLY, TALLY_DAY = table_of(Stage), table_of(StageTally), table_of(StageTallyDay)
KIND = ("board", "type", "key")
OPEN = literally(STAGE.c.state, StageState.OPEN)
OF_STAGE = STAGE.c[*KIND]
SAID = select(*TALLY.c[*KIND], TALLY.c.open_count, TALLY.c.overdue_count)
SHUT_OUT_TRIGGERS = sql("SELECT pg_advisory_xact_lock(7302)")  # each holds it shared until its transaction ends


class StageCount(NamedTuple):
    """How many reviews of a type stand at a stage, and for how many of them the deadline has passed."""

    board: str
    type: str
    key: str
    open: int
    overdue: int


def read_tally(
    session: Session, boards: tuple[str, ...] | None, type_: str | None, today: date
) -> list[StageCount] | None:
    """The open stages of whole boards, of one type or of all (None); of every board where `boards` is None.

    None where the tally is not as of `today`: from midnight until it is rolled on in the morning.
    """
    found = session.connection().execute(tally_of(boards, type_)).all()
    if not found or found[0].day != today:
        return None
    return [StageCount(*figures) for *figures, _ in found if figures[0] is not None and figures[3] > 0]


@lru_cache(maxsize=256)
def tally_of(boards: tuple[str, ...] | None, type_: str | None) -> Select[Any]:
    """Built once for each choice: the figures by kind, each row with the day, which stands alone where none is open."""
    wanted = and_(
        TALLY.c.board.in_(boards) if boards is not None else true(),
        TALLY.c.type == type_ if type_ else true(),
    )
    by = [*TALLY.c[*KIND]]
    figures = func.sum(TALLY.c.open_count), func.sum(TALLY.c.overdue_count)
    asked = select(*by, *figures, TALLY_DAY.c.day).select_from(TALLY_DAY.outerjoin(TALLY, wanted))
    return asked.group_by(*by, TALLY_DAY.c.day)


def roll_on(session: Session, today: date, *, recount: bool = False) -> None:
    """Make the tally one as of `today`, however late and however often; with `recount`, whatever it says now.

    In a transaction of its own: it waits for those who have changed a stage, and they must not wait for it.
    """
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(SHUT_OUT_TRIGGERS)
    day = connection.execute(select(TALLY_DAY.c.day)).scalar_one()
    if day == today and not recount:
        return
    earlier = day is not None and day < today and not recount
    found = connection.execute(moved_on(day, today) if earlier else counted(today)).all()
    connection.execute(update(TALLY_DAY).values(day=today))
    connection.execute(delete(TALLY))
    if found:
        columns = (*KIND, "open_count", "overdue_count")
        connection.execute(insert(TALLY), [dict(zip(columns, row, strict=True), part=0) for row in found])


def moved_on(day: date, today: date) -> Select[Any]:
    """What the tally says as of `day`, with the stages that have become overdue since: far fewer than are open."""
    on_day, passed = STAGE.c.due_on >= day, STAGE.c.due_on < today
    opened: Any = literal_column("0").label("open_count")
    newly = select(*OF_STAGE, opened, func.count().label("overdue_count")).where(OPEN, on_day, passed)
    return sums(SAID, newly.group_by(*OF_STAGE))


def counted(day: date | ScalarSelect[Any]) -> Select[Any]:
    """What the stages say as of a day."""
    late = func.sum(case((STAGE.c.due_on < day, 1), else_=0))
    figures = func.count().label("open_count"), late.label("overdue_count")
    return select(*OF_STAGE, *figures).where(OPEN).group_by(*OF_STAGE)


def sums(*parts: Select[Any]) -> Select[Any]:
    """The figures of several statements added up by kind; kinds of which nothing is left are left out."""
    every = union_all(*parts).subquery()
    kind, figures = every.c[*KIND], [func.sum(every.c.open_count), func.sum(every.c.overdue_count)]
    return select(*kind, *figures).group_by(*kind).having((figures[0] != 0) | (figures[1] != 0))


def differences(session: Session) -> list[StageCount]:
    """Where the tally, as of its own day, says more (or, below nought, fewer) than there are; asked at one moment."""
    as_of = select(TALLY_DAY.c.day).scalar_subquery()
    there = counted(as_of).subquery()
    less = select(*there.c[*KIND], -there.c.open_count, -there.c.overdue_count)
    return [StageCount(*row) for row in session.connection().execute(sums(SAID, less))]


def verify_tally(session: Session) -> None:
    """Check that the tally says what the stages say; raises TallyDiffers, naming the first kind that it gets wrong."""
    for wrong in sorted(differences(session)):
        raise TallyDiffers(
            f"{wrong.board}, {wrong.type}: the tally of ‘{wrong.key}’ is not what its stages say.", remedy=CountAgain()
        )
