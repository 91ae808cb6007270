"""Whether a link still opens its task: checked each time, from what the database says now."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlmodel import Session, select

from casework.clock import london_day, london_moment
from casework.framework.profiles import board
from casework.links.link_tasks import AskedTask, find_task
from casework.links.signed_links import MICROSECOND, LinkTask, SignedLink, answer_link, read_token
from casework.record.inserting import inserting
from casework.record.store import journal_secret
from models.answering import AnswerDoor
from models.people import Person
from models.tables import table_of
from models.vocabulary import LinkState

DOOR = table_of(AnswerDoor)


@dataclass(frozen=True)
class FollowedLink:
    """A link that somebody has followed: whose it is, what it comes to, and the task, where there is one.

    `on` is the day on which the task was done or answered, where that is why it opens nothing.
    """

    link: SignedLink
    person: Person
    asking: AskedTask | None
    state: LinkState
    on: date | None = None


def follow_link(session: Session, token: str, *, now: datetime) -> FollowedLink | None:
    """What a token opens at this moment; None for one that was not made here. Following it changes nothing."""
    link = read_token(journal_secret(session), token)
    person = session.get(Person, link.person_id) if link else None
    if link is None or person is None:
        return None
    asking = find_task(session, link.task)
    door = door_of(session, link.task, link.person_id)
    state = state_of(link, person, asking, door, now)
    return FollowedLink(link, person, asking, state, day_of(state, asking, door))


def state_of(
    link: SignedLink, person: Person, asking: AskedTask | None, door: AnswerDoor | None, now: datetime
) -> LinkState:
    """What a link comes to: who it was ended for hears nothing of the task, and a task that is done is done."""
    if asking is None:
        return LinkState.GONE
    if asking.person_id != link.person_id:
        return LinkState.NOT_YOURS
    if any(link.issued_at <= end for end in ends_of(person, door)):
        return LinkState.ENDED
    if asking.over or (asking.until is not None and now >= asking.until):
        return LinkState.OVER
    if asking.done_on is not None:
        return LinkState.DONE
    if asking.replaced:
        return LinkState.REPLACED
    if door and door.renewed_at and link.issued_at < door.renewed_at:
        return LinkState.RENEWED
    if door and door.answered_at and link.issued_at <= door.answered_at:
        return LinkState.USED
    if now >= expires_at(link, asking):
        return LinkState.EXPIRED
    return LinkState.WAITS if asking.waits else LinkState.OPEN


def ends_of(person: Person, door: AnswerDoor | None) -> list[datetime]:
    """When links that were out were ended: all of the person's, or those to this task."""
    return [end for end in (person.links_ended_at, door.ended_at if door else None) if end is not None]


def expires_at(link: SignedLink, asking: AskedTask) -> datetime:
    """The first moment at which a link holds no longer: after as many days as its board says, and not before it is due.

    Through the day on which it is due, as the clocks in London show it.
    """
    usual = link.issued_at + timedelta(days=board(asking.review.board).answer_link_days.value)
    if asking.due_on is None:
        return usual
    return max(usual, london_moment(asking.due_on + timedelta(days=1), time()))


def day_of(state: LinkState, asking: AskedTask | None, door: AnswerDoor | None) -> date | None:
    """The day on which the task was done, or this person answered."""
    if state is LinkState.USED and door and door.answered_at:
        return london_day(door.answered_at)
    return asking.done_on if asking and state is LinkState.DONE else None


def answer_for(session: Session, task: LinkTask, person_id: int, *, address: str, queued_at: datetime) -> str | None:
    """The link for a letter, counted from the moment at which it was queued; None where the task is not theirs.

    A letter that was queued before the links were ended, and leaves only now, carries one that counts from then.
    """
    asking = find_task(session, task)
    if asking is None or asking.person_id != person_id or asking.is_ended:
        return None
    return link_for(session, task, person_id, address=address, queued_at=queued_at)


def link_for(session: Session, task: LinkTask, person_id: int, *, address: str, queued_at: datetime) -> str:
    """The same for a task that is known to be theirs."""
    door = door_of(session, task, person_id)
    moments = [queued_at, *(end + MICROSECOND for end in ends_of(session.get_one(Person, person_id), door))]
    issued_at = max([*moments, door.renewed_at] if door and door.renewed_at else moments)
    secret = journal_secret(session)
    return answer_link(address=address, secret=secret, task=task, person_id=person_id, issued_at=issued_at)


def door_of(session: Session, task: LinkTask, person_id: int) -> AnswerDoor | None:
    """What has happened to a person's links to a task; None while nothing has."""
    mine = (AnswerDoor.person_id == person_id, AnswerDoor.kind == task.kind, AnswerDoor.task_id == task.id)
    return session.exec(select(AnswerDoor).where(*mine), execution_options={"populate_existing": True}).first()


def mark_link(session: Session, name: str, task: LinkTask, person_id: int, at: datetime) -> None:
    """Note a moment on the door, such as `answered_at`, whether or not there is a row yet."""
    connection = session.connection()
    row = {"person_id": person_id, "kind": task.kind, "task_id": task.id, name: at}
    add = inserting(connection, DOOR).values(row)
    connection.execute(add.on_conflict_do_update(index_elements=list(row)[:3], set_={name: at}))
