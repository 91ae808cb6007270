"""What keeps the product from starting is said in words: settings, the home folder, the database."""

import sqlite3
from pathlib import Path

import pytest

from casework.record.settings import Settings, SettingsWrong
from casework.record.store import DatabaseUnusable, newest_migration, open_store


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PORT", "abc", "LEARNING_CYCLE_PORT: Input should be a valid integer"),
        ("PORT", "70000", "LEARNING_CYCLE_PORT: Input should be less than or equal to 65535"),
        ("SMTP_SECURITY", "ssl", "LEARNING_CYCLE_SMTP_SECURITY: Input should be 'starttls', 'tls' or 'none'"),
        ("PREFECT_SHOWS_DATES", "perhaps", "LEARNING_CYCLE_PREFECT_SHOWS_DATES: Input should be a valid boolean"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_by_its_name(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(f"LEARNING_CYCLE_{name}", value)

    with pytest.raises(SettingsWrong) as refusal:
        Settings()

    assert str(refusal.value).startswith(said)
    assert str(refusal.value).endswith("Correct this in the environment and start again.")


@pytest.mark.parametrize("url", ["nonsense", "nosuch://x/y", "sqlite:////nowhere/at/all/x.db", "mysql://x/y"])
def test_an_address_of_no_database_is_refused_in_words(tmp_path: Path, url: str) -> None:
    with pytest.raises(DatabaseUnusable, match="LEARNING_CYCLE_DATABASE_URL"):
        open_store(Settings(home=tmp_path, database_url=url))


def test_a_home_that_is_a_file_is_refused_in_words(tmp_path: Path) -> None:
    home = tmp_path / "file"
    home.write_text("")

    with pytest.raises(DatabaseUnusable, match="cannot be the home folder"):
        open_store(Settings(home=home))


@pytest.mark.parametrize("keep", [0.5, 0.01])
def test_a_damaged_database_is_refused_in_words(tmp_path: Path, keep: float) -> None:
    settings = Settings(home=tmp_path)
    open_store(settings).engine.dispose()
    path = tmp_path / "learning-cycle.db"
    path.write_bytes(b"damaged" + path.read_bytes()[7 : int(path.stat().st_size * keep)])

    with pytest.raises(DatabaseUnusable, match="cannot be opened: file is not a database"):
        open_store(settings)


def test_a_database_of_a_newer_version_is_refused_in_words(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    open_store(settings).engine.dispose()
    with sqlite3.connect(tmp_path / "learning-cycle.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()

    with pytest.raises(DatabaseUnusable) as refusal:
        open_store(settings)

    assert str(refusal.value) == (
        "The database is of a newer version of the product (its tables are at 9999, this version knows "
        f"{newest_migration()}). Start the newer version, or put back the copy of before."
    )
