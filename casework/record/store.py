"""The domain database: opened, migrated, and written to one transaction at a time."""

import os
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, event, inspect, make_url, text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, create_engine

from casework.record.keys import check_keys_fit, check_none_are_lost, load_keys
from casework.record.prepared import Prepared
from casework.record.settings import Settings
from models.encrypted import keyring
from models.errors import LearningCycleError

Found = TypeVar("Found")
BEGIN_WRITING, BEGIN_READING = Prepared(text("BEGIN IMMEDIATE")), Prepared(text("BEGIN"))
MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
SECONDS_TO_WAIT_FOR_THE_LOCK = 30


class DatabaseUnusable(LearningCycleError):
    """Raised when the database cannot be opened: not there, locked, read-only, damaged, or of a newer version."""


@dataclass(frozen=True)
class Store:
    """An open database with the secret that seals its journal."""

    engine: Engine
    journal_secret: bytes

    @cached_property
    def looking(self) -> Engine:
        """The engine for sessions that only look: they take no write lock."""
        return self.engine.execution_options(reading=True)

    @cached_property
    def unflushed(self) -> Engine:
        """The engine for transactions whose commit does not wait for the disk."""
        return self.engine.execution_options(unflushed=True)

    @contextmanager
    def transaction(self, *, flushed: bool = True) -> Iterator[Session]:
        """A session whose changes are committed together at the end, or not at all.

        Without `flushed` the commit does not wait for the disk: it outlives this process, whatever ends that, but
        may be lost with the machine. The next flushed commit makes it as safe as itself.
        """
        from models import every_table  # noqa: PLC0415 -- slow import, which a command that only looks does without

        assert every_table  # rows can only be written in the order of foreign keys between tables that are known
        engine = self.engine if flushed else self.unflushed
        with engine.connect() as connection, connection.begin():
            session = Session(connection, expire_on_commit=False)
            session.info["journal_secret"] = self.journal_secret
            try:
                yield session
                session.flush()
            finally:
                if session.in_transaction():  # most moves never bind it: see connection_of
                    session.close()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session to look with: it takes no write lock, and nothing done in it is kept."""
        with Session(self.looking) as session:
            session.info |= {"journal_secret": self.journal_secret, "remembered": {}}
            yield session


def connection_of(session: Session) -> Connection:
    """The connection of a session, in its transaction; without binding the session, which costs as much as a statement.

    What the session has not flushed yet is not seen there.
    """
    return session.bind if isinstance(session.bind, Connection) else session.connection()


def journal_secret(session: Session) -> bytes:
    """The secret that seals the journal, of the store that opened this session."""
    found: bytes = session.info["journal_secret"]
    return found


def remembered(session: Session, key: Hashable, ask: Callable[[], Found]) -> Found:
    """What `ask` finds; a session that only looks asks it once, since nothing that it sees is to change meanwhile."""
    found: dict[Hashable, Found] | None = session.info.get("remembered")
    if found is None:
        return ask()
    if key not in found:
        found[key] = ask()
    return found[key]


def open_store(settings: Settings, *, migrate: bool = True, synchronous: str = "FULL") -> Store:
    """Open the database of `settings`, with its keys, bringing its tables up to date first."""
    make_home(settings)
    try:
        engine = connect(settings.database, synchronous=synchronous)
    except (SQLAlchemyError, ImportError) as wrong:
        raise DatabaseUnusable(
            "LEARNING_CYCLE_DATABASE_URL is not the address of a database that the product can use. Write it as "
            "postgresql+psycopg://user@host/name, or leave it out for a file in the home folder."
        ) from wrong
    try:
        return opened(engine, settings.home / "keys.json", migrate=migrate)
    except SQLAlchemyError as wrong:
        engine.dispose()
        raise DatabaseUnusable(why_unusable(settings, wrong)) from wrong
    except LearningCycleError:
        engine.dispose()
        raise


def make_home(settings: Settings) -> None:
    """Make the home folder where there is none; raises DatabaseUnusable where there can be none."""
    try:
        settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as wrong:
        raise DatabaseUnusable(
            f"{settings.home}: cannot be the home folder ({wrong.strerror}). Set LEARNING_CYCLE_HOME to a folder that "
            "you can write to."
        ) from wrong


def why_unusable(settings: Settings, wrong: SQLAlchemyError) -> str:
    """What keeps a database from being opened, in a sentence, with what to do."""
    if settings.database_url:
        return (
            f"The database cannot be opened ({type(wrong).__name__}). Check that it is running, and that "
            "LEARNING_CYCLE_DATABASE_URL names it and somebody who may use it."
        )
    said = str(getattr(wrong, "orig", "")) or type(wrong).__name__
    return (
        f"The database in {settings.home} cannot be opened: {said}. If another program holds it, stop that one; if it "
        "is read-only, make the folder yours again; if it is damaged, put a copy of it back."
    )


def opened(engine: Engine, key_file: Path, *, migrate: bool) -> Store:
    """The store of a database, once its keys are known to fit and its tables are up to date."""
    check_none_are_lost(engine, key_file)
    keys = load_keys(key_file)
    keyring.use(keys["data"])
    secret = keys["journal"].encode()
    if migrate:
        bring_up_to_date(engine, secret)
        check_keys_fit(engine, key_file, secret)
    return Store(engine, secret)


def connect(url: str, *, synchronous: str = "FULL") -> Engine:
    """An engine for SQLite (WAL, write transactions that take the lock at once) or PostgreSQL."""
    if not url.startswith("sqlite"):
        engine = create_engine(url, pool_pre_ping=True, hide_parameters=True)
        event.listen(engine, "begin", begin_postgresql)
        return engine
    keep_private(make_url(url).database)
    engine = create_engine(url, connect_args={"timeout": SECONDS_TO_WAIT_FOR_THE_LOCK}, hide_parameters=True)
    event.listen(engine, "connect", lambda connection, _: prepare_sqlite(connection, synchronous))
    event.listen(engine, "begin", lambda connection: begin_sqlite(connection, synchronous))
    return engine


def keep_private(file: str | None) -> None:
    """Make a database file that only its owner may read; SQLite gives its journals the same mode."""
    if file and Path(file).parent.is_dir() and not Path(file).exists():
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600))


def prepare_sqlite(connection: Any, synchronous: str) -> None:
    """Set up a new SQLite connection; we say BEGIN ourselves, so that a writer never has to upgrade its lock."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", f"synchronous={synchronous}", "foreign_keys=ON", "cache_size=-65536"):
        connection.execute(f"PRAGMA {pragma}")


def begin_sqlite(connection: Any, synchronous: str) -> None:
    """Begin a transaction: at once as a writer, unless the session said that it only looks."""
    options = connection.get_execution_options()
    wanted = "NORMAL" if options.get("unflushed") else synchronous
    if connection.info.get("synchronous", synchronous) != wanted:  # SQLite knows this of a connection
        connection.exec_driver_sql(f"PRAGMA synchronous={wanted}")
        connection.info["synchronous"] = wanted
    (BEGIN_READING if options.get("reading") else BEGIN_WRITING).run(connection, {})


def begin_postgresql(connection: Any) -> None:
    """PostgreSQL knows of each transaction whether its commit waits for the disk."""
    if connection.get_execution_options().get("unflushed"):
        connection.exec_driver_sql("SET LOCAL synchronous_commit = off")


def bring_up_to_date(engine: Engine, secret: bytes) -> None:
    """Run the migrations that this database has not seen; one process at a time, the others wait."""
    seen = newest_seen(engine)
    if seen == newest_migration():
        return
    if seen is not None and seen > newest_migration():
        raise DatabaseUnusable(
            f"The database is of a newer version of the product (its tables are at {seen}, this version knows "
            f"{newest_migration()}). Start the newer version, or put back the copy of before."
        )
    from alembic import command  # noqa: PLC0415 -- slow import, needed where there is something to migrate
    from alembic.config import Config  # noqa: PLC0415 -- the same

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes |= {"engine": engine, "journal_secret": secret}
    command.upgrade(config, "head")


def newest_migration() -> str:
    """The number of the newest migration, with which the name of its file begins."""
    return max(file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def newest_seen(engine: Engine) -> str | None:
    """The number of the newest migration that a database has seen, as Alembic notes it; None if it has seen none."""
    with engine.execution_options(reading=True).connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        return found
