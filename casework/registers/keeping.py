"""The registers beside a review's stages: who may record in them, and how the journal holds on to their rows."""

from typing import TypeVar

from sqlmodel import Session, col, func, select

from casework.record import journal
from casework.record.act import Act
from casework.reviews.case import Case, load, store
from casework.reviews.permissions import check_may_record
from models.errors import MoveRefused, NotFound
from models.kept import LARGEST, Kept
from models.people import Person
from models.vocabulary import ReviewState

Row = TypeVar("Row", bound=Kept)
OVER = (ReviewState.WITHDRAWN, ReviewState.CONVERTED)


def to_record_in(act: Act, reference: str) -> Case:
    """The case, once it is clear that this person may record in its registers; on hold or closed it still takes them.

    Raises NotFound, NotAllowed or MoveRefused.
    """
    case = load(act, reference)
    check_may_record(case, act.person)
    if case.state in OVER:
        raise MoveRefused(
            f"{reference} is {case.state}, so you cannot record anything more in it. What is on record is kept."
        )
    return case


def rows_of(session: Session, review_id: int, table: type[Row]) -> list[Row]:
    """The rows of a register, in their order."""
    return list(session.exec(select(table).where(table.review_id == review_id).order_by(col(table.number))))


def row_of(case: Case, table: type[Row], number: int) -> Row:
    """One row of a register; raises NotFound."""
    wanted = select(table).where(table.review_id == case.id, table.number == number)
    found = case.session.exec(wanted).first() if 0 < number <= LARGEST else None
    if found is None:
        raise NotFound(f"{case.reference} has no {table.register} {number}. Its page shows those it has.")
    return found


def next_number(case: Case, table: type[Kept]) -> int:
    """The number of the next row."""
    last = case.session.exec(select(func.max(table.number)).where(table.review_id == case.id)).one()
    return (last or 0) + 1


def keep(case: Case, row: Kept) -> None:
    """Write a row; its fingerprint goes into this move's entry in the journal."""
    case.session.add(row)
    case.session.flush()
    case.kept[row.key] = journal.digest(case.secret, row.content())


def take_out(case: Case, row: Kept) -> None:
    """Take a row out of its register, on the record."""
    case.session.delete(row)
    case.session.flush()
    case.kept[row.key] = journal.NO_LONGER


def carry_over(old: Case, new: Case, table: type[Row]) -> None:
    """Copy the rows of a register to the review that goes on from this one."""
    for row in rows_of(old.session, old.id, table):
        keep(new, table(**row.model_dump(exclude={"id", "review_id"}), review_id=new.id))


def record(case: Case, row: Kept, verb: str, by: Person, part: str | None = None) -> None:
    """Write a row as a move of its own."""
    keep(case, row)
    store(case, verb, by, detail={"number": row.number} | ({"part": part} if part else {}))
