"""The link to answer by that a letter carries: worked out when it is written, from what its message is about."""

from collections.abc import Mapping

from sqlmodel import Session, select

from casework.links.link_state import answer_for
from casework.links.signed_links import LinkTask
from models.action import Action
from models.record import OutboxMessage
from models.vocabulary import TaskKind, Template

OF_A_STAGE = (Template.STAGE_OPENED, Template.DEADLINE_MOVED)
OF_AN_ACTION = (Template.ACTION_ASSIGNED, Template.ACTION_MOVED, Template.ACTION_REOPENED)
OF_ONE_KIND = {Template.TERMS_CIRCULATED: TaskKind.TERMS, Template.QUESTIONS_ASKED: TaskKind.CONTRIBUTION}


def answer_of(session: Session, message: OutboxMessage, *, address: str) -> str | None:
    """The link for the person a message is for; None where it asks for nothing that can be answered by one."""
    task = task_of(session, message)
    if task is None:
        return None
    return answer_for(session, task, message.person_id, address=address, queued_at=message.queued_at)


def task_of(session: Session, message: OutboxMessage) -> LinkTask | None:
    """What a message asks of the person it is for, where that is a task of its own."""
    said: Mapping[str, str] = message.details or {}
    if message.template in OF_A_STAGE and message.stage_id is not None:
        return LinkTask(TaskKind.REPORT, message.stage_id)
    if message.template in OF_AN_ACTION and (number := said.get("number", "")).isdecimal():
        wanted = select(Action.id).where(Action.review_id == message.review_id, Action.number == int(number))
        found = session.exec(wanted).first()
        return LinkTask(TaskKind.ACTION, found) if found is not None else None
    kind = OF_ONE_KIND.get(message.template) or (TaskKind(said["kind"]) if "kind" in said else None)
    return LinkTask(kind, int(said["task"])) if kind and "task" in said else None
