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
from models.remedies import AppointToBoard
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

    Raises FileNotLaunched, and then changes nothing: for anybody but the business manager of the file's board, for
    a file of this content that was launched before, and for whatever `launch_file` refuses.
    """
    data = content_of(home / FOLDER, file)
    by = manager(act.session, str(data.get("board")), by_number)
    kept = claim(act.session, data)
    if kept.value:
        raise FileNotLaunched(
            f"{file}: has already been launched, as {kept.value}. Nothing was launched. For a second review of the "
            "same referral, the business manager can launch one on the dashboard."
        )
    kept.value = launched(act, file, data, by)
    return kept.value


def content_of(folder: Path, file: str) -> Mapping[str, Any]:
    """What a file says. Raises FileNotLaunched for whatever is no plain file of TOML or JSON right in the folder."""
    if not PLAIN_NAME.fullmatch(file):
        raise FileNotLaunched(
            f"file: is not the name of a file. Give only the name of a .toml or .json file in the {FOLDER} folder of "
            "the installation’s home, without a folder. It can have letters, digits, “.”, “_” and “-”."
        )
    try:
        found = (tomllib.loads if file.endswith(".toml") else json.loads)(text_of(folder, file))
    except ValueError:  # its words would quote the file
        found = None
    if not isinstance(found, dict):
        raise FileNotLaunched(
            f"{file}: cannot be read as {'TOML' if file.endswith('.toml') else 'JSON'}. Nothing was launched. "
            "Launch it on the command line to see on which line it is wrong."
        )
    return found


def text_of(folder: Path, file: str) -> str:
    """The text of a plain file; a link is not followed, neither of the file nor of the folder."""
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
        f"{file}: the worker cannot read a file of this name in the {FOLDER} folder of the installation’s home. Put "
        "the file itself there, not a link to it, and let the account that runs the product read it."
    )


def manager(session: Session, board: str, number: int) -> Person:
    """The business manager of a board with this number; raises FileNotLaunched, with the numbers of those there are."""
    managers = {id_of(person): person for role, person in holders(session, board) if role is Role.BUSINESS_MANAGER}
    if number in managers:
        return managers[number]
    there_are = ", ".join(map(str, sorted(managers))) or "none yet"
    raise FileNotLaunched(
        f"launched_by: {number} is not the number of a business manager of the board that the file names. The numbers "
        f"of its business managers: {there_are}. Nothing was launched.",
        remedy=None if managers else AppointToBoard(role=Role.BUSINESS_MANAGER),
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
        said = "it has a mistake" if number == 1 else f"it has {number} mistakes"
    raise FileNotLaunched(
        f"{file}: {said}. Nothing was launched. Launch it on the command line to see what is wrong and what to do."
    )
