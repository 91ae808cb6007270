"""Keys that are lost, damaged, or another database's: refused at the start, and nothing is overwritten."""

import json
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from casework.record.keys import KeysUnusable
from casework.record.settings import Settings
from casework.record.store import Store, open_store
from models.encrypted import KeysMissing, keyring
from tests.walking import launched


@pytest.fixture(params=["sqlite", "postgresql"])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """The settings of an installation with a review in it, on each database."""
    url = None if request.param == "sqlite" else request.getfixturevalue("postgresql")()
    return Settings(home=tmp_path / "home", database_url=url)


@pytest.fixture
def used(home: Settings) -> Store:
    """Its store, in which something is sealed."""
    store = open_store(home)
    launched(store)
    store.engine.dispose()
    return store


@pytest.mark.usefixtures("used")
def test_missing_keys_beside_a_database_with_data_are_refused_and_none_are_made(home: Settings) -> None:
    path = home.home / "keys.json"
    kept = path.read_text()
    path.unlink()

    with pytest.raises(KeysUnusable) as refusal:
        open_store(home)

    assert str(refusal.value) == (
        f"{path}: is missing, and the database has data that only its keys open. Put the copy of keys.json back that "
        "was kept of this installation, and start again. No new keys were made."
    )
    assert not path.exists()
    path.write_text(kept)
    open_store(home).engine.dispose()


@pytest.mark.usefixtures("used")
def test_the_keys_of_another_installation_are_refused(home: Settings) -> None:
    path = home.home / "keys.json"
    open_store(home).engine.dispose()  # the start that finds data leaves the mark of the journal's key
    kept = json.loads(path.read_text())

    path.write_text(json.dumps(kept | {"journal": "another"}))
    with pytest.raises(KeysUnusable, match="its key “journal” is not the one"):
        open_store(home)
    path.write_text(json.dumps(kept | {"data": [Fernet.generate_key().decode()]}))
    with pytest.raises(KeysMissing, match="Put the older key back"):
        open_store(home)

    path.write_text(json.dumps(kept))
    open_store(home).engine.dispose()
    keyring.use(kept["data"])


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"{}", b"[]", b"null", b"\xff\xfe\x00", b'{"data": [], "journal": "x"}', b"[" * 100_000),
        *(b'{"data": ["x"], "journal": "x"}', b'{"data": 3, "journal": "x"}'),
    ],
)
def test_a_file_that_holds_no_keys_is_refused_in_words(settings: Settings, content: bytes) -> None:
    path = settings.home / "keys.json"
    path.parent.mkdir()
    path.write_bytes(content)

    with pytest.raises(KeysUnusable) as refusal:
        open_store(settings)

    assert str(refusal.value) == (
        f"{path}: holds no keys of this product. Put the copy of keys.json back that was kept of this installation, "
        "and start again."
    )
    assert path.read_bytes() == content
