"""What is open elsewhere on a board and says nearly the same: a recommendation or action may be under way already."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, select
from sqlmodel import Session

from casework.findings.similarity import NEARLY_THE_SAME, significant_words
from models.action import Action
from models.finding import Finding
from models.people import Person
from models.review import Review
from models.tables import table_of
from models.vocabulary import OWES_ACTIONS, ActionState, OutputModel

REVIEW, ACTION, FINDING, PERSON = table_of(Review), table_of(Action), table_of(Finding), table_of(Person)
FEW = 5  # the nearest; more would be read by nobody
NAMES = {OutputModel.RECOMMENDATIONS: "Recommendation", OutputModel.FINDINGS: "Finding"}


@dataclass(frozen=True, slots=True)
class SimilarElsewhere:
    """An open action, or a recommendation or finding that waits for one; who has it, and by when it is due."""

    reference: str
    kind: str
    number: int
    wording: str
    organisation: str | None
    responsible: str | None
    due_on: date | None

    @property
    def called(self) -> str:
        """How people name it: "Action 3 of LSCBN-SCR-2014-001"."""
        return f"{self.kind} {self.number} of {self.reference}"


Alike = Mapping[str, tuple[SimilarElsewhere, ...]]


def similar_open(wordings: Iterable[str], open_now: Iterable[SimilarElsewhere]) -> Alike:
    """For each wording what is open and says nearly the same, the nearest first; wordings without any are left out."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 -- slow import, needed where there is something to compare

    there = list(open_now)
    essences = [significant_words(each.wording) for each in there]
    found = {
        wording: process.extract(
            significant_words(wording), essences, scorer=fuzz.ratio, score_cutoff=NEARLY_THE_SAME, limit=FEW
        )
        for wording in wordings
        if wording.strip()
    }
    return {wording: tuple(there[place] for _, _, place in near) for wording, near in found.items() if near}


def alike_elsewhere(
    session: Session, review: Review, wordings: Iterable[str], *, may_see: ColumnElement[bool] | None
) -> Alike:
    """What is open in the board's other reviews and says nearly the same as each of these.

    `may_see` is the condition of `reviews.permissions.wholly_visible`; None is for the command line.
    """
    wanted = [each for each in wordings if each.strip()]
    return similar_open(wanted, open_elsewhere(session, review, may_see)) if wanted else {}


def open_elsewhere(session: Session, review: Review, may_see: ColumnElement[bool] | None) -> Iterator[SimilarElsewhere]:
    """The actions that are not signed off and what waits for an action, in the other reviews of a board."""
    where = [REVIEW.c.board == review.board, REVIEW.c.id != review.id, REVIEW.c.state.in_(OWES_ACTIONS)]
    where += [] if may_see is None else [may_see]
    asked = (
        select(REVIEW.c.reference, *ACTION.c["number", "wording", "organisation"], PERSON.c.name, ACTION.c.due_on)
        .join_from(ACTION, REVIEW, REVIEW.c.id == ACTION.c.review_id)
        .join(PERSON, PERSON.c.id == ACTION.c.owner_id)
        .where(ACTION.c.state != ActionState.CLOSED, *where)
        .order_by(ACTION.c.due_on, ACTION.c.id)
    )
    for reference, number, *more in session.connection().execute(asked):
        yield SimilarElsewhere(reference, "Action", number, *more)
    for reference, model, number, *more in session.connection().execute(unanswered_findings(where)):
        yield SimilarElsewhere(reference, NAMES[model], number, *more)


def unanswered_findings(where: Iterable[ColumnElement[bool]]) -> Select[Any]:
    """The recommendations and findings that no action answers and about which nobody has said why."""
    answered = exists().where(and_(ACTION.c.review_id == FINDING.c.review_id, ACTION.c.answers == FINDING.c.number))
    columns = FINDING.c["model", "number", "wording", "organisation", "responsible", "due_on"]
    return (
        select(REVIEW.c.reference, *columns)
        .join_from(FINDING, REVIEW, REVIEW.c.id == FINDING.c.review_id)
        .where(FINDING.c.no_action.is_(None), ~answered, *where)
        .order_by(FINDING.c.id)
    )
