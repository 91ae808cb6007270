"""W7: deliver a full outbox to a mail server in another process, every mark of it durable."""

from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from sqlalchemy import insert

from benchmarks.mail_server import mail_server_elsewhere
from benchmarks.measure import report
from benchmarks.sweeps import review, stage
from benchmarks.ten_stages import KEYS, NOW, TODAY, prepare
from casework.delivery.delivery import deliver
from casework.delivery.mailer import mailer_for
from casework.record.settings import Settings
from casework.record.store import Store
from casework.record.workers import this_worker
from models.people import Person
from models.record import OutboxMessage
from models.review import Review, Stage
from models.tables import table_of
from models.vocabulary import MessageState, Template

REVIEWS = 1_000
PEOPLE = 2_500
FIRST = 1_000_000  # the number of the first of the people


def run(home: Path, *, messages: int, database_url: str | None = None) -> None:
    """Fill an outbox and deliver it, once."""
    store, settings, _ = prepare(home / "delivery", synchronous="FULL", database_url=database_url)
    fill(store, messages)
    with mail_server_elsewhere() as server:
        taken = delivered(store, settings.model_copy(update={"smtp_host": "127.0.0.1", "smtp_port": server.port}))
    assert sorted(server.arrivals.values()) == [1] * messages
    where = "PostgreSQL" if database_url else "SQLite WAL, synchronous FULL"
    report("W7", [taken], n=messages, notes=f"{where}: one deliverer, one connection, each message its own letter")
    store.engine.dispose()


def delivered(store: Store, settings: Settings) -> float:
    """Deliver everything; the seconds it took."""
    mailer = mailer_for(settings.model_copy(update={"smtp_security": "none", "mail_from": "lc@board.example"}))
    start = perf_counter()
    while deliver(
        store, mailer, settings=settings, now=lambda: datetime.now(UTC), worker=this_worker(), limit=5_000
    ).accepted:
        pass
    taken = perf_counter() - start
    mailer.close()
    return taken


def fill(store: Store, messages: int) -> None:
    """Open reviews, people, and as many letters about their stages."""
    letters = [letter(number) for number in range(messages)]
    with store.engine.begin() as connection:
        connection.execute(
            insert(table_of(Person)),
            [
                {"id": FIRST + number, "email": f"p{number}@board.example", "name": f"Person {number}"}
                for number in range(PEOPLE)
            ],
        )
        connection.execute(insert(table_of(Review)), [review(number) for number in range(REVIEWS)])
        connection.execute(
            insert(table_of(Stage)),
            [stage(number, owner_of(number), TODAY, KEYS[number % len(KEYS)]) for number in range(REVIEWS)],
        )
        connection.execute(insert(table_of(OutboxMessage)), letters)


def owner_of(review: int) -> int:
    """Who owes the stage of a review: a letter about it goes to nobody else."""
    return FIRST + review % PEOPLE


def letter(number: int) -> dict[str, object]:
    """A row of the outbox."""
    return {
        "key": f"benchmark:{number}",
        "template": Template.STAGE_OPENED,
        "person_id": owner_of(number % REVIEWS),
        "review_id": number % REVIEWS + 1,
        "stage_id": number % REVIEWS + 1,
        "state": MessageState.QUEUED,
        "queued_at": NOW,
        "next_try_at": NOW,
        "tries": 0,
        "possibly_repeated": False,
    }
