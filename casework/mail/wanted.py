"""Letters that need not be sent any more, or that a person has said they do not wish to have."""

from sqlmodel import Session

from casework.digests.queueing import KINDS
from casework.mail.about import about
from casework.mail.mail_errors import NothingLeftToSay
from casework.notices.due import BY_AGREEMENT
from casework.notices.switches import switched_off
from casework.people import roles_of
from models.record import OutboxMessage
from models.vocabulary import Hears, StageState, Template

HEARS = {  # what is sent of itself; what a person asks for, or is asked by another person, cannot be switched off
    Template.STAGE_OPENED: Hears.OPENED,
    Template.ACTION_ASSIGNED: Hears.OPENED,
    Template.ACTION_REOPENED: Hears.OPENED,
    Template.ACTION_EVIDENCED: Hears.OPENED,
    Template.STAGE_ENDED: Hears.NEWS,
    Template.DEADLINE_MOVED: Hears.NEWS,
    Template.ACTION_MOVED: Hears.NEWS,
    Template.REVIEW_HELD: Hears.NEWS,
    Template.REVIEW_RESUMED: Hears.NEWS,
    Template.REVIEW_WITHDRAWN: Hears.NEWS,
    Template.PUBLICATION_ENDED: Hears.NEWS,
}

HELD_BY = {kind.template: kind.role for kind in KINDS}


OF_ITS_OWNER = (Template.STAGE_OPENED, Template.DEADLINE_MOVED)


def check_wanted(session: Session, message: OutboxMessage) -> None:
    """Raises NothingLeftToSay for a stage that is done by now, a role that has been left, and what is switched off.

    What the framework makes a duty cannot be: a stage with a deadline of its own is told to whoever owes it.
    """
    role = HELD_BY.get(message.template)
    if role is not None and role not in roles_of(session, message.person_id).get(message.board or "", ()):
        raise NothingLeftToSay("They no longer hold the role that it is for.")
    kind = HEARS.get(message.template)
    if kind is None:
        return
    stage = about(session, message) if message.stage_id is not None else None
    if message.template is Template.STAGE_OPENED and stage and stage["state"] is not StageState.OPEN:
        raise NothingLeftToSay("The stage is done by now.")
    if message.template in OF_ITS_OWNER and stage and stage["owner_id"] != message.person_id:
        raise NothingLeftToSay("The stage is somebody else’s by now.")
    is_duty = kind is Hears.OPENED and stage is not None and stage["basis"] not in BY_AGREEMENT
    if not is_duty and kind in switched_off(session, message.person_id):
        raise NothingLeftToSay("They have switched off letters of this kind.")
