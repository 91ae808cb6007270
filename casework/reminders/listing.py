"""What was planned and what was put into e-mails, for people to read."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlmodel import Session

from casework.outbox.awaited_answers import KINDS
from casework.outbox.due_notices import ACTION, NOTICE, REVIEW, STAGE
from casework.outbox.retracting import OCCASION
from casework.people.directory import PERSON
from models.vocabulary import Rung, TaskKind


@dataclass(frozen=True)
class Reminder:
    """One occasion in an e-mail: of a stage by its name, of an action by its number, or of an answer by its kind."""

    reference: str
    stage: str | None
    action: int | None
    rung: Rung
    to: str
    due: date
    answer: TaskKind | None = None


def reminders(session: Session, message_ids: Collection[int]) -> list[Reminder]:
    """The occasions of these e-mails, in the order of their deadlines."""
    of_review = [STAGE.c.review_id, ACTION.c.review_id, *(kind.review_id for kind in KINDS)]
    rows = OCCASION.join(PERSON, PERSON.c.id == OCCASION.c.person_id)
    for subject, which in ((STAGE, OCCASION.c.stage_id), (ACTION, OCCASION.c.action_id)):
        rows = rows.outerjoin(subject, subject.c.id == which)
    for kind in KINDS:
        rows = rows.outerjoin(kind.table, kind.said_in(OCCASION))
    found = session.execute(
        select(
            REVIEW.c.reference,
            STAGE.c.name,
            ACTION.c.number,
            OCCASION.c.rung,
            PERSON.c.email,
            *OCCASION.c["due_on", "task_kind"],
        )
        .select_from(rows.join(REVIEW, REVIEW.c.id == func.coalesce(*of_review)))
        .where(OCCASION.c.message_id.in_(message_ids))
        .order_by(OCCASION.c.due_on, REVIEW.c.reference, OCCASION.c.id)
    )
    return [Reminder(*row) for row in found]


def planned(session: Session, stage_ids: list[int]) -> dict[int, date]:
    """The next day on which the owner of each stage will hear of it."""
    found = session.execute(
        select(NOTICE.c.stage_id, func.min(NOTICE.c.on_day))
        .where(NOTICE.c.stage_id.in_(stage_ids), NOTICE.c.rung == Rung.OWNER)
        .group_by(NOTICE.c.stage_id)
    )
    return {stage_id: on for stage_id, on in found}  # noqa: C416 -- rows are no pairs to mypy
