"""The link to answer by that a letter carries: worked out when it is written, from what its message is about."""

from sqlmodel import Session, select

from casework.links.link_state import answer_for
from casework.links.signed_links import LinkTask
from casework.outbox.payloads import ActionLetter, AnswerAskedFor, RenewedLink, payload_of
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
    if message.template in OF_A_STAGE and message.stage_id is not None:
        return LinkTask(TaskKind.REPORT, message.stage_id)
    if message.template in OF_AN_ACTION and (told := payload_of(message, ActionLetter)):
        wanted = select(Action.id).where(Action.review_id == message.review_id, Action.number == told.number)
        found = session.exec(wanted).first()
        return LinkTask(TaskKind.ACTION, found) if found is not None else None
    if asked := payload_of(message, AnswerAskedFor):
        return LinkTask(OF_ONE_KIND[message.template], asked.task)
    renewed = payload_of(message, RenewedLink)
    return LinkTask(renewed.kind, renewed.task) if renewed else None
