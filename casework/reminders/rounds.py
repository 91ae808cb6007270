"""The rounds of a morning: owners hear what is due, and what nobody has done goes up the ladder.

What a person is to hear of one board on one day comes as one e-mail, whichever round finds it: a round joins what it
finds to the e-mail of that day while nobody has begun to send it; later than that, it waits for the next day.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from casework.clock import england_and_wales, london_day
from casework.framework.profiles import board
from casework.framework.reminder_schedule import may_hear
from casework.outbox.due_notices import delete_notices, have_come, put_off
from casework.outbox.heartbeats import record_heartbeat, take_turns
from casework.outbox.opt_outs import all_opted_out
from casework.record.store import Store
from casework.reminders import daily_letters
from casework.reminders.answer_reminders import plan_those_of_before
from casework.reminders.choosing import ChosenNotices, choose_notices, wishes_not_to
from casework.reminders.daily_letters import Telling
from casework.reminders.ladder import ladder, plan_ladders
from casework.reviews.stage_tally import roll_on
from models.vocabulary import ABOVE, Rung


@dataclass(frozen=True)
class RoundResult:
    """What a round did: on which day, how many occasions it put into e-mails, and into which."""

    on: date
    queued: int
    ids: tuple[int, ...]


def remind(store: Store, *, on: date, now: datetime) -> RoundResult:
    """Tell the owner of a stage, an action or an answer that a planned day has come; of several missed days, once.

    On a day on which a board keeps quiet, or late on any day, nothing is said, and nothing lost. Saying it twice
    queues nothing twice: a notice is forgotten with the e-mail that serves it, in one transaction. The first round of
    a morning also rolls the tally of open stages on to its day.
    """
    with store.transaction() as session:
        roll_on(session, london_day(now))
    with store.transaction() as session:
        plan_those_of_before(session, on)
        return make_round(session, "remind", (Rung.OWNER,), on, now)


def escalate(store: Store, *, on: date, now: datetime) -> RoundResult:
    """Tell the next rung of the ladder of everything that is long overdue, one rung a day."""
    with store.transaction() as session:
        plan_ladders(session, on)
        return make_round(session, "escalate", ABOVE, on, now)


def make_round(session: Session, name: str, rungs: Collection[Rung], on: date, now: datetime) -> RoundResult:
    """Make one round for these rungs."""
    take_turns(session, name, now)
    connection = session.connection()
    come = have_come(connection, rungs, on)
    quiet = {name for name in {due.board for due in come} if not may_hear(board(name).reminders, on, now)}
    chosen = choose_notices(come, quiet)
    queued = daily_letters.queue_occasions(connection, to_tell(session, chosen, on), on, now)
    waiting = {told.due.id for told in queued.too_late}
    delete_notices(connection, [due.id for due in chosen.done if due.id not in waiting])
    put_off(connection, [due.id for due in chosen.later], england_and_wales().add(on, 1))
    record_heartbeat(session, name, now, f"{queued.count} for {on.isoformat()}")
    return RoundResult(on, queued.count, queued.ids)


def to_tell(session: Session, chosen: ChosenNotices, on: date) -> list[Telling]:
    """Who hears of what: those on the rung, unless they have opted out and it is no duty."""
    rungs, off = ladder(session), all_opted_out(session)
    return [
        Telling(due, person_id)
        for due in chosen.rings
        for person_id in rungs.people(due)
        if not wishes_not_to(due, person_id, on, off)
    ]
