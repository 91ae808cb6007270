"""That a scheduled round was made, so that its silence can be seen."""

from datetime import datetime

from sqlmodel import Session

from casework.record.inserting import inserting
from models.record import Heartbeat
from models.tables import table_of

HEARTBEAT = table_of(Heartbeat)


def take_turns(session: Session, name: str, now: datetime) -> None:
    """Let a round begin when none of its name is under way: on PostgreSQL it waits here until that has ended.

    Two at once would share the planned days of one stage between them, and both speak of it.
    """
    record_heartbeat(session, name, now, "under way")  # the writer of this row holds it until its transaction ends


def record_heartbeat(session: Session, name: str, now: datetime, summary: str) -> None:
    """Note that a round was made just now; two at once are no trouble."""
    connection, said = session.connection(), {"beat_at": now, "summary": summary}
    add = inserting(connection, HEARTBEAT).values(name=name, **said)
    connection.execute(add.on_conflict_do_update(index_elements=["name"], set_=said))
