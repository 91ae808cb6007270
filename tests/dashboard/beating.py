"""An installation in which the rounds are made, and e-mails that wait in it."""

from casework.delivery.outages import note_outage
from casework.outbox.heartbeats import record_heartbeat
from casework.outbox.rounds import ROUNDS, WORKER
from casework.people.directory import person_for
from models.record import OutboxMessage
from models.tables import id_of
from models.vocabulary import OutageCause, Template
from tests.dashboard.house import House
from tests.walking import MANAGER


def all_beat(home: House) -> None:
    """The worker and every round, now."""
    with home.store.transaction() as session:
        for name in (WORKER, *(one.name for one in ROUNDS)):
            record_heartbeat(session, name, home.clock(), "")


def an_e_mail_waits(home: House, *, words: str = "") -> None:
    """An e-mail is due; with `words`, these are the mail server's, which takes nothing."""
    with home.store.transaction() as session:
        person = person_for(session, email=MANAGER, name="Business Manager")
        now = home.clock()
        session.add(
            OutboxMessage(
                key=f"waits:{now.isoformat()}",
                template=Template.STAGE_OPENED,
                person_id=id_of(person),
                queued_at=now,
                next_try_at=now,
            )
        )
    if words:
        note_outage(home.store, OutageCause.LOG_IN, words, now=home.clock())
