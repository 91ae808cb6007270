"""What was planned and what was put into e-mails, for people to read."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlmodel import Session

from casework.notices.due import ACTION, NOTICE, REVIEW, STAGE
from casework.notices.unsaid import OCCASION
from casework.people import PERSON
from models.vocabulary import Rung


@dataclass(frozen=True)
class Reminder:
    """One occasion in an e-mail: of a stage by its name, or of an action by its number."""

    reference: str
    stage: str | None
    action: int | None
    rung: Rung
    to: str
    due: date


def reminders(session: Session, message_ids: Collection[int]) -> list[Reminder]:
    """The occasions of these e-mails, in the order of their deadlines."""
    found = session.execute(
        select(REVIEW.c.reference, STAGE.c.name, ACTION.c.number, OCCASION.c.rung, PERSON.c.email, OCCASION.c.due_on)
        .select_from(OCCASION)
        .join(PERSON, PERSON.c.id == OCCASION.c.person_id)
        .outerjoin(STAGE, STAGE.c.id == OCCASION.c.stage_id)
        .outerjoin(ACTION, ACTION.c.id == OCCASION.c.action_id)
        .join(REVIEW, REVIEW.c.id == func.coalesce(STAGE.c.review_id, ACTION.c.review_id))
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
