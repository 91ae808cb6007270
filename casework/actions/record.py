"""The record of an action: each thing that is done to it is entered, held on to by the journal, and never changed."""

from datetime import date
from typing import Any

from casework.outbox.payloads import ActionLetter
from casework.outbox.queueing import queue_letter
from casework.registers.keeping import keep, next_number
from casework.reviews.case import Case
from models.action import Action, ActionEntry
from models.tables import id_of
from models.vocabulary import ActionMove, Template


def enter_in_record(case: Case, action: Action, kind: ActionMove, on_day: date, note: str | None, **more: Any) -> None:
    """Enter what was done into the record of an action, and keep the action as it stands now."""
    entry = ActionEntry(
        review_id=case.id,
        number=next_number(case, ActionEntry),
        action_id=id_of(action),
        kind=kind,
        on_day=on_day,
        at=case.now,
        by_id=case.by.id if case.by else None,
        note=note,
        **more,
    )
    keep(case, entry)
    keep(case, action)


def queue_action_letter(case: Case, action: Action, template: Template, person_id: int | None) -> None:
    """Put a letter about an action into the outbox; its occasion is this move."""
    if person_id is not None:
        queue_letter(
            case.session,
            key=f"{template}:{case.id}:{action.number}:{case.chain.length + 1}:{person_id}",
            template=template,
            person_id=person_id,
            now=case.now,
            review_id=case.id,
            payload=ActionLetter(number=action.number, due=action.due_on),
        )
