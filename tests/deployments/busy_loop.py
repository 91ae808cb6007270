"""`python -m tests.deployments.busy_loop DATABASE`: a loop that leaves a cursor of a connection to the collector.

The connection waits for a lock that only this loop gives back. It says what the connection was told, and which
threads have collected garbage. This stands in a process of its own, for it changes where garbage is collected.
"""

import asyncio
import gc
import sqlite3
import sys
import threading
from collections.abc import Awaitable
from weakref import ref

from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from deployments.prefect_app import collect_elsewhere
from tasks.prefect_internals import bounded_wait

LOCK = text("BEGIN IMMEDIATE")


class Ring(list[object]):
    """A list that holds itself: only the collector finds it."""


async def leave_cursor(connection: AsyncConnection) -> "ref[Ring]":
    """Leave an unfinished cursor of this connection to the collector."""
    raw = (await connection.get_raw_connection()).driver_connection
    assert raw is not None
    ring = Ring([await raw.execute("SELECT 1 UNION SELECT 2")])
    ring.append(ring)
    return ref(ring)


async def told(waiting: Awaitable[object]) -> str:
    """What a connection that waits for the lock is told."""
    try:
        await waiting
    except OperationalError as trouble:
        return str(trouble.orig)
    return "the lock is yours"


async def main(database: str) -> str:
    """Have one connection wait for another's lock, collect its cursor meanwhile, and give the lock back."""
    engine = await bounded_wait()(connection_url=f"sqlite+aiosqlite:///{database}").engine()
    async with engine.connect() as holding, engine.connect() as waiting:
        await holding.execute(LOCK)
        left = await leave_cursor(waiting)
        asked = asyncio.create_task(told(waiting.execute(LOCK)))
        await asyncio.sleep(0.1)  # by now it waits within the database
        while left() is not None:
            busy = [[number] for number in range(1_000)]  # what makes a collector look, in whatever thread it may
            await asyncio.sleep(0.001)
            del busy
        await holding.rollback()
        return await asked


if __name__ == "__main__":
    sqlite3.connect(sys.argv[1]).close()
    collected_in: set[str] = set()
    collect_elsewhere()
    gc.callbacks.append(lambda _phase, _info: collected_in.add(threading.current_thread().name))
    sys.stdout.write(f"{asyncio.run(main(sys.argv[1]))} {sorted(collected_in)}\n")
