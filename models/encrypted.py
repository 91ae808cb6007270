"""Text and files that are unreadable on the disk: encrypted with the first key, readable with any."""

import json
from collections.abc import Sequence
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import Dialect, LargeBinary
from sqlalchemy.types import TypeDecorator

from models.errors import LearningCycleError


class KeysMissing(LearningCycleError):
    """Raised when encrypted data are touched before the keys are loaded, or no key opens them."""


class Keyring:
    """The keys in use by this process. New data take the first key; old data open with whichever fits."""

    def __init__(self) -> None:
        self._box: MultiFernet | None = None

    def use(self, keys: Sequence[str]) -> None:
        """Take these Fernet keys, the newest first."""
        self._box = MultiFernet([Fernet(key) for key in keys])

    def seal(self, data: bytes) -> bytes:
        """Encrypt `data`."""
        return self.box.encrypt(data)

    def open(self, token: bytes) -> bytes:
        """Decrypt `token`; raises KeysMissing when no key fits."""
        try:
            return self.box.decrypt(token)
        except InvalidToken as wrong:
            raise KeysMissing(
                "This data was encrypted with a key that is not in the key file. "
                "Put the older key back at the end of the key file and start again."
            ) from wrong

    @property
    def box(self) -> MultiFernet:
        if self._box is None:
            raise KeysMissing(
                "The encryption keys are not loaded. Open the store with casework.record.store.open_store()."
            )
        return self._box


keyring = Keyring()


class Sealed(TypeDecorator[str]):
    """A text column, encrypted at rest."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        return None if value is None else keyring.seal(value.encode())

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        return None if value is None else keyring.open(value).decode()


class SealedFile(TypeDecorator[bytes]):
    """A file column, encrypted at rest."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        return None if value is None else keyring.seal(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        return None if value is None else keyring.open(value)


class SealedRecord(TypeDecorator[dict[str, Any]]):
    """A JSON object column, encrypted at rest."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: dict[str, Any] | None, dialect: Dialect) -> bytes | None:
        return None if value is None else keyring.seal(json.dumps(value, default=str).encode())

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> dict[str, Any] | None:
        return None if value is None else json.loads(keyring.open(value))
