"""`python -m deployments.prefect_command ...`: Prefect's own command line, in a process that does not stand still.

On SQLite Prefect's server used to stand still for a minute now and then (docs/adr/0011). One connection waited for
the write lock, inside the database, which holds the connection's mutex. Python's collector, which runs in whatever
thread is busy, came upon a cursor of that connection in the server's only loop, and waited for the mutex. So the
loop waited for a connection that waited for a lock that only the loop could have given back. Here the collector has
a thread of its own, where waiting harms nobody, and no connection waits for long.
"""

import gc
import os
import threading
import time
from itertools import count

from prefect.cli import app
from prefect.server.database.configurations import AioSqliteConfiguration
from prefect.server.database.dependencies import set_database_config
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

LONGEST_WAIT = 5_000  # milliseconds; a request of Prefect's holds the lock for a few tens of them
COLLECT_EVERY = 1.0  # seconds
ALL_GENERATIONS_EVERY = 30  # times
YOUNG, ALL = 1, 2  # generations


class BoundedWait(AioSqliteConfiguration):
    """Prefect's SQLite database, whose connections wait seconds for the write lock where Prefect's wait a minute."""

    def setup_sqlite(self, conn: DBAPIConnection, record: ConnectionPoolEntry) -> None:
        """Prepare a new connection as Prefect does, then shorten its wait."""
        super().setup_sqlite(conn, record)
        cursor = conn.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {LONGEST_WAIT}")
        cursor.close()


def bound_waits(database: str) -> None:
    """Have this process use its Prefect database so, where it is one that waits for a lock within this process."""
    if database.startswith("sqlite"):
        set_database_config(BoundedWait(connection_url=database))


def collect_elsewhere() -> None:
    """From now on collect garbage in a thread of its own, and in no other."""
    gc.disable()
    threading.Thread(target=collect_for_ever, name="collector", daemon=True).start()


def collect_for_ever() -> None:
    """Collect what is young every second and all there is now and then; what the start made is passed over later."""
    for turn in count(1):
        time.sleep(COLLECT_EVERY)
        gc.collect(YOUNG if turn % ALL_GENERATIONS_EVERY else ALL)
        if turn == ALL_GENERATIONS_EVERY:
            gc.freeze()


if __name__ == "__main__":
    bound_waits(os.environ["PREFECT_SERVER_DATABASE_CONNECTION_URL"])
    collect_elsewhere()
    app()
