"""Planning actions: whose they are, by when, and when their owners hear of them."""

from collections.abc import Container

from sqlalchemy import bindparam, delete

from casework.framework.profiles import ACTIONS
from casework.framework.reminder_schedule import notice_rows
from casework.outbox.payloads import ActionLetter
from casework.outbox.queueing import queue_letter
from casework.people.directory import person_for
from casework.registers.keeping import keep
from casework.reviews.case import Case
from casework.reviews.opening_stages import ADD_NOTICE
from models.action import Action
from models.forms.learning import ActionPlan
from models.notice import Notice
from models.tables import id_of, table_of
from models.vocabulary import Template

DROP_NOTICES = delete(table_of(Notice)).where(table_of(Notice).c.action_id == bindparam("action"))


def record_planned_actions(case: Case, form: ActionPlan, *, left_out: Container[int] = ()) -> None:
    """Put the planned actions on record, tell their owners, and plan when they hear of them again.

    Those left out, by their numbers in the plan, are not owed.
    """
    for number, row in enumerate(form.actions, 1):
        if number in left_out:
            continue
        owner = person_for(case.session, email=row.owner_email, name=row.owner_name, organisation=row.organisation)
        action = Action(
            review_id=case.id,
            number=number,
            wording=row.action,
            organisation=row.organisation,
            owner_id=id_of(owner),
            due_on=row.due_on,
            measure=row.measure,
            scope=row.scope,
            impact=row.impact,
            answers=row.answers,
        )
        keep(case, action)
        plan_notices(case, action)
        queue_letter(
            case.session,
            key=f"{Template.ACTION_ASSIGNED}:{case.id}:{number}",
            template=Template.ACTION_ASSIGNED,
            person_id=id_of(owner),
            now=case.now,
            review_id=case.id,
            payload=ActionLetter(number=number, due=row.due_on),
        )


def plan_notices(case: Case, action: Action) -> None:
    """Store the days on which people are to hear of this action, and no others; its owner today, if it is overdue."""
    case.connection.execute(DROP_NOTICES, {"action": action.id})
    rows = notice_rows(case.profile.reminders.of(ACTIONS), action.due_on, case.today, action_id=action.id)
    ADD_NOTICE.run_each(case.connection, rows)
