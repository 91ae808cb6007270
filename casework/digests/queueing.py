"""Who gets which digest, once a week or once a month."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from casework.boards import board
from casework.case import APPOINTMENT
from casework.inserting import once
from casework.mail.outbox import MESSAGE, OUTBOX
from casework.notices.beats import beat
from casework.notices.lots import lots
from casework.notices.switches import all_switched_off
from casework.people import PERSON
from casework.schedule import first_working_days, hour_to_send, may_hear
from casework.store import Store
from models.vocabulary import Hears, MessageState, Role, Template


@dataclass(frozen=True)
class Kind:
    """A digest: who gets it, and whether it is of a week or of a month."""

    template: Template
    role: Role
    hears: Hears


KINDS = (
    Kind(Template.DIGEST_WEEKLY, Role.BUSINESS_MANAGER, Hears.WEEKLY),
    Kind(Template.DIGEST_MONTHLY, Role.INDEPENDENT_CHAIR, Hears.MONTHLY),
    Kind(Template.DIGEST_AGENCY, Role.SAFEGUARDING_LEAD, Hears.MONTHLY),
)
HOLDERS = (
    select(*APPOINTMENT.c["board", "role", "person_id"], PERSON.c.organisation)
    .join(PERSON, PERSON.c.id == APPOINTMENT.c.person_id)
    .where(APPOINTMENT.c.until.is_(None), APPOINTMENT.c.role.in_([kind.role for kind in KINDS]))
    .order_by(APPOINTMENT.c.id)
)


def queue_digests(store: Store, *, on: date, now: datetime) -> int:
    """Queue the digests of the week and the month of a day that nobody has been sent yet; how many.

    They are due on the first working day of each; where the round was missed then, on the next day on which it is
    made, once, and those of weeks and months gone by are not sent after them.
    """
    with store.transaction() as session:
        rows = {row["key"]: row for row in wanted(session, on, now)}
        new = not_queued_yet(session, rows)
        if new:
            connection = session.connection()
            connection.execute(once(connection, OUTBOX), [rows[key] for key in new])
        beat(session, "digest", now, f"{len(new)} for {on.isoformat()}")
    return len(new)


def wanted(session: Session, on: date, now: datetime) -> Iterator[dict[str, Any]]:
    """The digests that are due by this day, as rows of the outbox."""
    off = all_switched_off(session)
    periods = dict(zip((Hears.WEEKLY, Hears.MONTHLY), first_working_days(on), strict=True))
    for name, role, person_id, organisation in session.execute(HOLDERS).all():
        reminders = board(name).reminders
        for kind in (each for each in KINDS if each.role is role):
            period, first = periods[kind.hears]
            if on >= first and may_hear(reminders, on, now) and (person_id, kind.hears) not in off:
                yield {
                    "key": f"{kind.template}:{name}:{person_id}:{period}", "template": kind.template,
                    "person_id": person_id, "board": name, "details": {"period": period, "agency": organisation},
                    "state": MessageState.QUEUED, "queued_at": now, "next_try_at": hour_to_send(reminders, on, now),
                    "tries": 0, "possibly_repeated": False,
                }  # fmt: skip


def not_queued_yet(session: Session, keys: Any) -> list[str]:
    """Those of these keys that are new to the outbox."""
    known = {key for lot in lots(keys) for key in session.scalars(select(MESSAGE.key).where(MESSAGE.key.in_(lot)))}
    return [key for key in keys if key not in known]
