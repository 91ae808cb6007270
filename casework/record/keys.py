"""The installation's keys: made once, read from their file, and held against the database that they are to open."""

import hmac
import json
import os
import secrets
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet
from sqlalchemy import Connection, Engine, inspect, text

from models.encrypted import keyring
from models.errors import LearningCycleError

SOME_NAME = text("SELECT name FROM person ORDER BY id LIMIT 1")
MARK = "journal key"
MARK_ON_RECORD = text("SELECT value FROM note WHERE key = :key")
ADD_MARK = text("INSERT INTO note (key, value) VALUES (:key, :value) ON CONFLICT (key) DO NOTHING")


class KeysUnusable(LearningCycleError):
    """Raised when the key file is missing beside data, cannot be read, or belongs to another database."""


def load_keys(path: Path) -> dict[str, Any]:
    """The installation's keys, made on first use. `data` lists the Fernet keys, newest first.

    Raises KeysUnusable for a file that holds no keys.
    """
    if not path.exists():
        keys = {"data": [Fernet.generate_key().decode()], "journal": secrets.token_urlsafe(48)}
        write_once(path, json.dumps(keys, indent=2))
    return read_keys(path)


def read_keys(path: Path) -> dict[str, Any]:
    """The keys in a file, once they are known to be some."""
    try:
        loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        for key in loaded["data"]:
            Fernet(key)
        if not (loaded["data"] and isinstance(loaded["journal"], str) and loaded["journal"]):
            raise ValueError("no keys")
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as wrong:
        raise KeysUnusable(
            f"{path}: holds no keys of this product. Put the copy of keys.json back that was kept of this "
            "installation, and start again."
        ) from wrong
    return loaded


def write_once(path: Path, content: str) -> None:
    """Write a file that only its owner may read, whole or not at all; if another process was first, keep its own."""
    draft = path.with_suffix(f".{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def check_none_are_lost(engine: Engine, path: Path) -> None:
    """Refuse to make new keys beside a database that has data: nothing of it could be read with them."""
    if path.exists():
        return
    with engine.execution_options(reading=True).connect() as connection:
        lost = sealed_name(connection) is not None
    if lost and not path.exists():  # another process may have made both meanwhile
        raise KeysUnusable(
            f"{path}: is missing, and the database has data that only its keys open. Put the copy of keys.json back "
            "that was kept of this installation, and start again. No new keys were made."
        )


def check_keys_fit(engine: Engine, path: Path, journal_secret: bytes) -> None:
    """Hold the keys against what the database has sealed with them; raises KeysMissing or KeysUnusable.

    The journal's key leaves its mark on the first start at which there are data.
    """
    mark = hmac.digest(journal_secret, MARK.encode(), "sha256").hex()
    with engine.execution_options(reading=True).connect() as connection:
        name = sealed_name(connection)
        if name is None:
            return
        keyring.open(bytes(name))
        found = connection.execute(MARK_ON_RECORD, {"key": MARK}).scalar()
    if found is None:
        with engine.begin() as connection:
            connection.execute(ADD_MARK, {"key": MARK, "value": mark})
    elif not hmac.compare_digest(found, mark):
        raise KeysUnusable(
            f"{path}: its key “journal” is not the one that the journals of this database were sealed with. Put the "
            "copy of keys.json back that was kept of this installation, and start again."
        )


def sealed_name(connection: Connection) -> Any:
    """Something that the database holds encrypted, if it holds anything."""
    return connection.execute(SOME_NAME).scalar() if inspect(connection).has_table("person") else None
