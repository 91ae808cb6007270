"""A review launched from a file in the home's referrals/ folder, by whoever sees neither facts nor names."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from casework.moves.referral_files import FileNotLaunched, launch_from_folder
from casework.people.directory import find_person
from casework.record.act import Act
from casework.record.store import Store
from models.record import Note
from models.review import Review
from models.tables import id_of, table_of
from tests.walking import CHAIR, MANAGER, NOW, TODAY, launch_data, launched

A_CHILD = "seriously harmed"


@pytest.fixture
def home(tmp_path: Path, store: Store) -> Path:
    """A home with a folder for referrals, of an installation whose people are on record."""
    launched(store)
    (tmp_path / "referrals").mkdir()
    return tmp_path


def put(home: Path, name: str, **changes: Any) -> str:
    """Put a launch file there that names nobody; its name."""
    content = {key: value for key, value in launch_data().items() if key != "people"} | changes
    (home / "referrals" / name).write_text(json.dumps(content, default=str))
    return name


def number_of(store: Store, email: str) -> int:
    with store.reading() as session:
        return id_of(find_person(session, email))


def launch(store: Store, home: Path, file: str, number: int | None = None) -> str:
    """Launch a file, by the business manager unless another number is given."""
    by = number_of(store, MANAGER) if number is None else number
    with store.transaction() as session:
        return launch_from_folder(Act(session, None, NOW, TODAY), home, file, by_number=by)


def refusal(store: Store, home: Path, file: str, number: int | None = None) -> str:
    """The sentence by which a file is refused, after which nothing is other than before."""
    before = everything(store)
    with pytest.raises(FileNotLaunched) as refused:
        launch(store, home, file, number)
    assert everything(store) == before
    return str(refused.value)


def everything(store: Store) -> list[int]:
    """How many reviews and notes there are."""
    with store.reading() as session:
        return [session.scalar(select(func.count()).select_from(table_of(kind))) or 0 for kind in (Review, Note)]


def test_a_file_is_launched_by_the_business_manager_with_the_number(store: Store, home: Path) -> None:
    assert launch(store, home, put(home, "one.json")) == "LSCBN-SCR-2014-002"


def test_the_same_content_is_not_launched_twice_under_any_name(store: Store, home: Path) -> None:
    launch(store, home, put(home, "one.json"))

    said = [refusal(store, home, "one.json"), refusal(store, home, put(home, "two.json"))]

    assert [sentence.split(". ")[0] for sentence in said] == [
        "one.json: has already been launched, as LSCBN-SCR-2014-002",
        "two.json: has already been launched, as LSCBN-SCR-2014-002",
    ]


def test_a_file_that_was_refused_can_be_launched_when_it_is_mended(store: Store, home: Path) -> None:
    refusal(store, home, put(home, "one.json", type="no-such-review"))

    assert launch(store, home, put(home, "one.json")) == "LSCBN-SCR-2014-002"


def test_a_refusal_says_nothing_of_what_the_file_says(store: Store, home: Path) -> None:
    referral = launch_data()["referral"] | {"notified_on": f"{A_CHILD} on Monday"}

    said = refusal(store, home, put(home, "one.json", referral=referral))

    assert said == (
        "one.json: it has a mistake. Nothing was launched. Launch it on the command line to see what is wrong and what "
        "to do."
    )


@pytest.mark.parametrize(
    "name",
    ["../one.json", "/etc/passwd", "below/one.json", "..", ".hidden.json", "one.txt", "", "one.json\n", "a\0.json"],
)
def test_a_path_is_no_name(store: Store, home: Path, name: str) -> None:
    assert refusal(store, home, name).startswith("file: is not the name of a file.")


def linked(home: Path) -> None:
    """A link to a file elsewhere."""
    (home / "elsewhere.json").write_text(json.dumps(launch_data(), default=str))
    (home / "referrals" / "one.json").symlink_to(home / "elsewhere.json")


def folder_linked(home: Path) -> None:
    """The folder itself is a link."""
    put(home, "one.json")
    (home / "referrals").rename(home / "elsewhere")
    (home / "referrals").symlink_to(home / "elsewhere")


def waiting(home: Path) -> None:
    """A pipe, which a reader would wait on for ever."""
    os.mkfifo(home / "referrals" / "one.json")


def nothing(_: Path) -> None:
    """No such file."""


@pytest.mark.parametrize("made", [linked, folder_linked, waiting, nothing])
def test_only_a_plain_file_right_in_the_folder_is_read(store: Store, home: Path, made: Any) -> None:
    made(home)

    assert refusal(store, home, "one.json").startswith(
        "one.json: the worker cannot read a file of this name in the referrals folder"
    )


def test_a_file_that_is_no_toml_is_refused_without_its_words(store: Store, home: Path) -> None:
    (home / "referrals" / "one.toml").write_text(f"a child was {A_CHILD}")

    said = refusal(store, home, "one.toml")

    assert said.startswith("one.toml: cannot be read as TOML. Nothing was launched.")
    assert A_CHILD not in said


def test_only_a_business_manager_of_the_files_own_board_launches_it(store: Store, home: Path) -> None:
    manager, file = number_of(store, MANAGER), put(home, "one.json")
    elsewhere = put(home, "two.json", board="barking-and-dagenham")

    said = [refusal(store, home, file, number_of(store, CHAIR)), refusal(store, home, elsewhere, manager)]

    numbers = (str(manager), "none yet")
    assert [f"managers: {there}." in each for each, there in zip(said, numbers, strict=True)] == [True, True]
    assert [word for word in (MANAGER, CHAIR, "@") if any(word in each for each in said)] == []
