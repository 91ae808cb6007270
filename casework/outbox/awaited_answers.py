"""The answers that people are asked for by a link: of each kind, from whom, by when, and whether they are owed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, FromClause, and_, bindparam, select

from models.answering import Contribution, TermsDraft, TermsReply
from models.meeting import Attendance, Meeting
from models.review import Review, Stage
from models.tables import literally, table_of
from models.vocabulary import LIVE, Response, ReviewState, StageState, TaskKind

REPLY, DRAFT, CONTRIBUTION = table_of(TermsReply), table_of(TermsDraft), table_of(Contribution)
ATTENDANCE, MEETING = table_of(Attendance), table_of(Meeting)
REVIEW, STAGE = table_of(Review), table_of(Stage)
NEWER = DRAFT.alias("newer")


@dataclass(frozen=True)
class AwaitedAnswers:
    """One kind of answer. `rows` are those who are asked, joined to what says when and whether; `on` is bound there.

    `owed` leaves a hold of the review aside: see `is_held`.
    """

    kind: TaskKind
    rows: FromClause
    id: Column[int]
    person_id: Column[int]
    review_id: Column[int]
    due_on: ColumnElement[Any]
    owed: ColumnElement[bool]

    @property
    def table(self) -> Any:
        """The table of those who are asked."""
        return self.id.table

    def said_in(self, table: Any) -> ColumnElement[bool]:
        """That a notice or an occasion, a row of `table`, is about this one."""
        return and_(literally(table.c.task_kind, self.kind), table.c.task_id == self.id)


TERMS = AwaitedAnswers(
    TaskKind.TERMS,
    REPLY.join(DRAFT, DRAFT.c.id == REPLY.c.draft_id).join(STAGE, STAGE.c.id == DRAFT.c.stage_id),
    REPLY.c.id,
    REPLY.c.person_id,
    REPLY.c.review_id,
    DRAFT.c.answer_by,
    and_(
        REPLY.c.agreement.is_(None),
        literally(STAGE.c.state, StageState.OPEN),
        ~select(NEWER.c.id).where(NEWER.c.stage_id == DRAFT.c.stage_id, NEWER.c.number > DRAFT.c.number).exists(),
    ),
)
CONTRIBUTIONS = AwaitedAnswers(
    TaskKind.CONTRIBUTION,
    CONTRIBUTION,
    CONTRIBUTION.c.id,
    CONTRIBUTION.c.person_id,
    CONTRIBUTION.c.review_id,
    CONTRIBUTION.c.answer_by,
    and_(CONTRIBUTION.c.answered_on.is_(None), REVIEW.c.state.in_(LIVE)),
)
INVITATIONS = AwaitedAnswers(
    TaskKind.INVITATION,
    ATTENDANCE.join(MEETING, MEETING.c.id == ATTENDANCE.c.meeting_id),
    ATTENDANCE.c.id,
    ATTENDANCE.c.person_id,
    ATTENDANCE.c.review_id,
    MEETING.c.on_day,
    and_(
        ATTENDANCE.c.response == Response.WAITING,
        ATTENDANCE.c.uninvited_on.is_(None),
        MEETING.c.cancelled_on.is_(None),
        MEETING.c.on_day > bindparam("on"),
    ),
)
KINDS = (TERMS, CONTRIBUTIONS, INVITATIONS)


def is_held(kind: TaskKind | None, state: ReviewState) -> bool:
    """Whether a hold of the review silences it; a meeting takes place all the same, and can be answered."""
    return state is ReviewState.HELD and kind is not TaskKind.INVITATION


def of_review(table: Any, review_id: int) -> Iterator[ColumnElement[bool]]:
    """What notices or occasions of a review are silenced by a hold of it."""
    for each in (TERMS, CONTRIBUTIONS):
        of_it = select(each.id).select_from(each.rows).where(each.review_id == review_id)
        yield and_(table.c.task_kind == each.kind, table.c.task_id.in_(of_it))
