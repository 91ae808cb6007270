"""The database: made once, migrated, private, and unreadable without its keys."""

import json
import stat
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from cryptography.fernet import Fernet
from sqlalchemy import inspect, text
from sqlmodel import SQLModel, col, select

from casework.letters.digests import queue_digests
from casework.record.settings import Settings
from casework.record.store import (
    MIGRATIONS,
    Store,
    load_keys,
    newest_migration,
    newest_seen,
    open_store,
    remembered,
)
from casework.reminders.rounds import remind
from casework.views.review import review_view
from models.encrypted import KeysMissing, keyring
from models.notice import Notice
from models.record import Attempt, Note, OutboxMessage
from models.tables import id_of
from models.vocabulary import Rung, Template
from tests.walking import NOW, SERIOUS_CASE_REVIEW, launched, take


def alembic(store: Store) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["engine"] = store.engine
    return config


def test_the_migrations_make_exactly_the_tables_of_the_models(either_store: Store) -> None:
    command.check(alembic(either_store))

    made = set(inspect(either_store.engine).get_table_names()) - {"alembic_version"}
    assert made == set(SQLModel.metadata.tables)


def test_the_migrations_go_down_and_up_again(either_store: Store) -> None:
    command.downgrade(alembic(either_store), "base")
    assert set(inspect(either_store.engine).get_table_names()) == {"alembic_version"}

    command.upgrade(alembic(either_store), "head")
    command.check(alembic(either_store))


def test_the_newest_migration_is_told_by_its_file_and_by_the_database(either_store: Store) -> None:
    head = ScriptDirectory.from_config(alembic(either_store)).get_current_head()

    assert (newest_migration(), newest_seen(either_store.engine)) == (head, head)
    command.downgrade(alembic(either_store), "base")
    assert newest_seen(either_store.engine) is None


def test_an_older_version_can_read_what_going_down_leaves(either_store: Store) -> None:
    launched(either_store, today=date(2019, 12, 20), notified_on="2019-12-20")
    remind(either_store, on=date(2020, 1, 6), now=NOW)
    queue_digests(either_store, on=date(2020, 1, 6), now=NOW)
    with either_store.transaction() as session:
        person = session.exec(select(OutboxMessage)).first()
        assert person
        for key, template in (
            ("deadline:2:2020-01-20:2020-01-21", Template.REMINDERS),
            ("x", Template.ANSWER_LINK),
            ("y", Template.MEETING_MOVED),
        ):
            of: dict[str, Any] = {"person_id": person.person_id, "queued_at": NOW, "next_try_at": NOW}
            session.add(OutboxMessage(key=key, template=template, **of))
        session.add(Attempt(outbox_id=id_of(person), at=NOW, words="451 Later"))

    command.downgrade(alembic(either_store), "0005")
    with either_store.reading() as session:
        left = session.execute(text("SELECT template, count(*) FROM outboxmessage GROUP BY 1 ORDER BY 1")).all()
        tries = session.execute(text("SELECT count(*) FROM attempt")).scalar()
        notices = session.execute(text("SELECT count(*) FROM notice")).scalar()
    command.upgrade(alembic(either_store), "head")

    assert [tuple(row) for row in left] == [("deadline-passed", 1), ("stage-opened", 1)]
    with either_store.reading() as session:
        owners = session.exec(select(col(Notice.on_day)).where(Notice.rung == Rung.OWNER)).all()
    assert (tries, notices) == (1, len(owners))


def test_work_queued_by_an_older_version_becomes_the_events_that_it_came_from_and_goes_back(
    either_store: Store,
) -> None:
    reference = launched(either_store)
    take(either_store, reference, SERIOUS_CASE_REVIEW[0])
    ours = [("opened:2", "opened", "queued"), ("closed:2", "closed", "queued")]
    older = [
        ("screening-record:2", "screening-record", "queued"),
        ("recorded:screening-record:2", "screening-record", "queued"),
    ]

    command.downgrade(alembic(either_store), "0009")
    down = rows_of_work(either_store)
    command.upgrade(alembic(either_store), "head")
    up = rows_of_work(either_store)

    assert (down, up) == (older, ours)


def test_slides_that_an_older_version_queued_with_the_learning_summary_are_not_drafted_twice(
    either_store: Store,
) -> None:
    launched(either_store)
    command.downgrade(alembic(either_store), "0009")
    with either_store.transaction() as session:
        session.execute(text("DELETE FROM work"))
        for kind, state in (("learning-summary", "done"), ("learning-slides", "queued")):
            row = "INSERT INTO work (key, review_id, stage_id, kind, state, queued_at, tries) VALUES "
            named = {"key": f"{kind}:2", "kind": kind, "state": state, "at": "2020-01-06 09:30:00+00:00"}
            session.execute(text(f"{row}(:key, 1, 2, :kind, :state, :at, 0)"), named)

    command.upgrade(alembic(either_store), "head")

    assert rows_of_work(either_store) == [("opened:2", "opened", "done")]


def rows_of_work(store: Store) -> list[tuple[str, ...]]:
    """What is to be carried out, as the table has it."""
    with store.reading() as session:
        return [tuple(row) for row in session.execute(text("SELECT key, kind, state FROM work ORDER BY id")).all()]


def test_what_people_write_is_unreadable_on_the_disk(settings: Settings, store: Store) -> None:
    launched(store, circumstances="MARKED-CIRCUMSTANCES", reasons="MARKED-REASONS")
    store.engine.dispose()

    written = b"".join(path.read_bytes() for path in settings.home.iterdir() if path.is_file())

    assert [mark for mark in (b"MARKED-CIRCUMSTANCES", b"MARKED-REASONS", b"Business Manager") if mark in written] == []


def test_the_keys_and_the_folder_are_the_owners_alone(settings: Settings, store: Store) -> None:
    assert store
    assert stat.S_IMODE(settings.home.stat().st_mode) == 0o700
    assert {
        path.name: stat.S_IMODE(path.stat().st_mode)
        for path in settings.home.iterdir()
        if not path.name.endswith("-shm")
    } == {"keys.json": 0o600, "learning-cycle.db": 0o600, "learning-cycle.db-wal": 0o600}


def test_keys_are_made_once(tmp_path: Path) -> None:
    first = load_keys(tmp_path / "keys.json")

    assert load_keys(tmp_path / "keys.json") == first
    assert [path.name for path in tmp_path.iterdir()] == ["keys.json"]


def test_an_older_key_still_opens_what_it_closed_after_a_new_one_is_put_before_it(
    settings: Settings, store: Store
) -> None:
    reference = launched(store, reasons="Why it matters.")
    path = settings.home / "keys.json"
    keys = json.loads(path.read_text())

    path.write_text(json.dumps(keys | {"data": [Fernet.generate_key().decode(), *keys["data"]]}))
    with open_store(settings).reading() as session:
        assert review_view(session, reference).review.referral["reasons"] == "Why it matters."

    path.write_text(json.dumps(keys | {"data": [Fernet.generate_key().decode()]}))
    with open_store(settings).reading() as session, pytest.raises(KeysMissing, match="Put the older key back"):
        review_view(session, reference)
    keyring.use(keys["data"])


def test_a_commit_that_does_not_wait_for_the_disk_is_kept_and_the_next_one_waits_again(either_store: Store) -> None:
    shown = "PRAGMA synchronous" if either_store.engine.dialect.name == "sqlite" else "SHOW synchronous_commit"
    waits = []
    for number, flushed in enumerate((True, False, True)):
        with either_store.transaction(flushed=flushed) as session:
            waits.append(session.connection().exec_driver_sql(shown).scalar_one() in (2, "on"))  # 2 is FULL
            session.add(Note(key=f"{number}", value=""))

    assert waits == [True, False, True]
    with either_store.reading() as session:
        assert sorted(session.exec(select(Note.key))) == ["0", "1", "2"]


def test_a_session_that_only_looks_asks_once_and_one_that_writes_asks_again(store: Store) -> None:
    asked: list[str] = []

    def ask() -> int:
        asked.append("?")
        return len(asked)

    with store.reading() as session:
        looking = [remembered(session, "how many", ask) for _ in range(2)]
    with store.transaction() as session:
        writing = [remembered(session, "how many", ask) for _ in range(2)]

    assert (looking, writing) == ([1, 1], [2, 3])


def test_sqlite_runs_as_the_product_promises(store: Store) -> None:
    with store.engine.connect() as connection:
        pragmas = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "synchronous")
        }

    assert pragmas == {"journal_mode": "wal", "synchronous": 2}  # 2 is FULL
