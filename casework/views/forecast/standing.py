"""Where live reviews stand, as a forecast reads them: all of a board with a handful of statements."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select
from sqlmodel import Session

from casework.framework.methodologies import with_steps
from casework.registers.held_days import HoldDays
from casework.views.forecast.said import KnownEnd, all_said
from models.review import Agency, Review, Stage
from models.tables import table_of
from models.vocabulary import LIVE, ReviewState, StageState

REVIEW, STAGE, AGENCY = table_of(Review), table_of(Stage), table_of(Agency)
OF_REVIEW = REVIEW.c["id", "reference", "type", "edition", "state", "facts"]
OF_STAGE = STAGE.c["review_id", "name", "key", "state", "opened_on", "due_on", "original_due_on", "basis"]


@dataclass(slots=True)
class Standing:
    """A live review: what is open in it, by key, and what is done.

    `agencies` is how many report; `sources_due` the latest of the dates that sources of evidence have of their own;
    `said` what people have said about a stage, by its name.
    """

    id: int
    reference: str
    type: str
    edition: str
    held: bool
    facts: dict[str, str]
    pauses: tuple[HoldDays, ...] = ()
    done: set[str] = field(default_factory=set)
    open: dict[str, list[Row[Any]]] = field(default_factory=dict)
    agencies: int = 0
    sources_due: date | None = None
    said: Mapping[str, KnownEnd] = field(default_factory=dict)

    def goes_on(self, today: date) -> date | None:
        """The day from which it is worked on: today, or the end expected of a hold; None where that is not known."""
        if not self.held:
            return today
        expected = [pause.ends for pause in self.pauses if not pause.is_over and pause.ends and pause.ends > today]
        return max(expected, default=None)


def standings(
    session: Session, board: str, pauses: Mapping[int, tuple[HoldDays, ...]], reference: str | None = None
) -> list[Standing]:
    """The live reviews of a board, or the one of a reference; `pauses` are those of reviews by their id."""
    wanted = [REVIEW.c.board == board, REVIEW.c.state.in_(LIVE)]
    wanted += [REVIEW.c.reference == reference] if reference else []
    connection = session.connection()
    found = {row.id: standing(row, pauses) for row in connection.execute(select(*OF_REVIEW).where(*wanted))}
    add_stages(found, connection.execute(of_reviews(select(*OF_STAGE), STAGE, wanted)))
    add_agencies(found, connection.execute(counted_agencies(wanted)))
    for review_id, said in all_said(session, wanted).items():
        found[review_id].said = said
    return list(found.values())


def standing(row: Row[Any], pauses: Mapping[int, tuple[HoldDays, ...]]) -> Standing:
    """A review before its stages are known."""
    held = row.state is ReviewState.HELD
    return Standing(row.id, row.reference, row.type, row.edition, held, with_steps(row.facts), pauses.get(row.id, ()))


def of_reviews(found: Any, table: Any, wanted: Iterable[ColumnElement[bool]]) -> Any:
    """What belongs to the reviews wanted."""
    return found.join(REVIEW, REVIEW.c.id == table.c.review_id).where(*wanted)


def add_stages(found: Mapping[int, Standing], rows: Iterable[Row[Any]]) -> None:
    """What is open and what is done; a stage of several agencies is done when none of theirs is open or ended."""
    ended: set[tuple[int, str]] = set()
    for row in rows:
        review = found[row.review_id]
        if row.state is StageState.OPEN:
            review.open.setdefault(row.key, []).append(row)
        elif row.state is StageState.CLOSED:
            review.done.add(row.key)
        elif row.state is StageState.ENDED:
            ended.add((row.review_id, row.key))
    for review in found.values():
        review.done -= review.open.keys()
    for review_id, key in ended:
        found[review_id].done.discard(key)


def counted_agencies(wanted: Iterable[ColumnElement[bool]]) -> Any:
    """How many agencies report in each review, and the latest of the dates of their own."""
    counted = select(AGENCY.c.review_id, func.count(), func.max(AGENCY.c.due_on))
    return of_reviews(counted, AGENCY, wanted).group_by(AGENCY.c.review_id)


def add_agencies(found: Mapping[int, Standing], rows: Iterable[Row[Any]]) -> None:
    """How many agencies report, and by when where they have dates of their own."""
    for review_id, count, due_on in rows:
        found[review_id].agencies, found[review_id].sources_due = count, due_on
