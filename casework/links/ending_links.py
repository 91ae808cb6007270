"""Ending the links of one person to one task: whoever steers the review may, and a new one can be asked for."""

from datetime import date, datetime

from sqlmodel import Session

from casework.links.link_state import mark_link
from casework.links.link_tasks import find_task
from casework.links.signed_links import LinkTask
from casework.reviews.case import load, store
from casework.reviews.permissions import check_may_steer
from models.errors import NotFound
from models.people import Person


def end_links(session: Session, reference: str, task: LinkTask, *, by: Person, now: datetime, today: date) -> None:
    """From now on no link to this task that was sent to whoever it is for opens anything.

    Raises NotFound or NotAllowed.
    """
    case = load(session, reference, now=now, today=today)
    check_may_steer(case, by)
    asking = find_task(session, task)
    if asking is None or asking.review.id != case.id or asking.person_id is None:
        raise NotFound(f"Nothing of that kind is asked by a link in {reference}. Its page says what is.")
    mark_link(session, "ended_at", task, asking.person_id, now)
    store(case, "links ended", by, detail={"kind": task.kind.value, "number": task.id})
