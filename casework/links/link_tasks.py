"""What a link may open: each kind of task found by its number, with whom it is for and whether it is done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, SQLModel, col, select

from casework.framework.pipelines import find_stage
from casework.links.signed_links import LinkTask
from casework.meetings.lookup import starts_at
from casework.registers.keeping import OVER
from models.action import Action
from models.answering import Contribution, TermsDraft, TermsReply
from models.meeting import Attendance, Meeting
from models.review import Review, Stage
from models.vocabulary import LIVE, OWES_ACTIONS, ActionState, ReviewState, StageState, TaskKind


@dataclass(frozen=True)
class AskedTask:
    """A task as it stands: the row that it is about, its review, and whom it is for now.

    `done_on` is the day on which it was done, by whomever; `over` says that nobody owes it any more, `replaced` that
    the same person was asked again, `waits` that it cannot be done while the review is on hold. A link to it holds at
    least through the day `due_on`; nobody waits for the answer any more from the moment `until`.
    """

    task: LinkTask
    row: SQLModel
    review: Review
    person_id: int | None
    done_on: date | None = None
    over: bool = False
    replaced: bool = False
    waits: bool = False
    due_on: date | None = None
    until: datetime | None = None

    @property
    def is_ended(self) -> bool:
        """Whether nobody is to be asked for it any more."""
        return self.over or self.replaced or self.done_on is not None


def find_task(session: Session, task: LinkTask) -> AskedTask | None:
    """A task as it is now; None where no task has this number."""
    return FINDING[task.kind](session, task)


def report(session: Session, task: LinkTask) -> AskedTask | None:
    """An agency's own stage: its author's report or chronology, or what they know of a case."""
    stage = session.get(Stage, task.id)
    if stage is None:
        return None
    review = session.get_one(Review, stage.review_id)
    return AskedTask(
        task,
        stage,
        review,
        stage.owner_id if is_answered_by_link(review.type, stage.key) else None,
        done_on=stage.closed_on if stage.state is StageState.CLOSED else None,
        over=stage.state is StageState.ENDED,
        waits=review.state is ReviewState.HELD,
        due_on=stage.due_on,
    )


def is_answered_by_link(type_: str, key: str) -> bool:
    """Whether a stage is one agency's own: only those are done by people who never come here otherwise."""
    return find_stage(type_, key).per_agency


def action(session: Session, task: LinkTask) -> AskedTask | None:
    """An action, which its owner reports on until it is signed off."""
    found = session.get(Action, task.id)
    if found is None:
        return None
    review = session.get_one(Review, found.review_id)
    return AskedTask(
        task,
        found,
        review,
        found.owner_id,
        done_on=found.closed_on if found.state is ActionState.CLOSED else None,
        over=review.state not in OWES_ACTIONS,
        waits=review.state is ReviewState.HELD,
        due_on=found.due_on,
    )


def terms(session: Session, task: LinkTask) -> AskedTask | None:
    """A draft of the terms of reference, which can be answered until they are agreed."""
    found = session.get(TermsReply, task.id)
    if found is None:
        return None
    review = session.get_one(Review, found.review_id)
    draft = session.get_one(TermsDraft, found.draft_id)
    stage = session.get_one(Stage, draft.stage_id)
    return AskedTask(
        task,
        found,
        review,
        found.person_id,
        done_on=stage.closed_on if stage.state is StageState.CLOSED else None,
        over=stage.state is StageState.ENDED,
        replaced=asked_again(session, found, draft),
        waits=review.state is ReviewState.HELD,
        due_on=draft.answer_by,
    )


def asked_again(session: Session, reply: TermsReply, draft: TermsDraft) -> bool:
    """Whether a newer draft of the same terms went to the same person: an answer to the old one would be to nothing."""
    newer = (
        select(TermsReply.id)
        .join(TermsDraft, col(TermsDraft.id) == col(TermsReply.draft_id))
        .where(
            TermsDraft.stage_id == draft.stage_id,
            TermsDraft.number > draft.number,
            TermsReply.person_id == reply.person_id,
        )
    )
    return session.exec(newer.limit(1)).first() is not None


def contribution(session: Session, task: LinkTask) -> AskedTask | None:
    """The five questions; nobody is asked for an account while a review is on hold, for a trial perhaps."""
    found = session.get(Contribution, task.id)
    if found is None:
        return None
    review = session.get_one(Review, found.review_id)
    return AskedTask(
        task,
        found,
        review,
        found.person_id,
        over=review.state not in LIVE,
        waits=review.state is ReviewState.HELD,
        due_on=found.answer_by,
    )


def invitation(session: Session, task: LinkTask) -> AskedTask | None:
    """An invitation to a meeting, which can be answered until it begins, whether or not the review is on hold."""
    found = session.get(Attendance, task.id)
    if found is None:
        return None
    review, meeting = session.get_one(Review, found.review_id), session.get_one(Meeting, found.meeting_id)
    called_off = meeting.cancelled_on is not None or found.uninvited_on is not None or review.state in OVER
    return AskedTask(
        task, found, review, found.person_id, over=called_off, due_on=meeting.on_day, until=starts_at(meeting)
    )


FINDING: Mapping[TaskKind, Callable[[Session, LinkTask], AskedTask | None]] = {
    TaskKind.REPORT: report,
    TaskKind.ACTION: action,
    TaskKind.INVITATION: invitation,
    TaskKind.TERMS: terms,
    TaskKind.CONTRIBUTION: contribution,
}
