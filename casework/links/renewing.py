"""A new link in place of one that opens nothing any more: to the address on record only, and not without end."""

from datetime import datetime

from sqlmodel import Session

from casework.framework.profiles import board
from casework.links.link_state import FollowedLink, follow_link, mark_link
from casework.links.task_titles import title_of
from casework.outbox.payloads import RenewedLink
from casework.outbox.queueing import queue_letter
from models.vocabulary import LinkState, Template

MOST_AN_HOUR = 3  # of the clock; for one person and one task
RENEWS = (LinkState.ENDED, LinkState.RENEWED, LinkState.USED, LinkState.EXPIRED)


def send_new_link(session: Session, token: str, *, now: datetime) -> bool:
    """Queue a new link for the person of this one; False where it would open nothing, or enough are on their way.

    The one before it opens nothing from now on. Who asks need not be that person: they learn nothing by it.
    """
    followed = follow_link(session, token, now=now)
    if followed is None or followed.asking is None or followed.state not in RENEWS:
        return False
    if not any(queue_renewed_link(session, followed, number, now) for number in range(MOST_AN_HOUR)):
        return False
    mark_link(session, "renewed_at", followed.link.task, followed.link.person_id, now)
    return True


def queue_renewed_link(session: Session, followed: FollowedLink, number: int, now: datetime) -> bool:
    """Put the letter into the outbox as the first, second ... of this hour; False where there is such a one."""
    task, asking = followed.link.task, followed.asking
    assert asking is not None
    days = board(asking.review.board).answer_link_days.value
    return queue_letter(
        session,
        key=f"{Template.ANSWER_LINK}:{task.kind}:{task.id}:{followed.person.id}:{now:%Y-%m-%dT%H}:{number}",
        template=Template.ANSWER_LINK,
        person_id=followed.link.person_id,
        now=now,
        review_id=asking.review.id,
        payload=RenewedLink(kind=task.kind, task=task.id, what=title_of(session, asking), days=days),
    )
