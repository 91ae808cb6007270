"""Answering by a link: it is followed once more under the review's lock, and then one of the moves is made."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from casework.clock import london_day
from casework.links.answer_forms import AnswerAct, AnswerForm, answer_forms_of
from casework.links.link_state import FollowedLink, follow_link, mark_link
from casework.links.link_tasks import find_task
from casework.links.signed_links import SignedLink, read_token
from casework.record.act import Act
from casework.record.store import journal_secret
from casework.reviews.case import REVIEW
from models.errors import LearningCycleError, NotFound
from models.vocabulary import LinkState


class LinkShut(LearningCycleError):
    """Raised when a link that somebody answers by opens its task no longer."""

    def __init__(self, followed: FollowedLink | None) -> None:
        super().__init__("This link no longer works. Ask for a new one.")
        self.followed = followed


def answer_by_link(
    session: Session,
    token: str,
    way: str,
    data: Mapping[str, Any],
    *,
    now: datetime,
    file: tuple[str, bytes] | None = None,
) -> FollowedLink:
    """Do what a link lets its person do, in one transaction; the journal says who, and that it was by link.

    `way` is one of the ways in which the task can be answered, `data` what its form asks for. Raises LinkShut,
    NotFound, NotAllowed, MoveRefused or InputError.
    """
    lock_review(session, read_token(journal_secret(session), token))
    followed = follow_link(session, token, now=now)
    if followed is None or followed.asking is None or followed.state is not LinkState.OPEN:
        raise LinkShut(followed)
    act = Act(session, followed.person, now, london_day(now), by_link=True)
    chosen = way_called(way, answer_forms_of(act, followed.asking))
    chosen.do(AnswerAct(act, file if chosen.takes_file else None), followed.asking, data)
    if chosen.once:
        mark_link(session, "answered_at", followed.link.task, followed.link.person_id, now)
    return followed


def lock_review(session: Session, link: SignedLink | None) -> None:
    """Take the lock of the review that a link leads to, so that two answers at once come one after the other."""
    asking = find_task(session, link.task) if link else None
    if asking is not None:
        session.connection().execute(select(REVIEW.c.id).where(REVIEW.c.id == asking.review.id).with_for_update())
        session.expire_all()  # what the other has changed meanwhile


def way_called(key: str, ways: tuple[AnswerForm, ...]) -> AnswerForm:
    """One of the ways; raises NotFound."""
    for way in ways:
        if way.key == key:
            return way
    raise NotFound("That cannot be answered by this link. Open it again from your e-mail.")
