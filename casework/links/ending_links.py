"""Ending the links of one person to one task: those who steer the review may, and a new one can be asked for."""

from casework.links.link_state import mark_link
from casework.links.link_tasks import find_task
from casework.links.signed_links import LinkTask
from casework.record.act import Act
from casework.reviews.case import load, store
from casework.reviews.permissions import check_may_steer
from models.errors import NotFound


def end_links(act: Act, reference: str, task: LinkTask) -> None:
    """From now on no link to this task that was sent to its person opens anything.

    Raises NotFound or NotAllowed.
    """
    case = load(act, reference)
    check_may_steer(case, act.person)
    asking = find_task(act.session, task)
    if asking is None or asking.review.id != case.id or asking.person_id is None:
        raise NotFound(f"No link asks for that in {reference}. The review’s page shows what links ask for.")
    mark_link(act.session, "ended_at", task, asking.person_id, act.now)
    store(case, "links ended", act.person, detail={"kind": task.kind.value, "number": task.id})
