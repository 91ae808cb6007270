"""Launching from a file in the home's referrals/ folder, for somebody who is to see neither its facts nor any name."""

import json
import os
import re
import stat
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlmodel import Session

from casework.moves.launching import launch_file
from casework.people.roles import holders
from casework.record import journal
from casework.record.act import Act
from casework.record.inserting import once
from casework.record.store import journal_secret
from models.errors import InputError, LearningCycleError, NotAllowed
from models.people import Person
from models.record import Note
from models.tables import id_of, table_of
from models.vocabulary import Role

FOLDER = "referrals"
PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,98}\.(toml|json)")
LARGEST = 1_000_000  # bytes; a referral has a few thousand
NOTE = table_of(Note)


class FileNotLaunched(LearningCycleError):
    """Raised when a file was not launched; its sentence holds no fact of the case and nobody's name."""


def launch_from_folder(act: Act, home: Path, file: str, *, by_number: int) -> str:
    """Launch a review from `home`/referrals/`file`, by the person with this number; the review's reference.

    Raises FileNotLaunched, and then changes nothing: for whoever is not the business manager of the file's board, for
    a file of this content that was launched before, and for whatever `launch_file` refuses.
    """
    data = content_of(home / FOLDER, file)
    by = manager(act.session, str(data.get("board")), by_number)
    kept = claim(act.session, data)
    if kept.value:
        raise FileNotLaunched(
            f"{file}: was launched before, as {kept.value}. Nothing was launched. If a second review of the same "
            "referral is meant, its business manager launches it on the dashboard."
        )
    kept.value = launched(act, file, data, by)
    return kept.value


def content_of(folder: Path, file: str) -> Mapping[str, Any]:
    """What a file says. Raises FileNotLaunched for whatever is no plain file of TOML or JSON right in the folder."""
    if not PLAIN_NAME.fullmatch(file):
        raise FileNotLaunched(
            f"file: is no plain name of a file. Give just the name of a .toml or .json file in the {FOLDER} folder of "
            "the installation’s home: letters, digits, “.”, “_” and “-”, no folder before it."
        )
    try:
        found = (tomllib.loads if file.endswith(".toml") else json.loads)(text_of(folder, file))
    except ValueError:  # its words would quote the file
        found = None
    if not isinstance(found, dict):
        raise FileNotLaunched(
            f"{file}: cannot be read as {'TOML' if file.endswith('.toml') else 'JSON'}. Nothing was launched. "
            f"`learning-cycle launch {FOLDER}/{file}`, in the installation’s home, says on which line."
        )
    return found


def text_of(folder: Path, file: str) -> str:
    """The text of a plain file; a link to somewhere else is none, nor is a folder that is a link."""
    with suppress(OSError):
        inside = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            opened = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=inside)
        finally:
            os.close(inside)
        with os.fdopen(opened, "rb") as plain:
            if stat.S_ISREG(os.fstat(opened).st_mode):
                return plain.read(LARGEST).decode("utf-8")
    raise FileNotLaunched(
        f"{file}: is no file in the {FOLDER} folder of the installation’s home that the worker can read. Put it there "
        "itself, not a link to it, readable for the account that runs the product."
    )


def manager(session: Session, board: str, number: int) -> Person:
    """The business manager of a board with this number; raises FileNotLaunched, with the numbers of those there are."""
    managers = {id_of(person): person for role, person in holders(session, board) if role is Role.BUSINESS_MANAGER}
    if number in managers:
        return managers[number]
    there_are = ", ".join(map(str, sorted(managers))) or "none yet"
    raise FileNotLaunched(
        f"launched_by: {number} is no business manager of the board that the file names. The numbers of its business "
        f"managers: {there_are}. `learning-cycle appoint BOARD business-manager EMAIL --name NAME` says the number of "
        "each. Nothing was launched."
    )


def claim(session: Session, data: Mapping[str, Any]) -> Note:
    """The note of a file of this content, made if there is none; another launch of it waits here for the first."""
    key = f"file {journal.digest(journal_secret(session), data)[:32]}"
    session.connection().execute(once(session.connection(), NOTE).values(key=key, value=""))
    return session.get_one(Note, key, with_for_update=True)


def launched(act: Act, file: str, data: Mapping[str, Any], by: Person) -> str:
    """Launch; raises FileNotLaunched without the words of a refusal, for they quote what was typed."""
    try:
        return launch_file(act, data, launched_by=by.email).reference
    except NotAllowed:
        said = "the person with this number may not launch it"
    except LearningCycleError as refusal:
        number = len(refusal.faults) if isinstance(refusal, InputError) else 1
        said = "something in it is refused" if number == 1 else f"{number} things in it are refused"
    raise FileNotLaunched(
        f"{file}: {said}. Nothing was launched. `learning-cycle launch {FOLDER}/{file}`, in the installation’s home, "
        "says each with its remedy."
    )
